"""Words as numbers: each different word is stemmed and looked at once, and a text becomes a column of numbers.

The index of a large library takes millions of words, of some ten thousand different ones. To make a string of each and
look it up takes Python longer than all else that is done with it; so words are taken from the bytes of a text a column
at a time, eight letters as one number.
"""

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.search.collocations import JOINT, Collocations, Numbers
from bot.search.stems import stem

Kind = TypeVar("Kind", bound=np.generic)

MOST = 300_000
"""Different words that are known at once; figures make their number endless."""
EIGHT = 8
"""Bytes that one number holds."""
BREAK = 1
"""The number of what stands behind a text."""
END = "\n"
"""How that is written among stems."""
LONGEST = 2 * EIGHT
"""Bytes of a word up to which it is looked up by its letters; the few longer ones are looked up one by one."""
SLOTS = 20
"""Bits of a slot's number: a million of them, so that hardly two words share one."""
SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
"""Odd factors that make the upper bits of a product depend on all letters."""
# Which bits of the first and the second eight bytes from its start belong to a word, by its length.
HELD = tuple(
    np.array([(1 << 8 * min(max(length - begin, 0), EIGHT)) - 1 for length in range(LONGEST + 2)], np.uint64)
    for begin in (0, EIGHT)
)


class Lexicon:
    """The words that were met, by number: `words`, their `roots` (stems), and what `collocations` know them by."""

    def __init__(self, collocations: Collocations) -> None:
        self._collocations = collocations
        self._forget()

    def _forget(self) -> None:
        self.words, self.roots = [""], [""]  # no word has the number 0
        self._numbers: dict[str, int] = {}
        self._slots = np.zeros(1 << SLOTS, np.int32)
        self._letters = np.zeros((2, 1 << 10), np.uint64)
        self._sides = np.zeros((2, 1 << 10), np.int32)
        self._written = np.zeros((2, 1 << 10), np.int32)  # where a word's stem begins in `_stems`, and how long it is
        self._stems = bytearray()
        self._learn(JOINT, np.uint64(ord(JOINT)), np.uint64(0))

    def numbers(self, texts: Iterable[str]) -> Numbers:
        """Return the numbers of the words of texts, a `BREAK` behind each text; they hold until others are asked for.

        A text is words with spaces between. A word is letters and digits, nothing that may stand between words.
        """
        if len(self.words) > MOST:
            self._forget()
        data = f" {f' {JOINT} '.join((*texts, ''))}".encode() + bytes(LONGEST)
        inside = np.frombuffer(data, np.uint8) > ord(" ")
        edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
        starts, ends = edges[::2], edges[1::2]
        lengths = np.minimum(ends - starts, LONGEST + 1)
        eight = np.ndarray((len(data) - EIGHT + 1,), "<u8", data, strides=(1,))
        first, second = eight[starts] & HELD[0][lengths], eight[starts + EIGHT] & HELD[1][lengths]
        slots = ((first * SPREAD[0]) ^ (second * SPREAD[1])) >> np.uint64(64 - SLOTS)
        found: Numbers = self._slots[slots.astype(np.int64)]
        known = (self._letters[0][found] == first) & (self._letters[1][found] == second) & (lengths <= LONGEST)
        missed = np.flatnonzero(~known)
        for at, start, end in zip(missed.tolist(), starts[missed].tolist(), ends[missed].tolist(), strict=True):
            word = data[start:end].decode()
            number = self._numbers.get(word) or self._learn(word, first[at], second[at])
            if end - start <= LONGEST and not self._slots[slots[at]]:
                self._slots[slots[at]] = number
            found[at] = number
        return found

    def _learn(self, word: str, first: np.uint64, second: np.uint64) -> int:
        number = self._numbers[word] = len(self.words)
        root = stem(word)
        self.words.append(word)
        self.roots.append(word if root == word else root)  # one string of two alike
        if number >= self._letters.shape[1]:
            self._letters = _doubled(self._letters)
            self._sides, self._written = _doubled(self._sides), _doubled(self._written)
        written = f"{root} ".encode() if number != BREAK else END.encode()
        self._letters[:, number] = first, second
        self._sides[:, number] = self._collocations.sides(root)
        self._written[:, number] = len(self._stems), len(written)
        self._stems += written
        return number

    def phrases(self, numbers: Numbers) -> list[slice]:
        """Return where the collocations stand among words, in any inflection."""

        def roots(here: slice) -> tuple[str, ...]:
            return tuple(map(self.roots.__getitem__, numbers[here].tolist()))

        return self._collocations.within(self._sides[0][numbers], self._sides[1][numbers], roots)

    def stems(self, numbers: Numbers) -> list[str]:
        """Return the stems of the words of each text, a space behind each."""
        starts, lengths = self._written[:, numbers]
        ends = np.cumsum(lengths)
        letters = np.repeat(starts - (ends - lengths), lengths)
        letters += np.arange(len(letters))
        written = np.frombuffer(self._stems, np.uint8).take(letters, mode="clip").tobytes()
        return written.decode().split(END)[:-1]


def _doubled(columns: NDArray[Kind]) -> NDArray[Kind]:
    """Return columns with room for as many rows again."""
    return np.concatenate((columns, np.zeros_like(columns)), axis=1)
