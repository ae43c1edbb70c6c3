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
"""Kinds of letters that are counted: those of the alphabet, some with a sign."""
LONGEST = 256
"""Letters below which their counts fit."""
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
    """Names as they are written, and how often each holds each letter: names that share too few can't be alike."""

    texts: Sequence[str]
    lengths: "np.ndarray[tuple[int], np.dtype[np.int64]]" = field(compare=False)
    letters: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]" = field(compare=False)

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Spellings":
        """Return names, counted."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        return cls(texts, lengths, _letters("".join(texts), np.repeat(np.arange(len(texts)), lengths), len(texts)))

    def alike(self, name: str, floor: float) -> Sequence[int]:
        """Return the places of the names that may be as like as `floor`, a share of both lengths, and some more."""
        if len(name) >= LONGEST:
            return range(len(self.texts))
        return _places(self._shared(name) >= (self.lengths + len(name)) * (floor / 2) - CLOSE)

    def resembling(self, word: str) -> Sequence[int]:
        """Return the places of the names whose likeness by Jaro may be FEWEST or more, and some more.

        It is a third of the share of letters that match, of either's, and one.
        """
        if not 0 < len(word) < LONGEST:
            return range(len(self.texts))
        shares = 1 / len(word) + 1 / np.maximum(self.lengths, 1)
        return _places(self._shared(word) * shares >= 3 * FEWEST - 1 - CLOSE)

    def _shared(self, name: str) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
        """Return how many letters each name shares with one of fewer than LONGEST letters."""
        shared = np.zeros(len(self.texts), np.uint8)
        both = np.empty_like(shared)
        for kind, times in Counter([ord(letter) % LETTERS for letter in name]).items():
            shared += np.minimum(self.letters[kind], times, out=both)
        return shared


def _places(where: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[int]:
    places: list[int] = np.flatnonzero(where).tolist()
    return places


def _letters(
    text: str, owners: "np.ndarray[tuple[int], np.dtype[np.int64]]", number: int
) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    """Count the letters of so many names, one behind the other, by kind: those of equal last bits are one kind.

    `owners` tells of each letter whose it is. So no count is smaller than that of the letter itself.
    """
    kinds = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64) % LETTERS
    counts = np.bincount(kinds * number + owners, minlength=LETTERS * number).reshape(LETTERS, number)
    return np.minimum(counts, 255).astype(np.uint8)


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
