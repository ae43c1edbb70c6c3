"""A Word document's paragraphs, by python-docx: one after another, tables cell by cell."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from bot.reading.errors import NotATranscriptError
from bot.reading.line import Line

DEEPEST = 8  # tables within tables


def lines(data: bytes) -> tuple[list[Line], str]:
    """Give a line a paragraph, bold where all of it is, and the document's title. Raises NotATranscriptError."""
    try:
        opened = docx.Document(io.BytesIO(data))
        return list(_lines(_paragraphs(opened.iter_inner_content(), 0))), opened.core_properties.title
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError) as error:
        raise NotATranscriptError(f"the document is damaged ({type(error).__name__})") from error


def _paragraphs(content: Iterator[Paragraph | Table], deep: int) -> Iterator[Paragraph]:
    for each in content:
        if isinstance(each, Paragraph):
            yield each
        elif deep < DEEPEST:
            for row in each.rows:
                seen: set[int] = set()
                for cell in row.cells:
                    if id(cell._tc) not in seen:  # noqa: SLF001  # merged cells come once for each column they span
                        seen.add(id(cell._tc))  # noqa: SLF001  # as above
                        yield from _paragraphs(cell.iter_inner_content(), deep + 1)


def _lines(paragraphs: Iterator[Paragraph]) -> Iterator[Line]:
    for number, paragraph in enumerate(paragraphs, 1):
        runs = [run for run in paragraph.runs if run.text.strip()]
        heading = bool(paragraph.style and (paragraph.style.name or "").startswith("Heading"))
        bold = heading or bool(runs and all(run.bold for run in runs))
        for text in paragraph.text.split("\n"):
            yield Line(" ".join(text.split()), number, bold=bold, stands=f"paragraph {number}")
