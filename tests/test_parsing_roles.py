"""Who asks, who answers, who only passes a question on: told by words and place where no list says it."""

import pytest

from bot.kind import Kind
from bot.parsing import parse
from bot.parsing.asking import asks
from bot.reading import read
from bot.reading.document import Document
from bot.reading.line import Line

GREETING = "Operator: Good day and welcome to the Harbor Metals call. I would now like to turn it over to Marta Quill."
OPENING = "Marta Quill: Thank you and good morning. We had a good quarter, and the plant is on time and on cost."
THANKS = "Marta Quill: It is on time, and it will stay so, as we said when we opened the books in the spring."


def kinds(*lines: str) -> list[tuple[str | None, str]]:
    """Give speaker and kind of each turn of a call of `Name: words`."""
    document = Document("txt", tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    return [(turn.speaker, turn.kind.value) for turn in parse(document, name="x.txt").turns]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param(
            ["Operator: Our first question comes from Tobias Brandt with Aldgate. Please go ahead.",
             "Tobias Brandt: How is the plant doing?",
             "Marta Quill: It is on time. Ben, do you want to take the second one?",
             "Ben Foster: Hi, Tobias, it's Ben. So what do we see in the market? Prices rise. Marta?", THANKS],
            {"Ben Foster": "executive", "Tobias Brandt": "analyst"},
            id="whom a colleague calls upon is one",
        ),
        pytest.param(
            ["Marta Quill: We'll now take your questions.",
             "Tobias Brandt: Good morning. Thanks a lot for taking my question. I wanted to hear of freight.", THANKS],
            {"Tobias Brandt": "analyst", "Marta Quill": "executive"},
            id="who thanks for his question asks, though nobody announced him",
        ),
        pytest.param(
            ["Marta Quill: With that, operator, please open the line for questions.",
             "Tobias Brandt: Good morning. I wanted to hear of freight, how is it?", THANKS],
            {"Tobias Brandt": "analyst", "Marta Quill": "executive"},
            id="who asks when the floor is opened, and is answered, asks",
        ),
        pytest.param(
            ["Operator: Our first question comes from Tobias Brandt with Aldgate. Please go ahead.",
             "Tobias Brandt: How is the plant doing?", THANKS,
             "Tobias Brandt: Thank you. Our next question comes from Priya Raman with Harbor Bank. Please go ahead.",
             "Priya Raman: Thanks. How is freight?", THANKS],
            {"Priya Raman": "analyst", "Tobias Brandt": "analyst"},
            id="an announcement under an asker's label is believed of whoever speaks next",
        ),
        pytest.param(
            ["Operator: Our first question comes from Tobias Brandt with Aldgate. Please go ahead.",
             "Marta Quill: Tobias, can you repeat your question?",
             "Tobias Brandt: Yes. How is the plant doing?", THANKS],
            {"Tobias Brandt": "analyst"},
            id="who is asked to repeat his question is no colleague",
        ),
        pytest.param(
            ["Marta Quill: Now, before we open up for questions, I'll turn it over to Ben for some closing comments.",
             "Ben Foster: Thank you, Marta. It has been a good decade, and I am grateful to all who worked with us here.",
             "Operator: Our first question comes from Tobias Brandt with Aldgate. Please go ahead.",
             "Tobias Brandt: How is the plant doing?", THANKS],
            {"Ben Foster": "executive", "Tobias Brandt": "analyst"},
            id="a hand-over that mentions questions gives none",
        ),
        pytest.param(
            ["Operator: Our first question comes from Tobias Brandt with Aldgate. Please go ahead.",
             "Tobias Brandt: How is the plant doing?",
             "Marta Quill: I'm going to let Tim handle that question.",
             "Tim Knave: Hi, Tobias, Tim here. We keep getting better prices, and the industry knows what goes on upstream of us."],
            {"Tim Knave": "executive", "Tobias Brandt": "analyst"},
            id="who is passed a question answers it",
        ),
        pytest.param(
            ["Operator: And we'll go ahead and take the first question.",
             "Kirk Matern: It's Kirk Matern with Aldgate Securities. How is the plant doing?", THANKS,
             "Operator: And we'll take another question.",
             "Raimo Lens: This is Raimo from Sakura Bank. What about freight?", THANKS],
            {"Kirk Matern": "analyst", "Raimo Lens": "analyst"},
            id="who says of which house he is, before a question, asks",
        ),
        pytest.param(
            ["Marta Quill: Our next question is going to come from George at Aldgate. George, please feel free to unmute.",
             "George Yanni: Hi, everyone. What about freight?",
             "Ben Foster: Freight fell again, and it will fall more in the next quarter, for the ships are there."],
            {"George Yanni": "analyst", "Ben Foster": "executive"},
            id="a host gives the floor by a given name",
        ),
        pytest.param(
            ["Operator: Our first question comes from Will Nanse with Aldgate. Please go ahead.",
             "Will Nanse: What about freight?", THANKS,
             "Operator: Our next question comes from Karen Shorte with Harbor Bank. Please go ahead.",
             "Karen Shorte: And what about the plant?", THANKS],
            {"Will Nanse": "analyst", "Karen Shorte": "analyst"},
            id="a given name that is an ordinary word",
        ),
        pytest.param(
            ["Operator: Our first question comes from Tobias Brandt with Aldgate. Please go ahead.",
             "Tobias Brandt: I think Craig has a follow-up.", "Marta Quill: Sure.",
             "Craig Rich: I just wondered, what lets you go from seven to nine percent?", THANKS],
            {"Craig Rich": "analyst"},
            id="who asks between the company's own asks",
        ),
    ],
)  # fmt: skip
def test_words_and_place_tell_who_asks(turns: list[str], expected: dict[str, str]) -> None:
    found = kinds(GREETING, OPENING, *turns)
    assert len(found) == len(turns) + 2
    assert {name: kind for name, kind in found if name in expected} == expected


