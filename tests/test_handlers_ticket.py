"""A button's value: read back as written, never longer than Slack takes, never a different question."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quoting import fingerprint
from bot.search.findings import Why
from handlers.blocks.limits import BUTTON_VALUE
from handlers.ticket import Opened, Ticket, carried
from handlers.turned import GoneError, quote_for
from tests.desk import call, shelved

WORDS = st.text(max_size=500)


@settings(max_examples=60, derandomize=True)
@given(WORDS, st.integers(0, 10_000), WORDS, st.integers(0, 5_000), st.sampled_from([None, *Opened]))
def test_a_ticket_is_read_back_as_written(
    question: str, offset: int, id_: str, turn: int, opened: Opened | None
) -> None:
    ticket = Ticket(question, offset, id_, turn, "abc", opened, 2, 5, 9, ((0, 3),))
    value = ticket.encode()
    assert len(value) <= 2000
    back = Ticket.decode(value)
    assert back is not None
    assert back.question in (question, "")  # too long for a button: none rather than another
    assert (back.offset, back.call, back.turn, back.opened) == (offset, carried(id_), turn, opened)


@settings(max_examples=60, derandomize=True)
@given(WORDS | st.just('"' * 990), st.integers(0, 10_000), st.sampled_from(Opened))
def test_what_is_written_in_short_is_written_as_ever(question: str, offset: int, opened: Opened) -> None:
    ticket = Ticket(question, offset, "orin-2026-q1", 14, "0123456789ab")
    assert ticket.opening(opened) == dataclasses.replace(ticket, opened=opened).encode()
    assert Ticket.asking(question, offset) == Ticket(question, offset).encode()


@pytest.mark.parametrize("id_", ["x" * 2_000, "\x01" * 400, "é" * 5_000])
async def test_a_call_with_a_long_id_is_carried_and_found(id_: str) -> None:
    library = await shelved([call(id_), call("another")])
    turn = library.calls[id_].turns[1]
    value = Ticket("quote margin", call=id_, turn=1, stamp=fingerprint(turn)).encode()
    assert len(value) <= BUTTON_VALUE
    ticket = Ticket.decode(value)
    assert ticket is not None
    assert ticket.question == "quote margin"
    assert quote_for(ticket, library).call.id == id_
    with pytest.raises(GoneError):
        quote_for(ticket, await shelved([call("another")]))


@pytest.mark.parametrize("helped", [None, True, False])
@pytest.mark.parametrize("why", [None, *Why])
def test_a_ticket_of_common_size_keeps_everything(helped: bool | None, why: Why | None) -> None:
    ticket = Ticket(
        "who asked about margins",
        3,
        "orin-2026-q1",
        14,
        "0123456789ab",
        Opened.ANSWER,
        1,
        0,
        80,
        ((4, 9),),
        helped,
        why,
    )
    assert Ticket.decode(ticket.encode()) == ticket


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "[]",
        "3",
        "null",
        "{}",
        '{"q":5}',
        '{"q":"a","n":-1}',
        '{"q":"a","x":"z"}',
        '{"q":"a","b":[1]}',
        '{"q":"a","w":"magic"}',
        "[" * 2000,
    ],
)
def test_what_is_no_ticket_reads_as_none(value: str) -> None:
    assert Ticket.decode(value) is None
