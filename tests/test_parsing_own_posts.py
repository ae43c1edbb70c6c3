"""Whoever says which post of the company's he has is one of it, though he calls askers up or reads questions out."""

import pytest

from bot.call import Call
from bot.parsing import parse
from bot.reading.document import Document
from bot.reading.line import Line

OPENING = "Ben Foster: Thank you. We had a good quarter, and the plant is on time and on cost, so I hand back."
READ_OUT = (
    "Marta Quill: Thank you, Ben. We're going to jump into the questions. The first question is for Ben. Ben, how is it?",
    "Ben Foster: It is on time, and it will stay so, as we said when we opened the books in the spring.",
    "Marta Quill: Great. The next question is for Ida. How do you see freight?",
    "Ida Brandt: It is cheap, and it will stay so, as we said when we opened the books in the spring.",
    "Marta Quill: Thank you. I'll ask one last question for Ben here. What of next year?",
    "Ben Foster: It will be a good one, as we said when we opened the books in the spring.",
    "Marta Quill: Great, thank you. With that I will turn the call over to Ben for closing remarks.",
    "Ben Foster: Thank you all for being with us.",
)


def call(*lines: str) -> Call:
    """Parse a call of `Name: words` of Harbor Metals."""
    document = Document("txt", tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    return parse(document, name="x.txt", sidecar={"company": "Harbor Metals"})


@pytest.mark.parametrize(
    "words",
    [
        "Hello, everyone. I'm Marta Quill, Vice President of Investor Relations and Treasury. I'll be your moderator. Ben?",
        "Welcome to our third quarter. My name is Marta Quill, Senior Director of Investor Relations, and I'm joined by Ben.",
        "Hello, this is Marta Quill, Harbor Metals' Senior Director of Treasury and Head of Investor Relations.",
        "Good day. I'm Marta Quill, Chief Financial Officer. I'll be your moderator and turn it over to Ben.",
        "[Starts abruptly] -- Investor Relations and Treasury at Harbor Metals. I'll be your moderator today.",
    ],
)
def test_a_companys_own_host_is_an_executive_and_his_questions_are_read_out(words: str) -> None:
    found = call(f"Marta Quill: {words}", OPENING, *READ_OUT)
    assert {turn.kind.value for turn in found.turns if turn.speaker == "Marta Quill"} == {"executive"}
    assert [(each.asker, each.question_turns, each.answer_turns) for each in found.exchanges] == [
        (None, (2,), (3,)),
        (None, (4,), (5,)),
        (None, (6,), (7,)),
    ]
    assert [turn.index for turn in found.turns if turn.relayed] == [2, 4, 6]
    assert found.turns[2].section.value == "qa"


def test_numbered_speakers_whom_he_calls_up_ask() -> None:
    found = call(
        "Speaker 0: Welcome to the Harbor Metals conference call. My name is John and I'll be your operator for today.",
        "Speaker 1: Thank you, John. I'm Marta Quill, Harbor Metals' Vice President for Investor Relations. Ben?",
        "Speaker 2: Thank you. We had a good quarter, and the plant is on time and on cost, so I hand back.",
        "Speaker 1: Thank you, Ben. Our first question is from <unk> from Aldgate. Good morning, Tobias.",
        "Speaker 3: Good morning. I wonder how the plant is doing, could you tell us?",
        "Speaker 2: It is on time, and it will stay so, as we said when we opened the books in the spring.",
        "Speaker 1: Thanks. Our next question is from Priya from Larch Bank. Good morning, Priya.",
        "Speaker 4: Good morning. I wonder how freight is doing, could you tell us?",
        "Speaker 2: It is cheap, and it will stay so, as we said when we opened the books in the spring.",
    )
    kinds = {turn.speaker: turn.kind.value for turn in found.turns}
    assert kinds == {
        "Speaker 0": "operator", "Speaker 1": "executive", "Speaker 2": "executive",
        "Speaker 3": "analyst", "Speaker 4": "analyst",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Hello. I'm Marta Quill, senior analyst at Aldgate, covering metals, and head of research. I'll be your moderator.",
        "Hello. I'm Marta Quill, Vice President at Aldgate. I'll be your moderator today. Ben?",
        "Hello. I'm Marta Quill and I'll be your operator today. I'm joined by Ida Brandt, Head of Investor Relations.",
    ],
)
def test_a_guests_post_makes_nobody_the_companys(words: str) -> None:
    found = call(f"Marta Quill: {words}", OPENING, *READ_OUT)
    assert "says which post of the company's he has" not in {turn.basis for turn in found.turns}


@pytest.mark.parametrize(
    ("words", "asker", "firm"),
    [
        ("The next question for Ben is from Tobias Brandt with Aldgate. How is freight?", "Tobias Brandt", "Aldgate"),
        ("The next question is, with Harbor Beta growing so fast, how is freight?", None, None),
        ("The next question is from Tobias Brandt with Aldgate. How is freight?", "Tobias Brandt", "Aldgate"),
    ],
)
def test_whose_question_is_read_out_is_told_where_the_words_say_it(
    words: str, asker: str | None, firm: str | None
) -> None:
    host = "Marta Quill: I'm Marta Quill, Head of Investor Relations. Ben?"
    found = call(host, OPENING, *READ_OUT[:4], f"Marta Quill: {words}", READ_OUT[1])
    assert [(each.asker, each.firm) for each in found.exchanges][2:] == [(asker, firm)]
