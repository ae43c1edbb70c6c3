"""How near two spellings are: the only place where understanding a question calls rapidfuzz."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.query.keywords import LONG_ENOUGH

LONG = 8
"""Letters from which on a keyword may have two edits."""


def allowed(word: str) -> int:
    """How many edits a misspelt keyword may have: none under four letters, one up to seven, then two."""
    return 0 if len(word) < LONG_ENOUGH else 1 if len(word) < LONG else 2


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


def near_full(name: str, names: Sequence[str], floor: float, limit: int = 8) -> list[Likeness]:
    """Rank whole names (several words) that resemble what was typed at or above `floor`, the nearest first."""
    found = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=floor * 100, limit=limit)
    return [Likeness(index, score / 100, OSA.distance(name, text)) for text, score, index in found]


def near_single(word: str, words: Sequence[str], floor: float, limit: int = 8) -> list[Likeness]:
    """Rank single names (surnames, brands) that resemble a word, fewest edits first.

    Jaro-Winkler finds, optimal string alignment orders: on one-edit typos of surnames the first is right more often,
    and the second is stricter about what may pass.
    """
    found = process.extract(word, words, scorer=JaroWinkler.similarity, score_cutoff=0.7, limit=limit * 4)
    ranked = [
        Likeness(index, (OSA.normalized_similarity(word, text) + score) / 2, OSA.distance(word, text))
        for text, score, index in found
    ]
    ranked.sort(key=lambda each: (each.edits, -each.score))
    return [each for each in ranked if each.score >= floor or each.edits == 1][:limit]
