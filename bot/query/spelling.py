"""How near two spellings are: the only place where understanding a question calls rapidfuzz."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.query.keywords import LONG_ENOUGH

LONG = 8
"""Letters from which on a keyword may have two edits."""


def allowed(word: str) -> int:
    """How many edits a misspelt keyword may have: none under four letters, one up to seven, then two."""
    return 0 if len(word) < LONG_ENOUGH else 1 if len(word) < LONG else 2


LETTERS = 32
"""Kinds of letters that are told apart: those of the alphabet, some with a sign."""
TOLD = 4
"""How often a name may hold a letter for it to be told: two bits of a number, and two of the next."""
_FIRST = range(0, TOLD, 2)
CLOSE = 0.01
"""Letters by which sums of floats may miss."""
FEWEST = 0.7
"""Likeness below which single names aren't looked at; Winkler's weight of the first letters lifts none above it."""


@lru_cache(4_096)
def nearest_keyword(word: str, keywords: tuple[str, ...]) -> str | None:
    """Return the keyword a word misspells (swapped neighbours count as one edit), None where none is near enough."""
    found = process.extractOne(word, keywords, scorer=OSA.distance, score_cutoff=allowed(word))
    if found is None or len(found[0]) < LONG_ENOUGH:
        return None
    return found[0]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a name is: its place in the list, likeness from 0 to 1, and the edits between (swaps count as one)."""

    index: int
    score: float
    edits: int


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names as they are written, and which letters each holds: names that share too few can't be alike."""

    texts: Sequence[str]
    lengths: "np.ndarray[tuple[int], np.dtype[np.float32]]" = field(compare=False)
    letters: "tuple[np.ndarray[tuple[int], np.dtype[np.uint64]], ...]" = field(compare=False)

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Spellings":
        """Return names, with their letters."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        letters = _letters("".join(texts), np.repeat(np.arange(len(texts)), lengths), len(texts))
        return cls(texts, lengths.astype(np.float32), letters)

    def alike(self, name: str, floor: float) -> list[int]:
        """Return the places of the names that may be as like as `floor`, a share of both lengths, and some more."""
        shared, more = self._shared(name)
        half = floor / 2
        return _places(shared >= self.lengths * np.float32(half) + np.float32(half * len(name) - more - CLOSE))

    def resembling(self, word: str) -> list[int]:
        """Return the places of the names whose likeness by Jaro may be FEWEST or more, and some more.

        It is a third of the share of letters that match, of either's, and one.
        """
        if not word:
            return list(range(len(self.texts)))
        shared, more = self._shared(word)
        shares = np.float32(1 / len(word)) + np.float32(1) / np.maximum(self.lengths, np.float32(1))
        return _places((shared + np.float32(more)) * shares >= np.float32(3 * FEWEST - 1 - CLOSE))

    def _shared(self, name: str) -> "tuple[np.ndarray[tuple[int], np.dtype[np.uint8]], int]":
        """Return how many letters each name shares with another at most, and how many more all may share."""
        times = Counter([ord(letter) % LETTERS for letter in name])
        shared = np.zeros(len(self.texts), np.uint8)
        for first, letters in zip(_FIRST, self.letters, strict=True):
            held = 0
            for kind, number in times.items():
                held |= (number > first) << kind | (number > first + 1) << kind + LETTERS
            if held:
                shared += np.bitwise_count(letters & np.uint64(held))
        return shared, sum(number - TOLD for number in times.values() if number > TOLD)


def _places(where: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[int]:
    places: list[int] = np.flatnonzero(where).tolist()
    return places


def _letters(
    text: str, owners: "np.ndarray[tuple[int], np.dtype[np.int64]]", number: int
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.uint64]], ...]":
    """Tell which letters so many names hold, one behind the other, by kind: those of equal last bits are one kind.

    `owners` tells of each letter whose it is. A bit a kind tells that it is held, a second that it is held twice; those
    of the next numbers that it is held three times, and four.
    """
    kinds = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64) % LETTERS
    counts = np.bincount(kinds * number + owners, minlength=LETTERS * number).reshape(LETTERS, number)
    told = []
    for first in _FIRST:
        held = np.zeros(number, np.uint64)
        for kind in range(LETTERS):
            held |= (counts[kind] > first).astype(np.uint64) << np.uint64(kind)
            held |= (counts[kind] > first + 1).astype(np.uint64) << np.uint64(kind + LETTERS)
        told.append(held)
    return tuple(told)


def near_full(name: str, names: Spellings, floor: float, limit: int = 8) -> list[Likeness]:
    """Rank whole names (several words) that resemble what was typed at or above `floor`, the nearest first."""
    places = names.alike(name, floor)
    texts = [names.texts[place] for place in places]
    found = process.extract(name, texts, scorer=fuzz.ratio, score_cutoff=floor * 100, limit=limit)
    return [Likeness(places[index], score / 100, OSA.distance(name, text)) for text, score, index in found]


def near_single(word: str, words: Spellings, floor: float, limit: int = 8) -> list[Likeness]:
    """Rank single names (surnames, brands) that resemble a word, fewest edits first.

    Jaro-Winkler finds, optimal string alignment orders: on one-edit typos of surnames the first is right more often,
    and the second is stricter about what may pass.
    """
    places = words.resembling(word)
    texts = [words.texts[place] for place in places]
    found = process.extract(word, texts, scorer=JaroWinkler.similarity, score_cutoff=FEWEST, limit=limit * 4)
    ranked = [
        Likeness(places[index], (OSA.normalized_similarity(word, text) + score) / 2, OSA.distance(word, text))
        for text, score, index in found
    ]
    ranked.sort(key=lambda each: (each.edits, -each.score))
    return [each for each in ranked if each.score >= floor or each.edits == 1][:limit]
