"""HTML: the page's own text, block by block, however deeply it nests."""

import pytest

from bot.reading import read
from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError, TooMuchError

PAGE = """<!DOCTYPE html>
<html><head><title>Brightwater Q3 2031 call</title><style>p { color: red }</style></head>
<body><nav>Home | Markets</nav>
<h1>Brightwater Motors Q3 2031</h1>
<p><strong>Ada Quill</strong> -- <em>Chief Executive Officer</em></p>
<p>Thank you,
and welcome &amp; good morning.</p>
<script>var thanks = "we";</script>
<p><b>Bo Tan</b><br>Analyst<br><br>We ask about our caf&eacute;s.</p>
<footer>All rights reserved</footer></body></html>
"""


def said(document: Document) -> list[str]:
    return [line.text for line in document.lines if line.text]


def test_blocks_are_lines_with_their_source_line_and_weight() -> None:
    document = read(PAGE.encode(), "call.html")
    assert [(line.number, line.bold, line.text) for line in document.lines] == [
        (4, True, "Brightwater Motors Q3 2031"),
        (5, False, "Ada Quill -- Chief Executive Officer"),
        (6, False, "Thank you, and welcome & good morning."),
        (9, True, "Bo Tan"),
        (9, False, "Analyst"),
        (9, False, ""),
        (9, False, "We ask about our cafés."),
    ]
    assert document.header == {"title": "Brightwater Q3 2031 call"}


@pytest.mark.parametrize("tag", ["div", *(pytest.param(tag, marks=pytest.mark.thorough) for tag in ("b", "table"))])
def test_deep_nesting_loses_no_text(tag: str) -> None:
    deep = f"<html><body>{f'<{tag}>' * 50_000}Operator: Thank you.{f'</{tag}>' * 50_000}<p>Ada Quill: We are glad.</p>"
    assert said(read(deep.encode(), "call.html")) == ["Operator: Thank you.", "Ada Quill: We are glad."]


def test_deep_nesting_makes_no_line_an_element() -> None:
    deep = f"<html><body>{'<div>' * 5_000}Operator: Thank you.{'</div>' * 5_000}<p>Ada Quill: We are glad.</p>"
    assert len(read(deep.encode(), "call.html").lines) < 10


def test_nesting_beyond_any_page_is_refused_in_words() -> None:
    deep = b"<html><body>" + b"<p>" * 250_001 + b"Operator: Thank you."
    with pytest.raises(TooMuchError, match="more than 250,000 elements one in another"):
        read(deep, "call.html")


@pytest.mark.parametrize("bait", ["<!--<!-" * 30_000, "<!" * 90_000, "<a a='" * 40_000, "<a " * 90_000, "&" * 180_000])
def test_baits_end_and_say_so(bait: str) -> None:
    with pytest.raises(NotATranscriptError, match="not a transcript: "):
        read(f"<html><body>{bait}".encode(), "call.html")


def test_a_translation_beside_the_text_is_left_out_and_told() -> None:
    rows = "".join(
        f"<tr><td>Ada Quill<br><br>Thank you, we grew {year} again.</td><td>감사합니다, 저희는 다시 성장했습니다<br>Note: done</td></tr>"
        for year in (2029, 2030, 2031)
    )
    page = f"<html><body><table><tr><th>Original</th><th>Translation</th></tr>{rows}</table></body></html>"
    document = read(page.encode(), "call.html")
    assert said(document) == [
        text for year in (2029, 2030, 2031) for text in ("Ada Quill", f"Thank you, we grew {year} again.")
    ]
    assert [problem.what for problem in document.problems] == [
        "3 passages in another script (a translation beside the text) left out"
    ]


def test_what_a_translator_left_untranslated_goes_with_its_column() -> None:
    said_by = [
        (f"Thank you, we grew {year} again.", "감사합니다, 저희는 다시 성장했습니다") for year in range(2026, 2032)
    ]
    said_by.append(("Mark Tern: And the plant?", "Mark Tern: There is nothing here that I could translate."))
    rows = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in said_by)
    page = (
        f"<html><body><table>{rows}</table><table><tr><td>Ada Quill:</td><td>It runs.</td></tr></table></body></html>"
    )
    assert said(read(page.encode(), "call.html")) == [*(one for one, _ in said_by), "Ada Quill:", "It runs."]


def test_a_name_run_on_to_a_sentence_stands_alone_again_and_is_told() -> None:
    page = "<html><body><p>Thank you. Please go ahead. Ada B. Quill<br><br>We thank you.</p></body></html>"
    document = read(page.encode(), "call.html")
    assert said(document) == ["Thank you. Please go ahead.", "Ada B. Quill", "We thank you."]
    assert [(problem.line, problem.what) for problem in document.problems] == [
        (1, "a name run on to the sentence before stands on its own line again")
    ]


def test_the_page_names_its_encoding() -> None:
    page = "<html><head><meta charset=windows-1251></head><body><p>Ada Quill: Thank you, Иван.</p></body></html>"
    assert said(read(page.encode("windows-1251"), "call.html")) == ["Ada Quill: Thank you, Иван."]
