"""How near two spellings are: the only place where understanding a question calls rapidfuzz."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

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
CLOSE = 0.01
"""Letters by which sums of floats may miss."""
Letters: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.uint64]]"
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
    letters: tuple[Letters, Letters] = field(compare=False)

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
        once = twice = thrice = often = more = 0
        for letter in name:
            bit = 1 << ord(letter) % LETTERS
            more += often & bit != 0
            often |= thrice & bit
            thrice |= twice & bit
            twice |= once & bit
            once |= bit
        few, many = self.letters
        shared = np.bitwise_count(few & np.uint64(once | twice << LETTERS))
        if thrice:
            shared += np.bitwise_count(many & np.uint64(thrice | often << LETTERS))
        return shared, more


def _places(where: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[int]:
    places: list[int] = np.flatnonzero(where).tolist()
    return places


def _letters(text: str, owners: "np.ndarray[tuple[int], np.dtype[np.int64]]", number: int) -> tuple[Letters, Letters]:
    """Tell which letters so many names hold, one behind the other, by kind: those of equal last bits are one kind.

    `owners` tells of each letter whose it is. A bit a kind tells that it is held, a second that it is held twice; those
    of the other numbers that it is held three times, and four.
    """
    kinds = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64) % LETTERS
    counts = np.bincount(kinds * number + owners, minlength=LETTERS * number).reshape(LETTERS, number)
    held = [np.zeros(number, np.uint64) for _ in range(2)]
    for times in range(4):
        for kind in range(LETTERS):
            bit = np.uint64(kind + LETTERS * (times % 2))
            held[times // 2] |= (counts[kind] > times).astype(np.uint64) << bit
    return held[0], held[1]


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
