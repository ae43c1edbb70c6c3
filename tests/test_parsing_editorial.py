"""What an editor sets in brackets where words weren't understood: it names nobody and belongs to no name."""

import pytest

from bot.parsing import editorial, parse
from bot.parsing.handoff import find
from bot.parsing.spoken_names import read_name
from bot.reading.document import Document
from bot.reading.line import Line

UNHEARD = (
    "[Technical Difficulty]", "[technical difficulties]", "[Indiscernible]", "(inaudible)", "[Audio Gap]", "[audio dip]",
    "[ Indiscernible ]", "[Unintelligible]", "[Cross Talk]", "[Foreign Language]", "[indiscernible 00:31:05]",
)  # fmt: skip


@pytest.mark.parametrize("words", UNHEARD)
def test_words_nobody_understood_are_no_name(words: str) -> None:
    assert editorial.unheard(words, 0) is not None
    assert read_name(f"{words} of Aldgate Securities", 0)[0] is None


@pytest.mark.parametrize("words", ["[ph]", "(ph)", "[sp]", "[phonetic]", "[sic]"])
def test_how_a_word_was_spelt_leaves_the_name_beside_it(words: str) -> None:
    assert editorial.unheard(words, 0) is None
    assert read_name(f"Ida Brandt {words} of Aldgate Securities", 0)[0] == "Ida Brandt"


def test_a_name_in_brackets_is_one() -> None:
    assert editorial.unheard("[Ida Brandt]", 0) is None
    assert read_name("[Ida Brandt] (ph) with Aldgate", 0)[0] == "Ida Brandt"


@pytest.mark.parametrize("words", UNHEARD)
def test_of_an_asker_whose_name_nobody_understood_the_house_is_known(words: str) -> None:
    found = find(f"Thank you. Our next question comes from {words} of Aldgate Securities. Please go ahead.")
    assert found is not None
    assert (found.name, found.firm, found.asks) == (None, "Aldgate Securities", True)


@pytest.mark.parametrize(
    "words", ["We’ll go next to Aldgate Research, Ida Brandt.", "We go next to Ida Brandt, Aldgate Research."]
)
def test_a_house_before_a_name_is_told_from_it(words: str) -> None:
    found = find(words)
    assert found is not None
    assert (found.name, found.firm) == ("Ida Brandt", "Aldgate Research")


def test_an_asker_whose_name_nobody_understood_is_nobody() -> None:
    lines = (
        "Operator: Good day and welcome to the Harbor Metals call. I would now like to turn it over to Marta Quill.",
        "Marta Quill: Thank you and good morning. We had a good quarter, and the plant is on time and on cost.",
        "Operator: Our first question is from Ida Brandt with Larch Bank. Please go ahead.",
        "Ida Brandt: How is the plant doing?",
        "Marta Quill: It is on time, and it will stay so, as we said when we opened the books in the spring.",
        "Operator: Our next question from [Technical Difficulty] of Aldgate. Please go ahead.",
        "Unidentified Analyst: And how is freight doing?",
        "Marta Quill: It is cheap, and it will stay so, as we said when we opened the books in the spring.",
    )
    document = Document("txt", tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    call = parse(document, name="x.txt")
    assert [turn.person for turn in call.turns if turn.speaker == "Unidentified Analyst"] == [None]
    assert [(each.asker, each.firm) for each in call.exchanges] == [
        ("Ida Brandt", "Larch Bank"),
        ("Unidentified Analyst", "Aldgate"),
    ]
