"""A call as bytes and back: nothing is lost."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.kind import Kind
from bot.packing import Pool, pack, unpack
from bot.participant import Participant
from bot.problem import Problem
from bot.section import Section
from bot.turn import Turn
from bot.turns import digest, speakers
from tests.sampling import sampled

words = st.text(max_size=30)
maybe = st.none() | words
number = st.none() | st.integers(0, 10_000)


@st.composite
def calls(draw: st.DrawFn) -> Call:
    def one_turn(index: int) -> Turn:
        return Turn(
            index, draw(number), draw(number), draw(words.filter(bool)), draw(st.sampled_from(Section)), draw(maybe),
            draw(maybe), draw(st.sampled_from(Kind)), draw(maybe), draw(maybe), draw(st.sampled_from(Attribution)),
            draw(st.text(max_size=80)), draw(number), draw(maybe), draw(st.booleans()),
        )  # fmt: skip

    return Call(
        id=draw(words),
        company=draw(maybe),
        ticker=draw(maybe),
        year=draw(number),
        quarter=draw(number),
        date=draw(st.none() | st.dates()),
        title=draw(maybe),
        learnt_from=draw(st.dictionaries(words, words, max_size=3)),
        participants=tuple(
            Participant(draw(words), Kind.ANALYST, draw(maybe), draw(maybe)) for _ in range(draw(st.integers(0, 3)))
        ),
        turns=tuple(one_turn(index) for index in range(draw(st.integers(0, 4)))),
        exchanges=tuple(
            Exchange(index, draw(maybe), draw(maybe), (1, 3), (2,)) for index in range(draw(st.integers(0, 2)))
        ),
        problems=tuple(Problem(draw(number), draw(words)) for _ in range(draw(st.integers(0, 2)))),
        fingerprint=draw(words),
        aliases=tuple(draw(st.lists(words, max_size=2))),
    )


@sampled(8, 60, calls())
def test_a_call_comes_back_as_it_was(call: Call) -> None:
    assert unpack(pack([call]), Pool())[0] == call


@sampled(4, 30, st.lists(calls(), max_size=4))
def test_calls_packed_together_come_back_as_they_were(some: list[Call]) -> None:
    assert unpack(pack(some), Pool()) == some


@sampled(8, 60, calls())
def test_turns_that_come_back_know_their_digest_and_speakers(call: Call) -> None:
    back = unpack(pack([call]), Pool())[0].turns
    assert digest(back) == digest(call.turns) == digest(tuple(back))
    assert speakers(back) == speakers(call.turns) == speakers(tuple(back))


@sampled(
    8, 60, calls().filter(lambda call: call.turns), st.sampled_from(["text", "speaker", "person", "firm", "title"])
)
def test_other_turns_have_another_digest(call: Call, name: str) -> None:
    first, *rest = unpack(pack([call]), Pool())[0].turns
    changed: dict[str, Any] = {name: f"{getattr(first, name)}!"}
    other = dataclasses.replace(first, **changed)
    assert digest((other, *rest)) != digest(call.turns)


def test_half_of_a_character_comes_back() -> None:
    turn = Turn(0, 7, None, "line 7", Section.QA, None, None, Kind.HOST, None, None, Attribution.INFERRED, "a \ud83d é")
    call = Call("a", None, None, None, None, None, None, {}, (), (turn,), (), ())
    assert unpack(pack([call]), Pool()) == [call]


def test_turns_that_come_back_are_turns() -> None:
    call = Call("a", None, None, None, None, None, None, {}, (), (Turn(0, 7, None, "line 7", Section.QA, None, None,
                Kind.HOST, None, None, Attribution.INFERRED, "Hi.", None, "a cue"),), (), ())  # fmt: skip
    (turn,) = unpack(pack([call]), Pool())[0].turns
    assert type(turn) is Turn
    with pytest.raises(dataclasses.FrozenInstanceError):
        turn.text = "Ho."  # type: ignore[misc]  # what is tried
    assert dataclasses.replace(turn, text="Ho.").text == "Ho."


def test_one_pool_keeps_one_copy_of_a_name() -> None:
    def call(id_: str) -> Call:
        turn = Turn(
            0,
            1,
            None,
            "line 1",
            Section.QA,
            "Ada Quill",
            "Ada Quill",
            Kind.ANALYST,
            "Northgate",
            None,
            Attribution.LABELLED,
            "Hi.",
        )
        return Call(id_, None, None, None, None, dt.date(2031, 4, 30), None, {}, (), (turn,), (), ())

    pool = Pool()
    one, other = (unpack(pack([call(id_)]), pool)[0].turns[0] for id_ in "ab")
    assert one.speaker is other.speaker
    assert one.place is other.place


@pytest.mark.parametrize("damaged", [b"", b"\x05\x00\x00\x00{}", b"\xff\xff\xff\xffabc", b"\x02\x00\x00\x00{}"])
def test_other_bytes_are_refused(damaged: bytes) -> None:
    with pytest.raises((ValueError, KeyError, IndexError, TypeError)):
        unpack(damaged, Pool())
