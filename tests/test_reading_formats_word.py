"""DOCX, RTF and Markdown: paragraphs without their marks, with where they stand."""

import io

import docx
import pytest

from bot.reading import read


def test_a_word_document_gives_paragraphs_and_cells_in_order() -> None:
    document = docx.Document()
    document.core_properties.title = "Brightwater Q3 2031"
    document.add_heading("Prepared remarks", 1)
    document.add_paragraph().add_run("Ada Quill").bold = True
    document.add_paragraph("Thank you, and  we welcome you.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Bo Tan:", "We thank you\ntwice."
    document.add_paragraph("Operator")
    out = io.BytesIO()
    document.save(out)
    read_back = read(out.getvalue(), "x")
    assert [(line.place, line.bold, line.text) for line in read_back.lines] == [
        ("paragraph 1", True, "Prepared remarks"),
        ("paragraph 2", True, "Ada Quill"),
        ("paragraph 3", False, "Thank you, and we welcome you."),
        ("paragraph 4", False, "Bo Tan:"),
        ("paragraph 5", False, "We thank you"),
        ("paragraph 5", False, "twice."),
        ("paragraph 6", False, "Operator"),
    ]
    assert read_back.header == {"title": "Brightwater Q3 2031"}


def test_rtf_gives_its_words_without_its_control_words() -> None:
    text = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0{\b Ada Quill}\par Thank you\'97we welcome Jos\'e9 \u8220?here\u8221?.\par Operator\par}"
    lines = [line.text for line in read(text.encode(), "x").lines if line.text]
    assert lines == ["Ada Quill", "Thank you—we welcome José “here”.", "Operator"]


@pytest.mark.parametrize(
    ("source", "read_back"),
    [
        ("## Ada Quill", "Ada Quill"),
        ("**Ada Quill:** we _do_ see 5*3*2", "Ada Quill: we _do_ see 5*3*2"),
        ("***Ada*** and __Bo__", "Ada and Bo"),
        (r"It cost \$100 \& more", "It cost $100 & more"),
        ("See [our page](https://example.com/a_b) today", "See our page today"),
        ("> quoted **words**", "quoted words"),
        ("[Operator Instructions] go on", "[Operator Instructions] go on"),
        ("a_b_c and 2 ** 3", "a_b_c and 2 ** 3"),
        ("- Revenue of R&amp;D", "- Revenue of R&D"),
    ],
)
def test_markdown_goes_and_the_words_stay(source: str, read_back: str) -> None:
    text = f"# Call\n\n**Operator:** Thank you.\n\n{source}\n\n**Bo Tan:** We thank you.\n"
    document = read(text.encode(), "x")
    assert document.format == "md"
    assert [line.text for line in document.lines if line.number == 5] == [read_back]


def test_recognised_pages_keep_their_pages_and_tables_their_cells() -> None:
    text = "<start_of_page_4>\n# Call\n## Ada Quill <br> Analyst\nThank you, we do.\n| Bo Tan | CFO |\n|---|---|\n## Operator\nWe close.\n"
    assert [(line.page, line.number, line.text) for line in read(text.encode(), "x").lines if line.text] == [
        (4, 2, "Call"),
        (4, 3, "Ada Quill"),
        (4, 3, "Analyst"),
        (4, 4, "Thank you, we do."),
        (4, 5, "Bo Tan"),
        (4, 5, "CFO"),
        (4, 7, "Operator"),
        (4, 8, "We close."),
    ]
