"""Titles that are only spoken: which words give one, and which do not."""

import pytest

from bot.kind import Kind
from bot.parsing import parse
from bot.reading import read

REST = (
    "\nMarta Quill: Thank you. The plant runs two shifts.\nIb Brandt: Margins held.\nOperator: Our first question comes"
    " from Priya Raman of Aldgate. Please go ahead.\nPriya Raman: How is freight?\nIb Brandt: Freight is down."
    "\nPriya Raman: And steel?\nMarta Quill: Steel is flat.\nOperator: That ends the call."
)


def known(greeting: str, rest: str = REST) -> dict[str, str | None]:
    call = parse(read(f"Operator: Good day and welcome. {greeting}{rest}".encode(), "made.txt"), name="made.txt")
    kinds = {person.name: person.kind for person in call.participants}
    assert kinds["Marta Quill"] is kinds["Ib Brandt"] is Kind.EXECUTIVE
    return {person.name: person.title for person in call.participants if person.kind is not Kind.OPERATOR}


@pytest.mark.parametrize(
    ("greeting", "marta", "ib"),
    [
        ("I hand over to our CFO, Ib Brandt.", None, "CFO"),
        ("With us is Ib Brandt, our Chief Financial Officer.", None, "Chief Financial Officer"),
        ("Speaking today as Chief Financial Officer, Ib Brandt.", None, "Chief Financial Officer"),
        ("Here is Harbourstone's chief executive officer Marta Quill.", "chief executive officer", None),
        ("Today: Marta Quill, President and CEO, and Ib Brandt, CFO.", "President and CEO", "CFO"),
        ("Our CEO, Marta Quill, our CFO, Ib Brandt, and others are here.", "CEO", "CFO"),
        ("Ib Brandt, Senior Vice President of Investor Relations, begins.", None, None),
        ("Our former CFO, Ib Brandt, is here.", None, None),
        ("Ib Brandt knows our CFO. Marta Quill begins.", None, None),
        ("Our CFO, Ib, begins.", None, None),
        ("Our CFO, Ib Brandt, begins. Ib Brandt, our Chief Marketing Officer, ends.", None, None),
        ("Our CFO, Ib Brandt, begins. Ib Brandt, our Chief Financial Officer, ends.", None, "CFO"),
        ("Our CFO, Ib Brandtson, begins.", None, None),
        ("For the first time, Ib Brandt as our Chief Financial Officer.", None, "Chief Financial Officer"),
        ("Ib Brandt is the company's CFO.", None, "CFO"),
        ("Ib Brandt as our next CFO is a year away.", None, None),
        ("With us are Marta Quill – Managing Director; and Ib Brandt – Group CFO.", "Managing Director", "Group CFO"),
        ("With us is Ib Brandt – CFO of Larch Finance.", None, None),
        ("With us is Ib Brandt, our interim CFO.", None, "interim CFO"),
        ("Marta Quill, President of the Battery business, is here.", None, None),
        ("Priya Raman, CEO of Aldgate, listens.", None, None),
    ],
)
def test_a_spoken_title_is_taken_where_it_is_unmistakable(greeting: str, marta: str | None, ib: str | None) -> None:
    if "Senior Vice" in greeting:
        ib = "Senior Vice President of Investor Relations"
    assert known(greeting) == {"Marta Quill": marta, "Ib Brandt": ib, "Priya Raman": None}


def test_a_turn_carries_the_spoken_title() -> None:
    call = parse(
        read(f"Operator: Good day and welcome. Here is our CFO, Ib Brandt.{REST}".encode(), "made.txt"), name="made.txt"
    )
    assert {turn.title for turn in call.turns if turn.speaker == "Ib Brandt"} == {"CFO"}


def test_what_an_asker_says_gives_no_title() -> None:
    assert (
        known("Here is Marta Quill.", REST.replace("And steel?", "Your CFO, Ib Brandt, said so."))["Ib Brandt"] is None
    )


def test_a_printed_title_stays() -> None:
    text = "Executives\nMarta Quill - Chair\nIb Brandt - Treasurer\nAnalysts\nPriya Raman - Aldgate\n"
    text += f"Operator: Good day. Here is our CFO, Ib Brandt.{REST}"
    call = parse(read(text.encode(), "made.txt"), name="made.txt")
    assert {turn.title for turn in call.turns if turn.speaker == "Ib Brandt"} == {"Treasurer"}
