"""What one is likely to ask next: questions that read well and can be asked as they stand."""

from collections.abc import Sequence

from bot.answers.intent import Matter
from bot.query.keywords import keywords
from bot.query.restating import limits_of
from bot.search.findings import Findings
from bot.turn import Turn

MOST = 3
"""Suggestions an answer carries."""

# Intent -> questions, by what they need: {topic}, {asker}, {firm}; one that lacks its part is left out.
_NEXT = {
    "who": ("answer to {asker}'s question about {topic}", "quote {topic}", "how often was {topic} mentioned"),
    "quote": ("who asked about {topic}", "compare {topic}", "which call first mentioned {topic}"),
    "said": ("who asked about {topic}", "quote {topic}", "compare {topic}"),
    "asked": ("what did {asker} ask and what was the answer", "who asked about {topic}", "quote {topic}"),
    "answer": ("who asked about {topic}", "quote {topic}", "questions by {asker}"),
    "topic": ("who asked about {topic}", "quote {topic}", "how often was {topic} mentioned"),
    "speaker": ("who asked about guidance", "calls"),
    "count": ("compare {topic}", "which call first mentioned {topic}", "who asked about {topic}"),
    "compare": ("which call first mentioned {topic}", "who asked about {topic}", "quote {topic}"),
    "first": ("how often was {topic} mentioned", "who asked about {topic}", "quote {topic}"),
    "most": ("compare {topic}", "who asked about {topic}", "quote {topic}"),
}


def suggestions(matter: Matter, shown: Sequence[Turn]) -> tuple[str, ...]:
    """Return what to ask next, within the same calls and times."""
    parts = {"topic": topic_of(matter), "asker": _asker(matter, shown)}
    limits = limits_of(matter.query)
    forms = _NEXT.get(matter.query.intent, ())
    asked = [form for form in forms if all(parts[name] for name in parts if f"{{{name}}}" in form)]
    return tuple(" ".join([form.format(**parts), *limits]) for form in asked[:MOST])


def alternatives(matter: Matter, findings: Sequence[Findings]) -> tuple[str, ...]:
    """Return what to try where nothing was found: a word that does occur, the same without limits, anybody's words."""
    query = matter.query
    made = []
    near = next((word for each in findings for word in each.nearest), None)
    if near:
        made.append(near)
    topic = topic_of(matter)
    if topic and (limits_of(query) or query.party or query.asker):
        made.append(f"who said {topic}")
    if topic and query.intent not in {"topic", "said"}:
        made.append(topic)
    return tuple(dict.fromkeys([*made, "calls"]))[:MOST]


def topic_of(matter: Matter) -> str:
    """Return the topic as one would type it: plain where its words can't be read otherwise, else in one piece."""
    text = matter.query.topic.text
    safe = all(word.isalpha() and word.lower() not in keywords() for word in text.split())
    return text if safe else f"topic:({text})"


def _asker(matter: Matter, shown: Sequence[Turn]) -> str:
    """Return the first who asks among the turns shown."""
    known = matter.directory.kinds
    names = (
        turn.person for turn in shown if turn.exchange is not None and turn.person and turn.kind.value == "analyst"
    )
    name = next((name for name in names if name in known), "")
    return matter.directory.shown.get(name, name)
