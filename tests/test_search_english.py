"""Plain words: those of the list, of American English, and of finance; none is taken for a misspelling or a name."""

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from bot.directory import Directory
from bot.query import understand
from bot.search.english import plain, plain_english
from bot.search.thesaurus import Thesaurus
from tests.invented_calls import CALLS, TODAY

LACKING = tomllib.loads(files("bot.search").joinpath("english.toml").read_text(encoding="utf-8"))["words"]


def test_what_the_list_lacks_is_written_once_and_in_order() -> None:
    assert sorted(set(LACKING)) == LACKING
    assert not [word for word in LACKING if word in plain_english() or not word.isalpha() or word != word.lower()]


@pytest.mark.parametrize(
    "word", ["labor", "centers", "theater", "analytics", "pharma", "capex", "ebitda", "labour", "margin"]
)
def test_a_word_is_plain(word: str) -> None:
    assert plain(word)


@pytest.mark.parametrize("word", ["vlmr", "achterberg", "zoetis", "marginn"])
def test_a_name_or_a_slip_is_not(word: str) -> None:
    assert not plain(word)


def test_single_words_of_the_thesaurus_are_its_keys() -> None:
    assert {"capex", "opex"} <= Thesaurus.shipped().single_words
    assert not any(" " in word for word in Thesaurus.shipped().single_words)


@pytest.mark.parametrize(
    ("surname", "topic"), [("Laboy", "labor shortage"), ("Carey", "capex guidance"), ("Sharma", "pharma demand")]
)
def test_no_word_of_finance_is_taken_for_a_surname(surname: str, topic: str) -> None:
    calls = [
        replace(
            call,
            turns=tuple(
                replace(turn, person=f"Ana {surname}", speaker=f"Ana {surname}")
                if turn.person == "Priya Raman"
                else turn
                for turn in call.turns
            ),
            participants=tuple(
                replace(each, name=f"Ana {surname}") if each.name == "Priya Raman" else each
                for each in call.participants
            ),
        )
        for call in CALLS
    ]
    query = understand(f"quote {topic}", Directory.of(calls), today=TODAY)
    assert (query.topic.text, query.party) == (topic, None)


def test_a_plain_word_within_a_companys_name_is_a_word() -> None:
    calls = [replace(CALLS[0], company="Larchfield Centers Corporation", ticker="LFC"), *CALLS[1:]]
    query = understand("quote data centers", Directory.of(calls), today=TODAY)
    assert (query.topic.text, query.companies) == ("data centers", ())
