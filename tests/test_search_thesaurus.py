"""The thesaurus: which groups a topic's words fire, and what a malformed file is told."""

import pytest

from bot.search.thesaurus import Group, Thesaurus, ThesaurusError, parse

OWN = Thesaurus(
    [
        Group("capex", ("capex", "capital expenditure")),
        Group("margin", ("margin", "profitability"), ("spread",)),
        Group("nim", ("NIM", "net interest margin")),
        Group("deals", ("M&A", "takeover")),
        Group("hacks", ("cyberattack", "data breach")),
        Group("online", ("e-commerce", "web shop")),
    ]
)


@pytest.mark.parametrize(
    ("words", "fired"),
    [
        (["capex"], [("capex", ("capital expenditure",))]),
        (["capital", "expenditures"], [("capital expenditure", ("capex",))]),
        (["capital"], []),
        (["marginal"], []),  # of the same stem, but no inflection
        (["margins"], [("margin", ("profitability",))]),
        (["net", "interest", "margin"], [("net interest margin", ("NIM",))]),  # not margins in general
        (["spread"], []),  # `also` works one way
        (["m", "a"], [("M&A", ("takeover",))]),
        (["cyber", "attacks"], [("cyberattack", ("data breach",))]),
        (["ecommerce"], [("e-commerce", ("web shop",))]),
        (["e", "commerce"], [("e-commerce", ("web shop",))]),
        (["takeovers"], [("takeover", ("M&A",))]),
        ([], []),
    ],
)
def test_an_entry_fires_when_all_its_words_are_there(
    words: list[str], fired: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [(expansion.entry, expansion.same) for expansion in OWN.expand(words)] == fired


def test_words_of_entries_are_known_in_any_inflection() -> None:
    assert OWN.knows("expenditures")
    assert not OWN.knows("superchargers")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[a", "not valid TOML"),
        ("a = 1", "[a] holds something else"),
        ("[a]\nsame = []", "no word"),
        ("[a]\nsame = [1]", "words in quotes"),
        ("[a]\nsame = ['!!']", "words in quotes"),
        ("[a]\nsame = ['b']\nthird = []", "something else"),
    ],
)
def test_a_malformed_file_is_told(text: str, complaint: str) -> None:
    with pytest.raises(ThesaurusError, match=r"own\.toml") as error:
        parse(text, "own.toml")
    assert complaint in error.value.sentence


def test_the_shipped_thesaurus_has_its_groups_and_no_word_stands_alone() -> None:
    shipped = Thesaurus.shipped()
    assert len(shipped.groups) >= 150
    assert [group.name for group in shipped.groups if len(group.same) + len(group.also) < 2] == []
    assert [text for group in shipped.groups for text in group.same if group.same.count(text) > 1] == []


def test_a_team_extends_a_shipped_group_by_its_name() -> None:
    both = Thesaurus(
        [Group("capex", ("capex", "capital expenditure")), *parse("[capex]\nsame = ['project Heron']", "own.toml")]
    )
    assert both.expand(["heron", "project"])[0].same == ("capex", "capital expenditure")
