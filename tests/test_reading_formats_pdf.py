"""PDF: running text out of printed rows, without what pages repeat."""

import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from bot.reading import read
from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError
from tests.paper import Text, pdf

FULL = "every row that we print in this paragraph reaches as far to the right as any row can,"  # as wide as the column


def rows(texts: list[str], *, x: float = 72, top: float = 700, step: float = 14) -> list[Text]:
    return [(x, top - step * number, text) for number, text in enumerate(texts)]


def said(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def test_rows_of_a_paragraph_are_one_line_and_short_rows_stand_alone() -> None:
    page = rows(["Ada Quill", "Chief Executive Officer", FULL, FULL, "and it ends here.", FULL, "Thank you."])
    assert said(read(pdf([page]), "a.pdf")) == [
        "Ada Quill",
        "Chief Executive Officer",
        f"{FULL} {FULL} and it ends here.",
        f"{FULL} Thank you.",
    ]


def test_running_heads_feet_and_page_numbers_are_out_and_the_sentence_is_healed() -> None:
    pages = [
        [
            (72.0, 760.0, "BRIGHTWATER MOTORS Q3 2031 EARNINGS CALL"),
            (72.0, 748.0, "October 30, 2031"),
            *rows([*["Operator"] * (number == 1), FULL, FULL] if number < 4 else [FULL, "and ends."]),
            (72.0, 40.0, f"Page {number} of 4"),
            (300.0, 28.0, "www.example.com/transcripts"),
        ]
        for number in range(1, 5)
    ]
    document = read(pdf(pages), "a.pdf")
    assert said(document) == ["Operator", " ".join([FULL] * 7 + ["and ends."])]
    assert document.header["date"] == "October 30, 2031"
    assert document.header["running_head"].splitlines()[0] == "BRIGHTWATER MOTORS Q3 2031 EARNINGS CALL"
    assert [problem.what for problem in document.problems] == [
        f"page {number}: sentence healed over the page break" for number in (2, 3, 4)
    ]


def test_a_column_of_labels_comes_before_its_text_with_where_it_stood() -> None:
    page: list[Text] = []
    for number, (who, what) in enumerate(
        [("Moderator:", "Welcome."), ("Ada Quill:", "Thank you."), ("Bo Tan:", "Hi.")]
    ):
        page += [(72.0, 700.0 - 60 * number, who, True), (180.0, 700.0 - 60 * number, f"{what} {FULL[:59]}")]
        page += rows([FULL[:59], "and that is all."], x=180, top=686 - 60 * number)
    lines = read(pdf([page]), "a.pdf").lines
    assert [line.text for line in lines[::2]] == ["Moderator:", "Ada Quill:", "Bo Tan:"]
    assert [(line.bold, line.indent) for line in lines[:2]] == [(True, 72.0), (False, 180.0)]
    assert lines[3].text == f"Thank you. {FULL[:59]} {FULL[:59]} and that is all."


def test_a_speaker_printed_again_at_the_head_of_a_page_is_left_out() -> None:
    first = rows(["Ada Quill", "Analyst, Northgate Research", FULL, "and then we would see"])
    second = rows(
        ["Ada Quill", "Analyst, Northgate Research", "what that means for the year.", "Operator", "Thank you."]
    )
    document = read(pdf([first, second]), "a.pdf")
    assert said(document)[2:] == [
        f"{FULL} and then we would see what that means for the year.",
        "Operator",
        "Thank you.",
    ]
    assert any("printed again" in problem.what for problem in document.problems)


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (["the management team", f"{FULL} our manage-", "ment is here."], "our management is here."),
        ([f"{FULL} a customer-", "led quarter."], "a customer-led quarter."),
        ([f"{FULL} and the-", "the quarter."], "and the- the quarter."),
        (["uh- I", "th- we", "so- so", "wha- what", "dev- uh", f"{FULL} the marg-", "costs."], "the marg- costs."),
        (["uh- I", "th- we", "so- so", "wha- what", "dev- uh", f"{FULL} the non-", "cash part."], "the non-cash part."),
        (["that non- cash part", f"{FULL} the non-", "cash part."], "the non- cash part."),
        ([f"{FULL} now we're-", "we're not."], "now we're- we're not."),
    ],
)
def test_a_hyphen_at_a_rows_end_goes_only_where_the_whole_word_stands_elsewhere(texts: list[str], joined: str) -> None:
    assert said(read(pdf([rows(texts)]), "a.pdf"))[-1].endswith(joined)


def test_every_line_names_its_page() -> None:
    pages = [rows([f"Speaker {number}", FULL, "Thank you."]) for number in (1, 2, 3)]
    assert [(line.page, line.number) for line in read(pdf(pages), "a.pdf").lines] == [
        (page, number) for page in (1, 2, 3) for number in (1, 2)
    ]


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([rows([FULL])]))))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (encrypted(), "not a transcript: the PDF is encrypted; save it without its password"),
        (pdf([[], [], []]), "not a transcript: the PDF holds pictures of pages and no text"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "not a transcript: the PDF is damaged"),
        (pdf([rows([FULL] * 40)])[:900], "not a transcript: "),
    ],
)
def test_what_cannot_be_read_has_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotATranscriptError) as caught:
        read(data, "a.pdf")
    assert caught.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    "folder",
    [
        "capiq_pdf",
        *(
            pytest.param(folder, marks=pytest.mark.thorough)
            for folder in ("bank_ir_pdf", "india_concall_pdf", "fomc_pressconf_pdf")
        ),
    ],
)
def test_words_are_those_of_an_independent_reader(folder: str, shared: Path) -> None:
    """The smallest file of each house against pdftotext, less lines that recur on half the pages."""
    files = list((shared / "transcripts" / folder / "files").glob("*.pdf"))
    if not files or not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext")
    file = min(files, key=lambda path: path.stat().st_size)
    done = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")
    recurring = Counter(line for page in pages for line in set(page.split("\n")))
    raw = Counter(
        word
        for page in pages
        for line in page.split("\n")
        if recurring[line] < len(pages) / 2
        for word in line.replace("ﬁ", "fi").replace("ﬂ", "fl").split()
    )
    document = read(file.read_bytes(), file.name)
    ours = Counter(word for line in document.lines for word in line.text.split())
    words = raw.total()
    assert (words - (raw - ours).total()) / words >= 0.975  # hyphens, glued words and page numbers count against it
