"""Words as numbers: each different word is stemmed and looked at once, and a text becomes a column of numbers.

The index of a large library takes millions of words, of some ten thousand different ones. To make a string of each and
look it up takes Python longer than all else that is done with it; so words are taken from the bytes of a text a column
at a time, eight letters as one number.
"""

from collections.abc import Iterable
from itertools import accumulate
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.search.collocations import JOINT, Collocations, Numbers
from bot.search.stems import stem

Letters: TypeAlias = NDArray[np.uint64]
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
SLOTS = 18
"""Bits of a slot's number: a quarter of a million, so that few words share one; a single call hardly pays for them."""
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
        self._known: dict[str, int] = {}
        self._slots = np.zeros(1 << SLOTS, np.int32)
        self._letters = np.zeros((2, 1 << 10), np.uint64)
        self._sides = np.zeros((2, 1 << 10), np.int32)
        self._written = np.zeros((2, 1 << 10), np.int32)  # where a word's stem begins in `_stems`, and how long it is
        self._stems = bytearray()
        self.numbers([""])  # the first word is what stands behind a text

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
        slots = (((first * SPREAD[0]) ^ (second * SPREAD[1])) >> np.uint64(64 - SLOTS)).astype(np.int64)
        found: Numbers = self._slots[slots]
        known = (self._letters[0][found] == first) & (self._letters[1][found] == second) & (lengths <= LONGEST)
        missed = np.flatnonzero(~known)
        if len(missed):
            found[missed], firsts = self._looked_up(data, starts[missed].tolist(), ends[missed].tolist())
            new = missed[firsts]
            self._learn(first[new], second[new], slots[new], lengths[new] <= LONGEST)
        return found

    def _looked_up(self, data: bytes, starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
        """Return the numbers of words, one by one, and which of them were never met."""
        numbers, new = list[int](), list[int]()
        for start, end in zip(starts, ends, strict=True):
            word = data[start:end].decode()
            number = self._known.get(word)
            if number is None:
                number = self._known[word] = len(self.words)
                self.words.append(word)
                new.append(len(numbers))
            numbers.append(number)
        return numbers, new

    def _learn(self, first: Letters, second: Letters, slots: NDArray[np.int64], short: NDArray[np.bool_]) -> None:
        """Learn what is to be known of the words that came last, by their letters; the short ones have slots."""
        begin, end = len(self.roots), len(self.words)
        new = self.words[begin:]
        roots = list(map(stem, new))
        self.roots += [
            word if root == word else root for word, root in zip(new, roots, strict=True)
        ]  # one of two alike
        written = [f"{root} ".encode() if root != JOINT else END.encode() for root in roots]
        lengths = list(map(len, written))
        while end > self._letters.shape[1]:
            self._letters = _doubled(self._letters)
            self._sides, self._written = _doubled(self._sides), _doubled(self._written)
        self._letters[:, begin:end] = first, second
        self._sides[:, begin:end] = np.transpose(list(map(self._collocations.sides, roots)))
        self._written[:, begin:end] = list(accumulate(lengths, initial=len(self._stems)))[:-1], lengths
        self._stems += b"".join(written)
        free = short & (self._slots[slots] == 0)
        self._slots[slots[free]] = np.arange(begin, end)[free]

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
