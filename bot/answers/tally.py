"""How many times words are said: by call, by speaker and by word, and the turns that hold any."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.answers.answer import Facts
from bot.answers.counted import corrected_topic, counted_words, uncounted, wanted_runs
from bot.answers.intent import Matter
from bot.answers.telling import by_call, count
from bot.query.topic import Topic
from bot.search.findings import Findings, Match
from bot.search.matches import only, places
from bot.search.words import CAPITALS

_ACCENTED = re.compile("[\u00c0-\u024f]")  # Latin letters with marks: quotes and dashes need no folding


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
    """Count the words asked, and what else is counted where they are nowhere.

    `findings`: of the words as typed; of the topic; and, where those words were nowhere, of what else is counted.
    """
    return tally(matter, *_said(matter.query.topic, findings))


def tally(matter: Matter, topic: Topic, found: Sequence[Match]) -> Tally:
    """Count a topic's words, whole and as typed (case and accents aside), in turns that were found."""
    tally = Tally(topic)
    runs = [(run, Run.of(way)) for run, ways in wanted_runs(tally.topic).items() for way in ways]
    calls, words, said, held, library = tally.calls, tally.words, Counter[str](), list[int](), matter.calls
    for place, (call, index) in enumerate(places(found)):  # tens of thousands where a word is common
        turn = library[call].turns[index]
        text, number = plain(turn.text), 0
        for name, run in runs:
            times = run.times(turn.text if run.cased else text)
            if times:
                words[name] += times
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


def _said(topic: Topic, findings: tuple[Findings, ...]) -> tuple[Topic, Sequence[Match]]:
    """Return what is counted, with the turns that say it: as typed, else corrected, else each that is joined."""
    corrected = corrected_topic(topic, findings)
    others = uncounted(topic, findings)
    found = zip(others, findings[2:], strict=False)  # nothing else was looked for where the words as typed are said
    said = next(((other, each.matches) for other, each in found if each.matches), None)
    if said is None:
        return (topic if corrected is None or findings[0].matches else corrected), findings[0].matches
    return said


def plain(text: str) -> str:
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
    cased: bool = False  # to be counted in a text as it is written: US is not us

    @classmethod
    def of(cls, words: Sequence[str]) -> "Run":
        """Return what counts these words."""
        cased = any(word.upper() in CAPITALS for word in words)
        if len(words) == 1 and not words[0].isdigit() and not cased:
            return cls(words[0], words[0], None)
        first = words[0].lower()
        head = "" if cased else first[:1] if first.isdigit() else first  # a figure may have commas
        behind = (rf"\s?{word}" if word == "%" else rf"[\W_]{{1,4}}{_pattern(word)}" for word in words[1:])
        pattern = _pattern(words[0]) + "".join(behind) + r"(?![^\W_])"
        return cls(" ".join(words), head, re.compile(rf"(?<![^\W_]){pattern}" if cased else pattern), cased)

    def times(self, text: str) -> int:
        """Count them in a text in lower case: by their first letters, a tenth of the time of a search by pattern."""
        head, pattern = self.head, self.pattern
        if self.cased:
            return len(pattern.findall(text)) if pattern is not None else 0
        at, number, behind = text.find(head), 0, len(head)
        while at >= 0:
            end = at + behind
            if not (at and (text[at - 1].isalnum() or _in_figure(text, at))):
                number += not text[end : end + 1].isalnum() if pattern is None else bool(pattern.match(text, at))
            at = text.find(head, at + 1)
        return number


def _in_figure(text: str, at: int) -> bool:
    """Whether a figure goes on behind its point or comma there: the 5 of 2.5 and 2,5."""
    return text[at].isdigit() and text[at - 1] in ".," and at > 1 and text[at - 2].isdigit()


def _pattern(word: str) -> str:
    """Return a word as a pattern, in any case; a figure may be said with or without the commas of its thousands.

    Of two words the case tells: US and IT in capitals are names, and us and it are not.
    """
    if word in CAPITALS:
        return word
    if word.upper() in CAPITALS:
        return f"[{word[0].upper()}{word[0].lower()}]{word[1:].lower()}"
    return ",?".join(word) if word.isascii() and word.isdigit() else f"(?i:{re.escape(word)})"


def run_lines(tally: Tally) -> list[str]:
    """Return a line for each run of words that was counted by itself, where there are several."""
    runs = counted_words(tally.topic)
    return [f"{run}: {count(tally.words[run], 'time')}" for run in runs] if len(runs) > 1 else []
