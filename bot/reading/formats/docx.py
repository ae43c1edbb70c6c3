"""DOCX: a line a paragraph, tables cell by cell, after a look into the archive's directory."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from bot.problem import Problem
from bot.reading.archive import directory
from bot.reading.document import Document
from bot.reading.encoding import mend
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.evidence import require_speech
from bot.reading.line import Line
from bot.reading.reader import Reader

MAIN = "word/document.xml"
LARGEST = 40_000_000  # bytes of the main part; a long call has under two million
MOST_ELEMENTS = 400_000  # of text: six million in 174 KB have cost 2 GB of memory
TEXT_ELEMENT = re.compile(rb"<w:(?:t|br|tab|r)[ />]")
DEEPEST = 8  # tables within tables


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """Look for a zip archive with Word's main part in its directory."""
    if not data.startswith(b"PK\x03\x04"):
        return 0.0
    return 1.0 if MAIN.encode() in data[:4096] or MAIN.encode() in data[-65_536:] else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """Give the paragraphs as lines (numbered as paragraphs), bold where all of it is."""
    parts = directory(data)
    size = parts.get(MAIN, 0)
    if size > LARGEST or sum(parts.values()) > 3 * LARGEST:
        raise TooMuchError(
            f"the document unpacks to {sum(parts.values()) // 1_000_000} MB", f"{LARGEST // 1_000_000} MB"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(TEXT_ELEMENT.findall(archive.read(MAIN))) > MOST_ELEMENTS:
                raise TooMuchError("the document's number of text runs", f"{MOST_ELEMENTS:,}")
        opened = docx.Document(io.BytesIO(data))
        lines = list(_lines(_paragraphs(opened.iter_inner_content(), 0)))
        title = opened.core_properties.title
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError) as error:
        raise NotATranscriptError(f"the document is damaged ({type(error).__name__})") from error
    require_speech([line.text for line in lines])
    problems = []
    for at, line in enumerate(lines):
        mended = mend(line.text)
        if mended != line.text:
            lines[at] = Line(mended, line.number, bold=line.bold, stands=line.stands)
            problems.append(Problem(line.number, "mojibake mended"))
    return Document("docx", tuple(lines), header={"title": title} if title else {}, problems=tuple(problems))


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


reader = Reader("docx", recognise, read)
