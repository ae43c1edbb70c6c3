"""Labels in every form they are printed in, and lines that are none."""

import pytest
from hypothesis import strategies as st

from bot.kind import Kind
from bot.parsing.label import read_label
from bot.parsing.layouts import layouts
from bot.parsing.matching import best, same
from bot.parsing.names import is_name, unglued
from bot.parsing.sheet import Sheet
from bot.reading.document import Document
from bot.reading.line import Line
from tests.sampling import sampled

LABELS = [
    ("Marta Quill", "Marta Quill", None, None),
    ("Marta Quill]", "Marta Quill", None, None),
    ("**Marta Quill**", "Marta Quill", None, None),
    ("Q - Tobias Brandt", "Tobias Brandt", None, None),
    ("A – Marta Quill", "Marta Quill", None, None),
    ("Tobias Brandt - Dougal & Company", "Tobias Brandt", "Dougal & Company", None),
    ("Tobias Brandt - Robert W. Bairn", "Tobias Brandt", "Robert W. Bairn", None),
    ("Marta Quill -- Chief Executive Officer", "Marta Quill", None, "Chief Executive Officer"),
    ("Marta Quill--Chief Executive Officer", "Marta Quill", None, "Chief Executive Officer"),
    ("Tobias Brandt -- A. B. Sorel -- Analyst", "Tobias Brandt", "A. B. Sorel", "Analyst"),
    ("Tobias Brandt (Aldgate)", "Tobias Brandt", "Aldgate", None),
    ("TOBIAS BRANDT, ALDGATE", "TOBIAS BRANDT", "ALDGATE", None),
    (
        "Marta Quill, Senior Vice President, Charging and Energy",
        "Marta Quill",
        None,
        "Senior Vice President, Charging and Energy",
    ),
    ("Marta Quill;Chairman and CEO", "Marta Quill", None, "Chairman and CEO"),
    ("Executives (Aldgate)", "Executives", "Aldgate", None),
    ("Unidentified Company Representative [Aldgate - CFO]", "Unidentified Company Representative", "Aldgate", "CFO"),
    ("Unidentified Participant -- -- Analyst", "Unidentified Participant", None, "Analyst"),
    ("John Doe, Jr.", "John Doe, Jr.", None, None),
    ("Cai von Rumsfeld", "Cai von Rumsfeld", None, None),
    ("Peter T. F. M. Wennick", "Peter T. F. M. Wennick", None, None),
    ("Joyce He", "Joyce He", None, None),
]
NONE = [
    "Thank you",
    "Question-and-Answer Session",
    "Good morning, everyone.",
    "So the first point is margin",
    "Two things - first the plant",
    "Great -- thanks so much for that",
    "Chief Financial Officer",
    "Is that right?",
    "",
]


@pytest.mark.parametrize(("text", "name", "firm", "title"), LABELS)
def test_a_label_gives_name_firm_and_title(text: str, name: str, firm: str | None, title: str | None) -> None:
    label = read_label(text, commas=True)
    assert label is not None
    assert (label.name, label.firm, label.title) == (name, firm, title)


@pytest.mark.parametrize("text", NONE)
def test_an_ordinary_line_is_no_label(text: str) -> None:
    assert read_label(text, commas=True) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Operator", Kind.OPERATOR),
        ("Moderator", Kind.OPERATOR),
        ("Unidentified Analyst", Kind.ANALYST),
        ("Unidentified Company Representative", Kind.EXECUTIVE),
        ("Speaker 3", None),
    ],
)
def test_a_part_says_its_kind(text: str, kind: Kind | None) -> None:
    label = read_label(text)
    assert label is not None
    assert label.is_part
    assert label.kind is kind


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("Bob Tilling", "Robert Tilling", True),
        ("Timothy Donald Crook", "Tim Crook", True),
        ("R. Scott Gates", "Scott Gates", True),
        ("José Peña", "Jose Pena", True),
        ("MartaQuill", "Marta Quill", True),
        ("John Smith", "Jane Smith", False),
        ("Marta Quill", "Marta Quest", False),
    ],
)
def test_spellings_of_one_person(one: str, other: str, person: bool) -> None:  # a column of the table
    assert same(one, other) is person


def test_a_misspelt_label_finds_its_one_person() -> None:
    assert best("Chrisitan Sewell", ["Christian Sewell", "James Moltan"]) == "Christian Sewell"
    assert best("Emily", ["Emily Weaver", "James Moltan"]) == "Emily Weaver"
    assert best("Emily", ["Emily Weaver", "Emily Stone"]) is None


def test_a_glued_name_is_parted_and_a_scots_one_is_not() -> None:
    assert unglued("JenniferPierce") == "Jennifer Pierce"
    assert unglued("McAllister") == "McAllister"
    assert not is_name("Marta Quill--Analyst")


@pytest.mark.parametrize("text", [",", ",,", "* , *", "[,]", "Q (,): ", "A: ,", "| |", "Q", "[", "]"])
def test_marks_alone_are_no_label(text: str) -> None:
    label = read_label(text, commas=True)
    assert label is None or label.name == "Q"


PIECES = (
    *(",", ";", ":", "(", ")", "[", "]", "|", "-", "—", "*", '"', ">>", ".", "?", "\f"),
    *("Q", "A", "Q (", "Name", "Lin Osei", "Chief", "Officer", "Question from", "the", "said.", "(00:12:01)", "Bank"),
    *("Speaker:", "Text:"),
)
rows = st.lists(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join), min_size=1, max_size=12)


@sampled(20, 150, texts=rows, bold=st.none() | st.integers(0, 9))
def test_no_layout_stumbles_over_pieces_of_labels(texts: list[str], bold: int | None) -> None:
    lines = [Line(text, number, bold_end=bold) for number, text in enumerate(texts, 1)]
    sheet = Sheet(Document("txt", tuple(lines)))
    for layout in layouts():
        if layout.recognise(sheet).score:
            layout.read(sheet)


@pytest.mark.parametrize("text", ["Thank you.", "Okay, great.", "Great. Thanks.", "Thanks, Ada Lind", "The Company"])
def test_a_row_that_opens_as_a_sentence_is_no_label(text: str) -> None:
    assert read_label(text, commas=True) is None


@pytest.mark.parametrize("text", ["Will Brandt", "May Lind", "A. Lind", "AM Lind", "Moderator", "Conference Operator"])
def test_words_that_open_names_and_parts_open_labels(text: str) -> None:
    assert read_label(text, commas=True) is not None


@pytest.mark.parametrize("printed", ["Larch Finance Limited (LFL)", "Larch Finance Ltd.", "Larch Finance Inc"])
def test_a_firms_name_with_its_legal_form_is_a_heading_and_nobody(printed: str) -> None:
    assert read_label(printed) is None


def test_a_firm_with_its_legal_form_beside_a_name_is_a_firm() -> None:
    label = read_label("Ada Quill - A. B. Sorel, Inc.", commas=True)
    assert label is not None
    assert (label.name, label.firm) == ("Ada Quill", "A. B. Sorel, Inc.")
