"""Whether what was found holds a whole topic."""

from dataclasses import replace

import pytest

from bot.answers.whole import Whole
from bot.query.reading import How, Reading
from bot.query.topic import Phrase, Term, Topic
from bot.search.findings import Match, Why
from tests.invented_calls import CALLS

COSTS = Topic("freight costs", (Term("freight", 0, 7), Term("costs", 8, 13)))


def held(topic: Topic, text: str, *readings: Reading, marked: tuple[str, ...], why: Why = Why.MATCHED) -> bool:
    """Return whether a text holds a topic, where a search marked these parts of it."""
    turn = replace(CALLS[0].turns[0], text=text)
    spans = tuple(sorted((text.index(part), text.index(part) + len(part)) for part in marked))
    return Whole.of(topic, readings).held_by(Match("a", 0, 1.0, why, spans), turn)


@pytest.mark.parametrize(
    ("text", "marked", "whole"),
    [
        ("What does freight cost you?", ("freight", "cost"), True),
        ("And the cost of labor?", ("cost",), False),
        ("Is trucking any cheaper? Costs, I mean.", ("Costs",), False),
        ("Are container rates down?", ("container rates",), True),
    ],
)
def test_every_word_or_a_synonym_of_them_together(text: str, marked: tuple[str, ...], whole: bool) -> None:
    synonym = Reading(How.SYNONYM, "freight costs", "container rates, trucking rates", 0, 13)
    assert held(COSTS, text, synonym, marked=marked) is whole


def test_a_follow_up_says_none_of_it() -> None:
    assert not held(COSTS, "And freight costs?", marked=("freight costs",), why=Why.FOLLOW_UP)


def test_a_misspelt_word_is_the_one_it_was_read_as() -> None:
    topic = Topic("tarifs", (Term("tarifs", 0, 6),))
    assert held(topic, "The tariff?", Reading(How.CORRECTED, "tarifs", "tariffs", 0, 6), marked=("tariff",))


def test_a_spared_word_need_not_be_said() -> None:
    topic = Topic("margin guidance", (Term("margin", 0, 6), Term("guidance", 7, 15)))
    assert not held(topic, "The margin?", marked=("margin",))
    assert held(topic, "The margin?", Reading(How.SPARED, "guidance", "margin"), marked=("margin",))


def test_a_word_with_a_star_is_any_that_begins_so() -> None:
    topic = Topic("super* costs", (Term("super", 0, 5, prefix=True), Term("costs", 7, 12)))
    assert held(topic, "Supercharger costs?", marked=("Supercharger", "costs"))
    assert not held(topic, "The costs?", marked=("costs",))


def test_a_hyphen_may_be_left_out() -> None:
    assert held(Topic("e-commerce", (Term("e-commerce", 0, 10),)), "Is ecommerce up?", marked=("ecommerce",))
    assert held(Topic("buyback", (Term("buyback", 0, 7),)), "The buy-back?", marked=("buy-back",))


def test_phrases_are_held_by_whatever_was_found() -> None:
    assert held(Topic('"gross margin"', (), (Phrase(("gross", "margin"), 0, 14),)), "Gross margin?", marked=())


def test_one_word_has_no_parts_to_lack_so_that_nothing_need_be_marked() -> None:
    topic = Topic("margin", (Term("margin", 0, 6),))
    assert held(topic, "The margin?", marked=())
    assert not held(topic, "And that one?", marked=(), why=Why.FOLLOW_UP)
    assert not held(COSTS, "The freight costs?", marked=())
