"""A call: which exchange a turn belongs to, and what its parts are called."""

from dataclasses import replace

import pytest

from bot.exchange import Exchange
from bot.section import Section
from tests.invented_calls import CALLS


@pytest.mark.parametrize(
    ("numbers", "of_turn", "found"),
    [
        ((0, 1, 2), 1, 1),
        ((0, 1, 2), None, None),
        ((0, 1, 2), 3, None),
        ((), 0, None),
        ((3, 5), 5, 5),  # exchanges may be missing
        ((0, 2), 1, None),
        ((2, 1, 0), 0, 0),
    ],
)
def test_a_turn_belongs_to_the_exchange_of_its_number(
    numbers: tuple[int, ...], of_turn: int | None, found: int | None
) -> None:
    exchanges = tuple(Exchange(number, "Ada Stone", None, (0,), (1,)) for number in numbers)
    exchange = replace(CALLS[0], exchanges=exchanges).exchange_of(replace(CALLS[0].turns[0], exchange=of_turn))
    assert (exchange.index if exchange is not None else None) == found


def test_the_parts_of_a_call_go_by_what_people_call_them() -> None:
    assert [section.called for section in Section] == ["prepared remarks", "Q&A"]
