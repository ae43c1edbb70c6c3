"""Words that the stemmer takes for one another are told apart: in what is found, shown bold, and told as unsaid."""

import asyncio
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from bot.ask import ask
from bot.search.families import kin
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary, Words
from bot.search.words import keys
from tests.invented_calls import TODAY
from tests.test_search_years import library_saying

LINES = tomllib.loads((files("bot.search") / "families.toml").read_text(encoding="utf-8"))["apart"]
SAID = (
    "Several customers were quite positive on our position.",
    "Severance was paid when they quit.",
    "Customs took an import; imports are important.",
    "The severity of it, to be secure.",
    "Interest on the notes was interesting.",
    "Investing in an investment.",
)


@pytest.mark.parametrize("line", LINES)
def test_each_line_parts_the_words_of_one_stem(line: str) -> None:
    families = [family.split() for family in line.split("|")]
    words = [word for family in families for word in family]
    assert len(families) > 1
    assert {stem(word) for word in words} == {stem(words[0])}
    assert len(words) == len(set(words))


def test_no_stem_has_two_lines() -> None:
    assert len({stem(line.split()[0]) for line in LINES}) == len(LINES)


@pytest.mark.parametrize(
    ("word", "held"),
    [
        ("severance", {"severance"}),
        ("severe", {"severity"}),
        ("imports", {"import", "imports"}),
        ("importing", {"import", "imports"}),
        ("customer", {"customers"}),
        ("customs", {"customs"}),
        ("quit", {"quit"}),
        ("interest", {"interest"}),
        ("positives", {"positive"}),
        ("invest", None),  # one family: the whole stem
        ("securities", set()),
    ],
)
def test_a_word_is_searched_by_its_own_family(word: str, held: set[str] | None) -> None:
    vocabulary = Vocabulary()
    vocabulary.add(Words(Counter(keys(" ".join(SAID)))))
    found = kin(word, vocabulary)
    assert (None if found is None else set(found)) == held


@pytest.mark.parametrize(
    ("asked", "turns"),
    [
        ("severance", {1}),
        ("quit", {1}),
        ("customs", {2}),
        ("imports", {2}),
        ("customer", {0}),
        ("important", {2}),
        ("interest", {4}),
        ("investments", {5}),
        ("severance OR customs", {1, 2}),
        ("positive position", {0}),
    ],
)
def test_only_its_own_family_is_found_and_bold(asked: str, turns: set[int]) -> None:
    library = library_saying(*SAID, *("Nothing else.",) * 20)
    answer = asyncio.run(ask(library, f"who said {asked}", today=TODAY, limit=20))
    assert {hit.quote.turn.index for hit in answer.hits} == turns
    for hit in answer.hits:
        assert {stem(hit.quote.text[start:end].lower()) for start, end in hit.quote.spans} <= set(
            map(stem, asked.split())
        )
        assert "several" not in {hit.quote.text[start:end].lower() for start, end in hit.quote.spans}


def test_what_only_the_others_hold_is_told_as_unsaid() -> None:
    library = library_saying("Several customers were here.", *("Nothing else.",) * 20)
    answer = asyncio.run(ask(library, "who asked about severance", today=TODAY))
    assert not answer.hits
    assert any("holds ‹severance›" in note.text for note in answer.notes)
