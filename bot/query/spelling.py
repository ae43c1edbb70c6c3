"""How near two spellings are: the only place where understanding a question calls rapidfuzz."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler


def allowed(word: str) -> int:
    """How many edits a misspelt keyword may have: none under four letters, one up to seven, then two."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


@lru_cache(4_096)
def nearest_keyword(word: str, keywords: tuple[str, ...]) -> str | None:
    """Return the keyword a word misspells (swapped neighbours count as one edit), None where none is near enough."""
    found = process.extractOne(word, keywords, scorer=OSA.distance, score_cutoff=allowed(word))
    if found is None or len(found[0]) < 4:
        return None
    return found[0]


def near_full(name: str, names: Sequence[str], floor: float, limit: int = 8) -> list[tuple[int, float]]:
    """Rank whole names (several words) against what was typed: (index, likeness 0 to 1) at or above `floor`."""
    found = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=floor * 100, limit=limit)
    return [(index, score / 100) for _, score, index in found]


def near_single(word: str, words: Sequence[str], floor: float, limit: int = 8) -> list[tuple[int, float]]:
    """Rank single names (surnames, brands) against a word: (index, likeness 0 to 1) at or above `floor`.

    Jaro-Winkler finds, optimal string alignment decides: on one-edit typos of surnames the first is right more often,
    and the second is stricter about what may pass.
    """
    found = process.extract(word, words, scorer=JaroWinkler.similarity, score_cutoff=0.8, limit=limit * 4)
    ranked = [(index, (OSA.normalized_similarity(word, text) + score) / 2) for text, score, index in found]
    ranked.sort(key=lambda pair: -pair[1])
    return [pair for pair in ranked if pair[1] >= floor][:limit]
