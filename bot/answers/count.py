"""How often something was said: words counted by a rule that is told, by call and by speaker, with the evidence."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from bot.search.words import key

_ACCENTED = re.compile("[\u00c0-\u024f]")  # Latin letters with marks: quotes and dashes need no folding

COUNTED = 100_000
"""Turns up to which every one that says the words is counted."""

FORMS = (
    *forms(
        "<howoften> [<be>] {topic} [<be>] [been] <mentioned> [<over>]",
        "<howoften> [<be>] {topic} [<over>]",
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
    """Return the topic to count: plain words side by side are one phrase."""
    if topic.required or len(topic.ranked) < 2:  # noqa: PLR2004 - a small figure that its line explains
        return topic
    words = tuple(term.word for term in topic.ranked)
    phrase = Phrase(words, topic.ranked[0].start, topic.ranked[-1].end)
    return Topic(topic.text, (), (phrase,), topic.excluded)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Say how often, by call and speaker, with the turns that hold the words as evidence."""
    tally = tallied(matter, findings)
    readings = tuple(reading for reading in findings[1].readings if reading.how is How.CORRECTED)
    found = Findings(tuple(tally.matches), len(tally.matches), readings)
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
        self.matches: list[Match] = []

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
    found = findings[0] if corrected is None else findings[2]
    tally = Tally(corrected or matter.query.topic)
    runs = patterns(_wanted(tally.topic))
    calls, speakers, words, shown = tally.calls, tally.speakers, tally.words, matter.directory.shown
    for match in found.matches:  # tens of thousands where a word is common
        turn = matter.calls[match.call].turns[match.turn]
        held = occurrences(turn.text, runs)
        if held:
            number = sum(held.values())
            calls[match.call] += number
            name = turn.person or turn.speaker
            speakers[shown.get(name, name) if name else "unlabelled"] += number
            for each, times in held.items():
                words[each] += times
            tally.matches.append(match)
    return tally


def occurrences(text: str, runs: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    """Count runs of words in a text, case and accents aside."""
    plain = text.lower()
    if not text.isascii() and _marked(text):
        plain = _ACCENTED.sub(_bare, plain)
    return {words: number for words, pattern in runs.items() if (number := _times(plain, words, pattern))}


@lru_cache(65_536)  # an entry holds the turn's own string, which is there anyway
def _marked(text: str) -> bool:
    """Whether a text in lower case holds a letter with a mark: few do, and to look takes longer than to count."""
    return not text.isascii() and bool(_ACCENTED.search(text.lower()))


def _bare(accented: re.Match[str]) -> str:
    """Return letters without their accents. Only these are taken apart: a text holds few of them."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", accented[0]) if not unicodedata.combining(letter))


def patterns(runs: Sequence[tuple[str, ...]]) -> dict[str, re.Pattern[str]]:
    """Compile runs of words: each word whole, up to four marks or blanks between two. A scan is linear."""
    return {" ".join(run): re.compile(r"[\W_]{1,4}".join(map(_pattern, run)) + r"(?![^\W_])") for run in runs}


def _times(text: str, words: str, pattern: re.Pattern[str]) -> int:
    """Count a run in a lower-case text: found by its first letters, which costs a tenth of a search by pattern."""
    head = words[0] if words[0].isdigit() else words.split(" ", 1)[0]
    number, at = 0, text.find(head)
    while at >= 0:
        if not (at and text[at - 1].isalnum()) and pattern.match(text, at):
            number += 1
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
