"""A PDF's pages, by pypdf: every printed row, in reading order."""

import io
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import PyPdfError
from pypdf.generic import DecodedStreamObject, NameObject

from bot.problem import Problem
from bot.reading.encoding import mend
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.kerning import joined
from bot.reading.row import Fragment, Row

MOST_PAGES = 600
MOST_CHARACTERS = 5_000_000
LIMITS = Configuration(  # of what one stream may cost; pypdf's own are three to ten times these, meant for images too
    zlib_maximum_output_length=25_000_000,
    array_based_stream_maximum_output_length=25_000_000,
    lzw_maximum_output_length=25_000_000,
    run_length_maximum_output_length=25_000_000,
    stream_decoding_work_maximum_length=60_000_000,
    stream_parsing_work_maximum_count=400_000,
    page_tree_maximum_entries=10_000,
)
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
MARKS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\u00ad": None, "\u200b": None, "\u00a0": " "})
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
SPACED = re.compile(r"(?:\S ){4,}\S")  # l e t t e r s p a c e d


def rows(data: bytes) -> tuple[list[float], list[Row], list[Problem]]:
    """Give the pages' heights in points, their rows, and what could not be read. Raises UnreadableError."""
    with _quiet(), apply_configuration(LIMITS):
        return _rows(_open(data))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from telling, by warnings and by its log, every flaw that it works round."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def _open(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, IndexError) as error:
        raise NotATranscriptError(f"the PDF is damaged ({type(error).__name__})") from error
    if locked:
        raise NotATranscriptError("the PDF is encrypted; save it without its password")
    if pages > MOST_PAGES:
        raise TooMuchError(f"{pages} pages", f"{MOST_PAGES} pages")
    if not pages:
        raise NotATranscriptError("the PDF has no pages")
    return reader


def _rows(reader: PdfReader) -> tuple[list[float], list[Row], list[Problem]]:
    """Every printed row of every page, and what could not be read."""
    heights: list[float] = []
    rows: list[Row] = []
    problems: list[Problem] = []
    characters = ligatures = 0
    for number, page in enumerate(reader.pages, 1):
        height = 792.0
        try:
            height = float(page.mediabox.height) or height
            found = list(_page_rows(page, number, float(page.mediabox.bottom)))
        except Exception as error:  # noqa: BLE001  # whatever a damaged page raises, the other pages stand
            problems.append(Problem(None, f"page {number} could not be read ({type(error).__name__})"))
            found = []
        heights.append(height)
        characters += sum(len(row.text) for row in found)
        if characters > MOST_CHARACTERS:
            raise TooMuchError("the PDF's text", f"{MOST_CHARACTERS:,} characters")
        ligatures += sum(each in "ﬀﬁﬂﬃﬄﬅﬆ" for row in found for each in row.text)
        rows += [_cleaned(row) for row in found]
        if not found and not problems:
            problems.append(Problem(None, f"page {number} has no text"))
    if ligatures:
        problems.append(Problem(None, f"{ligatures} ligatures spelt out"))
    if problems and len(problems) >= len(heights) and not rows:
        raise NotATranscriptError("no page of the PDF could be read")
    return heights, rows, problems


def _page_rows(page: PageObject, number: int, bottom: float) -> Iterator[Row]:
    """Yield the page's rows, as its content stream gives them, which is the order of reading."""
    pieces: list[tuple[str, float, float, float, bool]] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: object, size: float) -> None:
        if not text:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[2] * cm[1] + tm[3] * cm[3]) or 1.0
        base = str(font.get("/BaseFont", "")) if isinstance(font, dict) else ""
        pieces.append((text, x, y, size * scale, "bold" in base.lower() or "black" in base.lower()))

    content = page.get_contents()
    if content is not None:
        whole = DecodedStreamObject()
        whole.set_data(joined(content.get_data()))
        page[NameObject("/Contents")] = whole
    page.extract_text(visitor_text=visit)
    fragments: list[Fragment] = []
    y = 0.0
    for text, x, at, size, bold in pieces:
        ended = text.endswith("\n")
        kept = text.rstrip("\n")
        if kept:
            if kept.strip() and not any(each.text.strip() for each in fragments):
                y = at
            fragments.append(Fragment(kept, x, size, bold))
        if ended:
            if any(each.text.strip() for each in fragments):
                yield Row.of(tuple(fragments), number, y - bottom)
            fragments = []
    if any(each.text.strip() for each in fragments):
        yield Row.of(tuple(fragments), number, y - bottom)


def _cleaned(row: Row) -> Row:
    """Give the row with ligatures spelt out, symbols of private fonts named, and letterspacing closed."""
    fragments = tuple(
        Fragment(CONTROL.sub("", each.text.translate(LIGATURES).translate(MARKS)), each.x, each.size, each.bold)
        for each in row.fragments
    )
    if not any(each.text.strip() for each in fragments):
        return row
    new = Row.of(fragments, row.page, row.y)
    if SPACED.fullmatch(new.text):
        closed = Fragment(new.text.replace(" ", ""), new.x, new.size, new.bold)
        new = Row.of((closed,), row.page, row.y)
    if not new.text.isascii() and mend(new.text) != new.text:
        new = Row.of((Fragment(mend(new.text), new.x, new.size, new.bold),), row.page, row.y)
    return new
