"""What a list says of people: what stands beside a name under the company's own heading is a post, or a house."""

import pytest

from bot.kind import Kind
from bot.parsing import parse
from bot.parsing.people import own_list
from bot.parsing.roster import entry
from bot.participant import Participant
from bot.reading.document import Document
from bot.reading.line import Line

BESIDE = (
    ("Pipe, Valve Fabrication and Site Services", None, "Pipe, Valve Fabrication and Site Services"),
    ("Raw Materials", None, "Raw Materials"),
    ("Bond & Specialty Insurance", None, "Bond & Specialty Insurance"),
    ("Harbor Metals", "Harbor Metals", None),
    ("Harbor Metals International", "Harbor Metals International", None),
    ("Larch Casting, Inc.", "Larch Casting, Inc.", None),
    ("Quill Communications Group", "Quill Communications Group", None),
    ("-", None, None),
    ("VS", None, None),
)


@pytest.mark.parametrize(("beside", "firm", "title"), BESIDE)
def test_what_stands_beside_ones_own_is_a_post_unless_it_is_a_house(
    beside: str, firm: str | None, title: str | None
) -> None:
    listed = Participant("Marta Quill", Kind.EXECUTIVE, beside, None)
    assert own_list([listed], "Harbor Metals, Inc.") == [Participant("Marta Quill", Kind.EXECUTIVE, firm, title)]


def test_what_stands_beside_several_names_is_a_house() -> None:
    listed = [Participant(name, Kind.EXECUTIVE, "Larch Casting", None) for name in ("Marta Quill", "Ben Foster")]
    assert own_list(listed, "Harbor Metals") == listed


@pytest.mark.parametrize("kind", [Kind.ANALYST, Kind.UNKNOWN])
def test_a_guests_house_stays(kind: Kind) -> None:
    listed = [Participant("Tobias Brandt", kind, "Raw Materials", None)]
    assert own_list(listed, "Harbor Metals") == listed


def test_a_list_under_the_companys_heading_gives_titles() -> None:
    lines = (
        "Harbor Metals, Inc. (NYSE:HRBM) Q3 2026 Earnings Conference Call October 28, 2026", "Executives",
        "Marta Quill - Chief Executive Officer", "Ben Foster - Pipe, Valve Fabrication and Site Services", "Analysts",
        "Tobias Brandt - Aldgate", "Operator", "Welcome to the call. I will turn it over to Marta Quill.", "Marta Quill",
        "Thank you. We had a good quarter, and Ben will speak of freight.", "Ben Foster", "It is cheap, and we like it.",
        "Question-and-Answer Session", "Operator", "Our first question is from Tobias Brandt with Aldgate.",
        "Tobias Brandt", "How is freight?", "Ben Foster", "It is cheap, as I said.",
    )  # fmt: skip
    call = parse(Document("txt", tuple(Line(line, number) for number, line in enumerate(lines, 1))), name="x.txt")
    assert [(each.name, each.firm, each.title) for each in call.participants if each.name == "Ben Foster"] == [
        ("Ben Foster", None, "Pipe, Valve Fabrication and Site Services")
    ]
    assert {turn.title for turn in call.turns if turn.speaker == "Ben Foster"} == {
        "Pipe, Valve Fabrication and Site Services"
    }


@pytest.mark.parametrize(
    "text", ["Legal — Marta Quill", "Investor Relations -- Marta Quill", "Supply Chain - Marta Quill"]
)
@pytest.mark.parametrize("kind", [Kind.EXECUTIVE, Kind.UNKNOWN])
def test_a_department_before_a_name_is_his_post(text: str, kind: Kind) -> None:
    department = text.split(" -", maxsplit=1)[0].split(" —", maxsplit=1)[0]
    assert entry(text, kind) == Participant("Marta Quill", Kind.EXECUTIVE, None, department)


def test_a_family_name_that_no_department_bears_stays_one() -> None:
    assert entry("Sales Quill - Aldgate", Kind.ANALYST) == Participant("Sales Quill", Kind.ANALYST, "Aldgate", None)
