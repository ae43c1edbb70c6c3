"""Names that resemble what was typed: the same ones as by looking at each."""

import pytest
from hypothesis import strategies as st
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from bot.query.spelling import FEWEST, Spellings, near_full
from tests.sampling import sampled

NAMES = st.text(alphabet="abcdeéß &'\ud800𝒳", max_size=14)


def one_by_one(name: str, names: list[str], floor: float) -> list[tuple[int, float]]:
    found = process.extract(name, names, scorer=fuzz.ratio, score_cutoff=floor * 100, limit=8)
    return [(place, score / 100) for _, score, place in found]


@sampled(25, 2_000, NAMES, st.lists(NAMES, max_size=30), st.sampled_from([0.5, 0.68, 0.8, 1.0]))
def test_no_name_that_is_alike_is_passed_over(name: str, names: list[str], floor: float) -> None:
    found = [(each.index, each.score) for each in near_full(name, Spellings.of(names), floor)]
    assert found == one_by_one(name, names, floor)


@pytest.mark.parametrize("length", [255, 256, 768])
def test_long_names(length: int) -> None:
    names = ["a" * length, "a" * (length - 3) + "bcd", "b" * length, "a"]
    found = [(each.index, each.score) for each in near_full("a" * length, Spellings.of(names), 0.9)]
    assert found == one_by_one("a" * length, names, 0.9)
    assert len(found) == 2


@sampled(25, 2_000, NAMES, st.lists(NAMES, max_size=30))
def test_no_single_name_that_resembles_a_word_is_passed_over(word: str, names: list[str]) -> None:
    looked_at = set(Spellings.of(names).resembling(word))
    alike = process.extract(word, names, scorer=JaroWinkler.similarity, score_cutoff=FEWEST, limit=None)
    assert looked_at.issuperset(place for _, _, place in alike)
