"""DOCX: a line a paragraph, tables cell by cell, after a look into the archive's directory."""

import io
import re
import zipfile
import zlib

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
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError) as error:
        raise NotATranscriptError(f"the document is damaged ({type(error).__name__})") from error
    from bot.reading.formats import _word  # noqa: PLC0415  # python-docx: longer to import than a text to read

    lines, title = _word.lines(data)
    require_speech([line.text for line in lines])
    problems = []
    for at, line in enumerate(lines):
        mended = mend(line.text)
        if mended != line.text:
            lines[at] = Line(mended, line.number, bold=line.bold, stands=line.stands)
            problems.append(Problem(line.number, "mojibake mended"))
    return Document("docx", tuple(lines), header={"title": title} if title else {}, problems=tuple(problems))


reader = Reader("docx", recognise, read)
