"""How often something was said: words counted by a rule that is told, by call and by speaker, with the evidence."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Intent, Matter, Search
from bot.answers.page import page
from bot.answers.scope import SPEAKERS, wanted
from bot.answers.telling import by_call, count, nothing_notes
from bot.query.pattern import forms
from bot.query.reading import How
from bot.query.topic import Phrase, Term, Topic
from bot.search.findings import Findings, Match
from bot.search.matches import only, places
from bot.search.words import key

_ACCENTED = re.compile("[\u00c0-\u024f]")  # Latin letters with marks: quotes and dashes need no folding

COUNTED = 100_000
"""Turns up to which every one that says the words is counted."""

FORMS = (
    *forms(
        "<howoften> [<be>] {topic} [<be>] [been] <mentioned> [<over>]",
        "<howoften> [<be>] {topic} [<over>]",
        "<howoften> <over> [<be>] {topic} [<mentioned>]",
        "<howoften>",
        "<howoften> [the] [word|phrase|term|mentions|times] {topic} [<be>] [<mentioned>]",
        "<howoften> <be> [they|we|anyone|people] <say> {topic}",
        "<howoften> <be> <mentioned> {topic}",
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
    """Look for the words as typed, over every turn of the scope, the operator's too; and for what they may misspell."""
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    return (
        Search(counted_topic(matter.query.topic), asked, verbatim=True, limit=COUNTED),
        Search(matter.query.topic, asked, limit=10, counted=False),
    )


def again(matter: Matter, findings: tuple[Findings, ...]) -> tuple[Search, ...]:
    """Where the words as typed are nowhere, look for the words they misspell."""
    corrected = corrected_topic(matter.query.topic, findings)
    if findings[0].matches or corrected is None:
        return ()
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    return (Search(counted_topic(corrected), asked, verbatim=True, limit=COUNTED),)


def corrected_topic(topic: Topic, findings: tuple[Findings, ...]) -> Topic | None:
    """Return the topic with its misspelt words corrected, None where there are none."""
    read = {reading.typed.lower(): reading.read_as for reading in findings[1].readings if reading.how is How.CORRECTED}
    if not read:
        return None
    ranked = tuple(replace(term, word=read.get(term.word.lower(), term.word)) for term in topic.ranked)
    return replace(topic, ranked=ranked)


def counted_topic(topic: Topic) -> Topic:
    """Return the topic to count: plain words side by side are one phrase, one alone is a phrase of one.

    A phrase is compared as typed: `pricing` need not be looked for in all that say price.
    """
    if topic.required or not topic.ranked or (len(topic.ranked) == 1 and topic.ranked[0].prefix):
        return topic
    words = tuple(term.word for term in topic.ranked)
    phrase = Phrase(words, topic.ranked[0].start, topic.ranked[-1].end)
    return Topic(topic.text, (), (phrase,), topic.excluded)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Say how often, by call and speaker, with the turns that hold the words as evidence."""
    tally = tallied(matter, findings)
    readings = tuple(reading for reading in findings[1].readings if reading.how is How.CORRECTED)
    found = Findings(tally.matches, len(tally.matches), readings)
    facts, notes = tally.facts(matter), [rule(tally.topic)]
    if not tally.total:
        what = f"the words {quoted(tally.topic)} as typed"
        return page(matter, found, "0 times", notes=[*nothing_notes(matter, what, findings), *notes], facts=facts)
    result = f"{count(tally.total, 'time')}, in {count(found.total, 'turn')} of {count(len(tally.calls), 'call')}"
    return page(matter, found, result, notes=notes, facts=facts)


def counted_and_shown(matter: Matter) -> tuple[Search, ...]:
    """Look for the words as typed to count them, and for the topic in all its words as evidence."""
    query = matter.query
    asked = wanted(query, matter.scope, matter.directory, query.party)
    return (
        Search(counted_topic(query.topic), asked, verbatim=True, limit=COUNTED),
        Search(query.topic, replace(asked, kinds=asked.kinds or SPEAKERS)),
    )


class Tally:
    """Occurrences by call, speaker and word, and the turns that hold any."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic
        self.calls: Counter[str] = Counter()
        self.speakers: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self.matches: Sequence[Match] = ()

    @property
    def total(self) -> int:
        """All occurrences."""
        return sum(self.calls.values())

    def facts(self, matter: Matter) -> Facts:
        """Return the figures: every call in scope has one, also where it is 0."""
        return Facts(
            counts=by_call(matter, self.calls.elements()),
            by_speaker=dict(self.speakers.most_common()),
            words=dict(self.words.most_common()),
        )