def test_a_given_name_that_gives_every_floor_is_the_operator() -> None:
    found = kinds(
        OPENING,
        "Krista: We will now open the lines. Your first question comes from the line of Tobias Brandt with Aldgate. Please go ahead.",
        "Tobias Brandt: How is the plant doing?",
        THANKS,
        "Krista: Your next question comes from the line of Priya Raman with Harbor Bank. Please go ahead.",
        "Priya Raman: What about freight?",
        THANKS,
        "Krista: Your next question comes from the line of Ib Brandt with Sakura. Please go ahead.",
        "Ib Brandt: What about capex?",
        THANKS,
    )
    assert dict(found)["Krista"] == "operator"
    assert dict(found)["Priya Raman"] == "analyst"


def test_who_follows_several_askers_answers_them() -> None:
    askers = ("Tobias Brandt", "Priya Raman", "Ib Brandt", "Kirk Matern")
    lines = [GREETING, OPENING, "Marta Quill: With that, we go to questions. Jean, you take the first question."]
    for name in askers:
        lines += [
            f"Operator: Our next question comes from {name} with Aldgate. Please go ahead.",
            f"{name}: How is the plant doing?",
            "Jean Remmy: It is on time. Marta, do you want to add to that?",
            "Marta Quill: Yes.",
            "Jean Remmy: And freight fell in the quarter, as we said before.",
        ]
    assert dict(kinds(*lines))["Jean Remmy"] == "executive"
    assert dict(kinds(*lines))["Ib Brandt"] == "analyst"


ASKED = "Emily Field: Thank you. One question on pricing, and a second one on capex. How much?"


@pytest.mark.parametrize(
    ("reader", "relayed"),
    [
        ("Marta Quill: Thank you, Emily. And for the second question on capex, we'll turn to you, Karsten.", False),
        ("Marta Quill: Sure, Emily. The first question is on India. Let me start with that.", False),
        ("Marta Quill: I'll ask Karsten to take the first part of the question on capex.", False),
        ("Marta Quill: Thanks. The next question comes from the webcast. What is the plan for capex?", True),
    ],
)
def test_an_askers_second_question_is_no_question_read_out(reader: str, relayed: bool) -> None:
    lines = (
        GREETING,
        OPENING,
        "Operator: Our first question comes from Emily Field with Aldgate. Please go ahead.",
        ASKED,
        "Karsten Knop: Prices are stable, and we expect them to stay so for the rest of the year, in all regions.",
        reader,
        "Karsten Knop: Capex is about the same as last year, and we keep to the plan that we gave in the spring.",
    )
    document = Document("txt", tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    call = parse(document, name="x.txt")
    assert call.turns[5].relayed is relayed
    assert len(call.exchanges) == 1 + relayed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How is the plant doing?", True),
        ("I just wanted to follow up on freight.", True),
        ("My questions were answered, thanks.", True),
        ("Freight fell four percent in the quarter.", False),
        ("What a year? " + "We grew again. " * 200, False),
    ],
)
def test_words_that_ask(text: str, expected: bool) -> None:
    assert asks(text) is expected


OPENED = (
    "Operator: Welcome to the Harbor Metals call. I would now like to turn it over to Marta Quill, Head of Investor Relations.\n"
    "Marta Quill: Thank you. We will take questions following brief remarks from Jean. With that, over to Jean.\n"
    "Jean Remy: Thanks, Marta. We had a good quarter. {ending}\n"
    "Operator: Our first question comes from Tobias Brandt with Aldgate.\n"
    "Tobias Brandt: Thanks. How is the plant?\n"
    "Jean Remy: It runs.\n"
    "Operator: Our next question comes from Priya Raman with Harbor and Lane.\n"
    "Priya Raman: What about freight?\n"
    "Jean Remy: It fell."
)


@pytest.mark.parametrize("ending", ["Operator, can you open the line for questions?", "Here is more. Ib?"])
def test_whoever_opens_the_floor_was_not_asked_to_ask(ending: str) -> None:
    call = parse(read(OPENED.format(ending=ending).encode(), "made.txt"), name="made.txt")
    assert [turn.section.value for turn in call.turns] == ["prepared"] * 3 + ["qa"] * 6
    assert {turn.kind for turn in call.turns if turn.speaker in {"Marta Quill", "Jean Remy"}} == {Kind.EXECUTIVE}
