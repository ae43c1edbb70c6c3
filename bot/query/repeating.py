"""How many questions somebody must have asked: `who asked at least three questions`, `who asked more than twice`."""

from collections.abc import Sequence
from dataclasses import replace

from bot.query.marks import plain_words
from bot.query.periods import NUMBERS
from bot.query.tokens import Shape, Token, holds

_WHO = frozenset({"who", "whos", "which", "analyst", "analysts", "brokers", "firms", "banks", "people"})
_ASK = frozenset({"ask", "asks", "asked", "asking"})
_QUESTIONS = frozenset({"question", "questions"})
_TIMES = frozenset({"times", "time"})
_VAGUE = frozenset({"few", "couple", "both"})
_TWICE = {"twice": 2, "thrice": 3}
_ONCE = ("more", "than", "once")
FEWEST = 3
"""What is read as a number; whoever asks twice asks more than once, which has forms of its own."""


def repeated(cut: Sequence[Token]) -> tuple[list[Token], Token | None]:
    """Read how often somebody must have asked as `more than once`, and return the number as a token beside it.

    The words stand right behind `asked`, or end the question and can be no topic's: `who asked about freight more than
    three times`.
    """
    if not holds(cut, _ASK):
        return list(cut), None
    words = plain_words(cut)
    asked = next((at for at, word in enumerate(words) if word in _ASK and _WHO.intersection(words[:at])), None)
    if asked is None:
        return list(cut), None
    for at in range(asked + 1, len(words)):
        number, end = _often(words, at)
        if number < FEWEST or (at > asked + 1 and not _ends(words, at, end)):
            continue
        start, stop = cut[at].start, cut[end - 1].end
        told = [Token(Shape.WORD, word, word, start, stop) for word in _ONCE]
        return [*cut[:at], *told, *cut[end:]], replace(told[0], text=str(number), word=str(number))
    return list(cut), None


def _ends(words: Sequence[str], at: int, end: int) -> bool:
    """Whether a number of questions ends the words and counts something: `about the three questions` is a topic."""
    return end == len(words) and (words[at] in {"more", "at"} or words[-1] in _TIMES | {"more"})


def _often(words: Sequence[str], at: int) -> tuple[int, int]:
    """Return the least number that the words from a place on ask for, 0 for none, and where they end."""
    start = at
    more = tuple(words[at : at + 2]) == ("more", "than")
    least = tuple(words[at : at + 2]) == ("at", "least")
    at += 2 * (more or least)
    word = words[at] if at < len(words) else ""
    number = _TWICE.get(word) or _number(word)
    if number is None:
        return 0, start
    at += 1
    counted = word in _TWICE
    if at < len(words) and not counted and words[at] in _QUESTIONS | _TIMES:
        counted, at = True, at + 1
    if tuple(words[at : at + 2]) == ("or", "more"):
        least, at = True, at + 2
        if at < len(words) and words[at] in _QUESTIONS | _TIMES:
            counted, at = True, at + 1
    bare = more and at == len(words)  # "who asked more than three"
    return (number + more, at) if counted or bare else (0, start)


def _number(word: str) -> int | None:
    """Return a number of one or two figures, or in words; `few` is none."""
    if word.isascii() and word.isdigit() and len(word) < 3:  # noqa: PLR2004 - a small figure that its line explains
        return int(word) or None
    return None if word in _VAGUE else NUMBERS.get(word)