def tallied(matter: Matter, findings: tuple[Findings, ...]) -> Tally:
    """Count a topic's words, whole and as typed (case and accents aside), in the turns that were found.

    `findings`: of the words as typed; of the topic; and, where those words were nowhere, of the words they misspell.
    """
    corrected = corrected_topic(matter.query.topic, findings) if len(findings) > 2 else None  # noqa: PLR2004 - a small figure that its line explains
    found = (findings[0] if corrected is None else findings[2]).matches
    tally = Tally(corrected or matter.query.topic)
    runs = [Run.of(words) for words in _wanted(tally.topic)]
    calls, words, said, held, library = tally.calls, tally.words, Counter[str](), list[int](), matter.calls
    for place, (call, index) in enumerate(places(found)):  # tens of thousands where a word is common
        turn = library[call].turns[index]
        text, number = _plain(turn.text), 0
        for run in runs:
            times = run.times(text)
            if times:
                words[run.words] += times
                number += times
        if number:
            calls[call] += number
            said[turn.person or turn.speaker or ""] += number
            held.append(place)
    shown = matter.directory.shown
    for name, number in said.items():
        tally.speakers[shown.get(name, name) if name else "unlabelled"] += number
    tally.matches = found if len(held) == len(found) else only(found, held)
    return tally


def occurrences(text: str, runs: Iterable["Run"]) -> dict[str, int]:
    """Count runs of words in a text, case and accents aside."""
    plain = _plain(text)
    return {run.words: number for run in runs if (number := run.times(plain))}


def _plain(text: str) -> str:
    """Return a text in lower case, without its accents."""
    plain = text.lower()
    return _ACCENTED.sub(_bare, plain) if not text.isascii() and _marked(text) else plain


@lru_cache(65_536)  # an entry holds the turn's own string, which is there anyway
def _marked(text: str) -> bool:
    """Whether a text in lower case holds a letter with a mark: few do, and to look takes longer than to count."""
    return not text.isascii() and bool(_ACCENTED.search(text.lower()))


def _bare(accented: re.Match[str]) -> str:
    """Return letters without their accents. Only these are taken apart: a text holds few of them."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", accented[0]) if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Run:
    """Words to count, one or several side by side, in lower case and without accents.

    `pattern` finds them from where their first letters, `head`, stand: each word whole, up to four marks or blanks
    between two. It is linear. A word alone needs none.
    """

    words: str
    head: str
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Sequence[str]) -> "Run":
        """Return what counts these words."""
        if len(words) == 1 and not words[0].isdigit():
            return cls(words[0], words[0], None)
        head = words[0][:1] if words[0].isdigit() else words[0]  # a figure may have commas
        return cls(" ".join(words), head, re.compile(r"[\W_]{1,4}".join(map(_pattern, words)) + r"(?![^\W_])"))

    def times(self, text: str) -> int:
        """Count them in a text in lower case: by their first letters, a tenth of the time of a search by pattern."""
        head, pattern = self.head, self.pattern
        at, number, behind = text.find(head), 0, len(head)
        while at >= 0:
            end = at + behind
            if not (at and text[at - 1].isalnum()):
                number += not text[end : end + 1].isalnum() if pattern is None else bool(pattern.match(text, at))
            at = text.find(head, at + 1)
        return number


def _pattern(word: str) -> str:
    """Return a word as a pattern; a figure may be said with or without the commas of its thousands."""
    return ",?".join(word) if word.isascii() and word.isdigit() else re.escape(word)


def rule(topic: Topic) -> Note:
    """Tell the rule by which it was counted."""
    return Note(
        About.COUNTED,
        f"counted: {quoted(topic)} as a whole word, upper or lower case, in every turn of the calls searched, the "
        "operator's included; other forms and synonyms are not counted",
    )


def quoted(topic: Topic) -> str:
    """Return the words of a topic as they are counted."""
    return " or ".join(f"“{' '.join(run)}”" for run in _wanted(topic)) or f"“{topic.text}”"


def counted_words(topic: Topic) -> list[str]:
    """Return each run of words that is counted by itself, also one that is said nowhere."""
    return [" ".join(run) for run in _wanted(topic)]


def _wanted(topic: Topic) -> list[tuple[str, ...]]:
    """Return the runs of words to count: phrases, alternatives, single words."""
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
    needs_topic="always",
    again=again,
    names=("count", "often"),
    then=("compared", "first", "asked"),
)
