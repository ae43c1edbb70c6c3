"""Where a long turn is cut, so that a remark of ten minutes is found by the minute that is about the topic."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np

# A sentence's end: a stop or line break and the space after it.
# It begins with a set of signs, to which `re` leaps.
SENTENCE_END = re.compile(r"[.?!…\n](?:(?<=\n)\n*|(?<!\n)[\"'”’)]*\s+)")

LONG = 1600
"""Characters (some 260 words) above which a turn is cut."""
ROOM = 900
"""Characters (some 150 words, the reference's passage) that a passage aims at."""
LAP = 300
"""Characters at most that two passages share: a sentence, so that a phrase across their border is found."""

ROW = 16
"""Bytes of a passage's row."""


def cut(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text's passages: whole sentences, neighbours sharing the last one where it is short."""
    if len(text) <= LONG:
        return ((0, len(text)),)
    passages: list[tuple[int, int]] = []
    start, last = 0, 0  # of the passage, and of its last sentence
    search, at = SENTENCE_END.search, _before(text, start + ROOM - LAP - 1, start)
    while match := search(text, at):
        at = end = match.end()
        if end - start >= ROOM:
            passages.append((start, end))
            start = last if start < last and end - last <= LAP else end
            # Which sentences end long before there is room for another end of the passage makes no difference.
            at = _before(text, start + ROOM - LAP - 1, end)
        last = end
    if start < len(text):
        passages.append((start, len(text)))
    return tuple(passages)


def _before(text: str, place: int, least: int) -> int:
    """Return the place behind the last letter or digit before `place`, or `least`: nowhere within a sentence's end."""
    while place > least and not text[place - 1 : place].isalnum():
        place -= 1
    return max(place, least)


Ids = Sequence[int | float | bool | None]
"""Ids as an index gives them: numbers, by its type perhaps not, all whole numbers in truth."""


Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
"""Numbers of passages: their places among all."""

Rows: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.uint32]]"
"""A line a passage: the number of its call, its turn, its first and last character."""


def _no_rows() -> Rows:
    return np.zeros((0, 4), np.uint32)


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of an index by their numbers: 16 bytes each, read a hundred at a time. Immutable.

    A row is the number of the passage's call, its turn, its first and last character.
    """

    rows: Rows = field(default_factory=_no_rows)

    def __len__(self) -> int:
        return len(self.rows)

    def and_(self, more: bytes) -> "Passages":
        """Return these passages and more: unsigned ints of four bytes, four a row."""
        return Passages(np.concatenate((self.rows, np.frombuffer(more, np.uint32).reshape(-1, 4))))

    def of(self, numbers: Numbers) -> Rows:
        """Return the rows of passages by number."""
        return self.rows.take(numbers, 0)

    def turns(self, numbers: Numbers) -> int:
        """Return how many different turns the passages are of."""
        turns = self.rows.view(np.uint64)[numbers, 0]  # a call and a turn, read as one number
        turns.sort()  # a fifth of the time of np.unique, which looks up hashes
        return int(np.count_nonzero(_firsts(turns)))

    def write(self, path: Path, written: int = 0) -> None:
        """Write them to a file, behind the first `written` ones where it holds just those, else all."""
        there = written if path.exists() and path.stat().st_size == written * ROW else 0
        with path.open("ab" if there else "wb") as out:
            out.write(self.rows[there:].tobytes())

    @classmethod
    def read(cls, path: Path, number: int) -> "Passages":
        """Read so many from a file; OSError or ValueError where it holds another number."""
        return cls(np.fromfile(path, np.uint32).reshape(number, 4))


def _firsts(turns: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which of sorted numbers are the first of their kind."""
    first = np.ones(len(turns), np.bool_)
    np.not_equal(turns[1:], turns[:-1], out=first[1:])
    return first
