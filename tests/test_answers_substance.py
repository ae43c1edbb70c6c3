"""Which turns say something: courtesies and hand-overs are no questions and no answers."""

from dataclasses import replace

import pytest

from bot.answers.exchanges import answers_to, blocks, telling
from bot.answers.substance import asking, hands_over, substantial
from bot.kind import Kind
from bot.turn import Turn
from tests.invented_calls import CALLS

TURN = CALLS[0].turns[5]


def said(text: str, person: str = "Priya Raman") -> Turn:
    return replace(TURN, text=text, person=person)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.",
        "Great, thanks, that's very helpful.",
        "Hi, good morning, and well done on a fine quarter.",
        "Okay. Got it. I'll get back in the queue.",
        "Sorry, can you hear me now? Is that better?",
        "Yes.",
        "Okay. And John?",
    ],
)
def test_a_courtesy_says_nothing(text: str) -> None:
    assert not substantial(said(text))


@pytest.mark.parametrize(
    "text",
    [
        "Is freight structural?",
        "And how much of that resets next spring?",
        "So that's upside to your 16% then.",
        "Freight is mostly contract rates, so we see it as structural.",
    ],
)
def test_a_question_or_an_answer_says_something(text: str) -> None:
    assert substantial(said(text))


@pytest.mark.parametrize(
    "text",
    [
        "Dana, I'll ask you to take that one.",
        "Let me turn it over to Ingrid for the details.",
        "Sure, why don't you go first, Ingrid, and then I'll add.",
    ],
)
def test_a_hand_over_answers_nothing(text: str) -> None:
    following = said("Freight is mostly contract rates.", "Ingrid Solheim")
    assert hands_over(said(text, "Tomas Vidal"), following)
    assert not hands_over(said(text, "Tomas Vidal"), None)
    assert not hands_over(said(text, "Ingrid Solheim"), following)


def test_an_answer_is_no_hand_over() -> None:
    following = said("And margins.", "Ingrid Solheim")
    assert not hands_over(said("Freight fell because contract rates fell in the spring.", "Tomas Vidal"), following)


def test_an_exchange_is_cut_at_each_question() -> None:
    call = CALLS[0]
    cut = blocks(call, call.exchanges[0])
    assert [(block.questions, block.answers) for block in cut] == [((5,), (6,)), ((7,), (8,))]
    assert answers_to(call, 5) == (6,)
    assert answers_to(call, 2) == ()


def test_an_interjection_starts_no_block() -> None:
    call = CALLS[0]
    turns = list(call.turns)
    turns[7] = replace(turns[7], text="Got it.")
    cut = blocks(replace(call, turns=tuple(turns)), call.exchanges[0])
    assert [(block.questions, block.answers) for block in cut] == [((5, 7), (6, 8))]
    assert telling(replace(call, turns=tuple(turns)), (5, 7)) == (5,)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Great. Mei-Ling sends her regards.", False),
        ("Great. I'll pass that on, she's likely listening.", False),
        ("Thanks for that, and good luck with the quarter ahead of you all.", False),
        ("And you aren't counting on price.", True),
        ("So that's upside to your 16% then.", True),
        ("Could you comment on the tariff exposure in the second half.", True),
        ("Thank you. How should we think about free cash flow conversion next year.", True),
        ("Okay. And then on capex and depreciation, what number should we model for the fiscal year.", True),
        ("Hi, good afternoon. Can you walk us through the gross margin bridge for the second half of the year.", True),
    ],
)
def test_a_question_turn_asks_something(text: str, asks: bool) -> None:
    turn = next(turn for turn in CALLS[0].turns if turn.kind is Kind.ANALYST)
    assert asking(replace(turn, text=text)) is asks
