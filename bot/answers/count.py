"""How often something was said: words counted by a rule that is told, by call and by speaker, with the evidence."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import turn_of
from bot.answers.scope import wanted
from bot.answers.telling import count, nothing_notes
from bot.query.pattern import forms
from bot.query.topic import Phrase, Term, Topic
from bot.search.findings import Findings, Match
from bot.search.words import key, tokens

FORMS = (
    *forms(
        "<howoften> [<be>] {topic} [<be>] [been] <mentioned>",
        "<howoften> [<be>] {topic}",
        "<howoften> [the] [word|phrase|term|mentions|times] {topic} [<be>] [<mentioned>]",
        "<howoften> <be> they|we|anyone|people <say> {topic}",
        "<howoften> <be> they|we|anyone|people <saybare> {topic}",
        "number of {topic} mentions|references",
        "{topic} mentions|count|counts|occurrences",
        "{topic} times per|by|a speaker|call|person|company|quarter",
        "how many times {topic}",
        "how many mentions [of] {topic}",
    ),
    *forms(
        "<howoften> <be> {party} <say> {topic}",
        "<howoften> <be> {party} <saybare> {topic}",
        "<howoften> <be> {party} <mentioned> {topic}",
        soft=True,
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for the words as typed, over every turn of the scope, the operator's too."""
    asked = wanted(matter.query, matter.scope, len(matter.calls), matter.query.party)
    return (Search(counted_topic(matter.query.topic), asked, verbatim=True, limit=100_000),)


def counted_topic(topic: Topic) -> Topic:
    """Return the topic to count: plain words side by side are one phrase."""
    if topic.required or len(topic.ranked) < 2:  # noqa: PLR2004 - one word is no phrase
        return topic
    words = tuple(term.word for term in topic.ranked)
    phrase = Phrase(words, topic.ranked[0].start, topic.ranked[-1].end)
    return Topic(topic.text, (), (phrase,), topic.excluded)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Say how often, by call and speaker, with the turns that hold the words as evidence."""
    found = findings[0]
    tally = tallied(matter, found.matches)
    what = f"the words {quoted(matter.query.topic)} as typed"
    if not tally.total:
        return page(
            matter,
            found,
            "0 times",
            notes=[*nothing_notes(matter, what, findings), rule(matter.query.topic)],
            facts=tally.facts(matter),
            matches=(),
            total=0,
        )
    turns = len(tally.matches)
    result = f"{count(tally.total, 'time')}, in {count(turns, 'turn')} of {count(len(tally.calls), 'call')}"
    return page(
        matter,
        found,
        result,
        notes=[rule(matter.query.topic)],
        facts=tally.facts(matter),
        matches=tally.matches,
        total=turns,
    )


class Tally:
    """Occurrences by call, speaker and word, and the turns that hold any."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.speakers: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self.matches: list[Match] = []

    @property
    def total(self) -> int:
        """All occurrences."""
        return sum(self.calls.values())

    def facts(self, matter: Matter) -> Facts:
        """Return the figures: every call in scope has one, also where it is 0."""
        return Facts(
            counts={call.id: self.calls[call.id] for call in matter.scope},
            by_speaker=dict(self.speakers.most_common()),
            words=dict(self.words.most_common()),
        )


def tallied(matter: Matter, matches: Iterable[Match]) -> Tally:
    """Count a topic's words, whole and as typed (case and accents aside), in the turns that were found."""
    wanted_words = _wanted(matter.query.topic)
    tally = Tally()
    for match in matches:
        turn = turn_of(matter.calls, match)
        held = occurrences(turn.text, wanted_words)
        if not held:
            continue
        number = sum(held.values())
        tally.calls[match.call] += number
        tally.speakers[turn.person or turn.speaker or "unlabelled"] += number
        tally.words.update(held)
        tally.matches.append(match)
    return tally


def occurrences(text: str, wanted_words: Sequence[tuple[str, ...]]) -> Counter[str]:
    """Count runs of words in a text."""
    held: Counter[str] = Counter()
    words = [token.key for token in tokens(text)]
    for run in wanted_words:
        for at, word in enumerate(words):
            if word == run[0] and tuple(words[at : at + len(run)]) == run:
                held[" ".join(run)] += 1
    return held


def rule(topic: Topic) -> Note:
    """Tell the rule by which it was counted."""
    return Note(
        About.COUNTED,
        f"counted: {quoted(topic)} as a whole word, upper or lower case, in every turn of the calls searched, the operator's "
        "included; other forms and synonyms are not counted",
    )


def quoted(topic: Topic) -> str:
    """Return the words of a topic as they are counted."""
    return " or ".join(f"“{' '.join(run)}”" for run in _wanted(topic)) or f"“{topic.text}”"


def _wanted(topic: Topic) -> list[tuple[str, ...]]:
    """The runs of words to count: phrases, alternatives, single words."""
    runs: list[tuple[str, ...]] = []
    for node in (*counted_topic(topic).required, *counted_topic(topic).ranked):
        stack = [node]
        while stack:
            each = stack.pop()
            if isinstance(each, Phrase):
                runs.append(_run(" ".join(each.words)))
            elif isinstance(each, Term):
                runs.append(_run(each.word))
            elif hasattr(each, "parts"):
                stack.extend(reversed(each.parts))
            else:
                stack.extend((each.right, each.left))
    return [run for run in dict.fromkeys(runs) if run]


def _run(text: str) -> tuple[str, ...]:
    return tuple(key(token) for token in re.findall(r"[^\W_]+", text))


intent = Intent(
    name="count",
    lead="how often",
    usage="how often was TOPIC mentioned",
    example="how often was freight mentioned",
    summary="How many times words were said, by call and by speaker, with the rule they were counted by.",
    forms=FORMS,
    searches=searches,
    compose=compose,
    names=("count", "often"),
)
