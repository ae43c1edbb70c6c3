"""What one is likely to ask next: words for people, each with the very question it asks."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import dropwhile

from bot.answers.answer import Choice
from bot.answers.intent import Matter
from bot.answers.telling import corrected
from bot.call import Call
from bot.directory import Directory
from bot.query.keywords import keywords
from bot.query.periods import times
from bot.query.query import Query
from bot.query.reading import How
from bot.query.restating import limits_of
from bot.query.tokens import tokens
from bot.search.findings import Findings
from bot.search.matches import ids_of
from bot.section import Section
from bot.turn import Turn

MOST = 3
"""Suggestions an answer carries."""
ROOM = 60
"""Characters of a suggestion's words; beyond, they leave out the calls and times, which stay as they were anyway."""
LOADED = Choice("Which calls are loaded", "calls")
ASKABLE = Choice("What I can ask", "help")

# Name -> a question and how a person would put it. One whose part ({topic}, {asker}) an answer lacks is left out.
_WAYS = {
    "asked": ("who asked about {topic}", "Who asked about {topic}"),
    "quoted": ("quote {topic}", "Management on {topic}"),
    "counted": ("how often was {topic} mentioned", "How often {topic} came up"),
    "compared": ("compare {topic}", "Compare {topic} by call"),
    "first": ("which call first mentioned {topic}", "Where {topic} came up first"),
    "answered": ("answer to {asker}'s question about {topic}", "The answer {asker} got"),
    "exchange": ("what did {asker} ask and what was the answer", "What {asker} asked and was told"),
    "asker": ("questions by {asker}", "All {asker} asked"),
    "questions": ("questions", "All questions"),
    "management": ("turns by role:management", "All management said"),
    "people": ("who was on the call", "Who was on the call"),
    "ranked": ("who asks the most", "Who asks the most"),
    "guidance": ("who asked about guidance", "Who asked about guidance"),
}
_ASKS = frozenset(
    "will would can could should shall may might must do does did is are was were has have had".split()  # noqa: SIM905 - one string wraps as prose
)
"""Words that begin a question, and no topic that one would ask about again."""
_THEN = _ASKS | {"they", "we", "it", "he", "she"}


def suggestions(matter: Matter, found: Findings, shown: Sequence[Turn], names: Sequence[str]) -> tuple[Choice, ...]:
    """Return what to ask next, within the same calls and times: the ways of these names that have their parts."""
    spared = next((reading.read_as for reading in found.readings if reading.how is How.SPARED), None)
    topic = spared or _less_lead(corrected(matter, (found,)))  # of demand, where no turn says that it is slowing
    parts = {"topic": typed(topic, matter.directory), "asker": _asker(matter, shown)}
    said = parts | {"topic": topic}
    fit = [_WAYS[name] for name in names if all(parts[part] for part in parts if f"{{{part}}}" in _WAYS[name][0])]
    limits, within = limits_of(matter.query), limits_said(matter)
    return tuple(
        Choice(_worded(label.format(**said), within), " ".join([form.format(**parts), *limits]))
        for form, label in fit[:MOST]
    )


def alternatives(matter: Matter, findings: Sequence[Findings]) -> tuple[Choice, ...]:
    """Return what to try where nothing was found: where the topic is spoken of, words that do occur, what is loaded.

    The same topic again is offered only where it is known to be found.
    """
    near = dict.fromkeys(word for each in findings for word in each.nearest)
    made = [*_elsewhere(matter), *_somebodys(matter), *(Choice(f"Look for {word}", word) for word in near)]
    return (*made[: MOST - 1], LOADED) if made else (LOADED, ASKABLE)


def _elsewhere(matter: Matter) -> list[Choice]:
    """Ask for anybody's words on the topic, in the calls that hold any."""
    found = set(ids_of(matter.elsewhere.matches)) if matter.elsewhere else set[str]()
    if not found:
        return []
    words = corrected(matter, (matter.elsewhere,) if matter.elsewhere else ())
    topic = typed(words, matter.directory)
    if found.isdisjoint(matter.searched):
        return [Choice(_worded(f"Who said {words}", "in any call"), f"who said {topic}")]
    wider = replace(matter.query, section=None)
    within = limits_said(replace(matter, query=wider))
    return [Choice(_worded(f"Who said {words}", within), " ".join([f"who said {topic}", *limits_of(wider)]))]


def _somebodys(matter: Matter) -> list[Choice]:
    """Ask for somebody's words where an everyday name was taken for a word of the topic: `bill on chicken`."""
    name, *about = matter.query.topic.text.split()[:2] or [""]
    if about not in (["on"], ["about"]) or matter.query.party is not None:
        return []
    found = matter.directory.person([name.lower()])
    topic = " ".join(matter.query.topic.text.split()[2:])
    if not (topic and found.exact and len(found.entities) == 1):
        return []
    person, about_it = found.entities[0].name, typed(topic, matter.directory)
    return [Choice(_worded(f"{person} on {topic}", ""), f"what did {person} say about {about_it}")]


def _less_lead(topic: str) -> str:
    """Return a topic less the words of a question that begin it, as of `will tariffs hurt margins`."""
    words = topic.split()
    if len(words) < 2 or words[0].lower() not in _ASKS:  # noqa: PLR2004 - something must be left
        return topic
    left = [*dropwhile(lambda word: word.lower() in _THEN, words)]
    return " ".join(left) if left else topic


def typed(text: str, directory: Directory) -> str:
    """Return a topic as one would type it: plain where its words can't be read otherwise, else in one piece.

    A company, somebody or a quarter that is spoken of would be read as a limit.
    """
    words = text.lower().split()
    safe = all(word.isalpha() and word not in keywords() and not directory.named(word) for word in words)
    return text if safe and not _timely(text) else f"topic:({text})"


@lru_cache(1_024)  # people ask about few things, in many ways
def _timely(text: str) -> bool:
    """Whether a topic holds words that would be read as a time."""
    return any(times(tokens(text)))


def limits_said(matter: Matter) -> str:
    """Return the companies, calls, times and section of a question as one says them: `at Velmere Motors, Q3 2026`."""
    query = matter.query
    held = [matter.calls[name] for name in query.calls if name in matter.calls]
    names = [matter.directory.company_names.get(key, key).split(",")[0] for key in query.companies]
    parts = [f"at {' and '.join(names)}"] if names and not held else []
    parts.extend(_call_said(matter, call) for call in held)
    parts.extend(_time(query))
    return ", ".join(parts)


def _call_said(matter: Matter, call: Call) -> str:
    """Return a call as one says it: `at Velmere Motors, Q3 2026`; where its company isn't known, by its name."""
    company = matter.directory.company_by_call.get(call.id)
    if company is None or call.period is None:
        return f"in {matter.named(call)}"
    return f"at {company.name.split(',')[0]}, {call.period}"


def _time(query: Query) -> list[str]:
    said = [query.span.said] if query.span else []
    if query.section is not None:
        said.append("in the prepared remarks" if query.section is Section.PREPARED else "in the Q&A")
    return said


def _worded(label: str, within: str) -> str:
    """Return a suggestion's words, with its limits where there is room; a capital begins them."""
    text = f"{label} {within}" if within and len(label) + len(within) < ROOM else label
    return text[:1].upper() + text[1:]


def _asker(matter: Matter, shown: Sequence[Turn]) -> str:
    """Return the first who asks among the turns shown."""
    known = matter.directory.kinds
    names = (
        turn.person for turn in shown if turn.exchange is not None and turn.person and turn.kind.value == "analyst"
    )
    name = next((name for name in names if name in known), "")
    return matter.directory.shown.get(name, name)
