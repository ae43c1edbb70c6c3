"""Where a long turn is cut, so that a remark of ten minutes is found by the minute that is about the topic."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

# A sentence's end: a stop or line break and the space after it.
SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*\s+|\n+")

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


def _no_rows() -> "np.ndarray[tuple[int, int], np.dtype[np.uint32]]":
    return np.zeros((0, 4), np.uint32)


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of an index by their ids: 16 bytes each, read a hundred at a time. Immutable.

    A row is the number of the passage's call, its turn, its first and last character.
    """

    rows: "np.ndarray[tuple[int, int], np.dtype[np.uint32]]" = field(default_factory=_no_rows)

    def __len__(self) -> int:
        return len(self.rows)

    def and_(self, more: bytes) -> "Passages":
        """Return these passages and more: unsigned ints of four bytes, four a row."""
        return Passages(np.concatenate((self.rows, np.frombuffer(more, np.uint32).reshape(-1, 4))))

    def places(self, ids: Ids) -> tuple[list[int], list[list[int]]]:
        """Return, for passages by id, a number that stands for the turn of each, and their rows."""
        rows = self.rows[np.asarray(ids, np.int64)]
        return rows.view(np.uint64)[:, 0].tolist(), rows.tolist()

    def columns(self, ids: Ids) -> "Iterator[np.ndarray[tuple[int], np.dtype[np.int64]]]":
        """Return, for passages by id, their calls' numbers, their turns, first and last characters."""
        return iter(self.rows[np.asarray(ids, np.int64)].astype(np.int64).T)

    def turns(self, ids: Ids) -> int:
        """Return how many different turns the passages are of."""
        turns = self._turns(np.asarray(ids, np.int64))
        turns.sort()  # a fifth of the time of np.unique, which looks up hashes
        return int(np.count_nonzero(_firsts(turns)))

    def _turns(self, at: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
        """Return what stands for the turn of each passage: its call and turn, read as one number."""
        turns: np.ndarray[tuple[int], np.dtype[np.uint64]] = self.rows.view(np.uint64)[at, 0]
        return turns

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
