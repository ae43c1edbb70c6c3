"""Markdown, and what text recognition makes of pages in its name: the words without the marks."""

import html
import re

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import decode, mend, split_lines
from bot.reading.errors import NotATranscriptError
from bot.reading.evidence import require_speech
from bot.reading.line import Line
from bot.reading.reader import Reader

LONGEST = 2_000  # characters at a line's beginning that are looked at to recognise
HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
BOLD_LEAD = re.compile(r"\s{0,3}\*\*[^*\n]{1,80}\*\*")
LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\(<?(?:https?:|mailto:|/|#|\.)[^()\s]{0,500}(?:\s\"[^\"]{0,200}\")?>?\)")
QUOTE = re.compile(r"(?:\s{0,3}>\s?)+")
STRONG = re.compile(r"(?<![\w*])(\*{1,3}|_{2,3})(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*])")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|$&~>-])")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
PAGE = re.compile(r"<(?:start|end)_of_page_(\d{1,4})>")
FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
TABLE_RULE = re.compile(r"[\s|:-]+")
ENOUGH = 3  # marked lines
LINES = 3_000


def recognise(data: bytes, name: str) -> float:
    """Count headings and bold beginnings of lines; a few stars are no Markdown."""
    # One byte is looked for forty times as fast as two.
    marks = (b"*" in data and b"**" in data) or (b"#" in data and b"# " in data)
    if data[:1] == b"{" or b"\0" in data[:4096] or not marks:
        return 0.0
    try:
        text = decode(data[:400_000]).text
    except NotATranscriptError:
        return 0.0
    lines = [line[:LONGEST] for line in split_lines(text)[:LINES]]
    marked = sum(bool(HEADING.match(line) or BOLD_LEAD.match(line)) for line in lines)
    least = 1 if name.lower().endswith((".md", ".markdown")) else ENOUGH
    return 0.5 if marked >= least else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """Give the source's lines without their marks; escapes that went are told."""
    decoded = decode(data)
    lines: list[Line] = []
    problems = list(decoded.problems)
    page: int | None = None
    for number, raw in enumerate(split_lines(decoded.text), 1):
        found = PAGE.search(raw[:LONGEST])
        page = int(found.group(1)) if found else page
        if FENCE.match(raw) or (found and not PAGE.sub("", raw).strip()):
            continue
        mended = mend(raw)
        if mended != raw:
            problems.append(Problem(number, "mojibake mended"))
        if ESCAPE.search(mended):
            problems.append(Problem(number, "escapes of Markdown taken off"))
        heading = HEADING.match(mended) is not None
        whole = _is_bold(mended)
        first, *others = BREAK.split(PAGE.sub("", mended))
        for part in (first, *(other.strip() for other in others)):
            lines.extend(Line(cell, number, page, bold=heading or whole) for cell in _cells(part))
    require_speech([line.text for line in lines])
    return Document("md", tuple(lines), problems=tuple(problems))


def _is_bold(text: str) -> bool:
    stripped = text.strip()
    return stripped.startswith("**") and stripped.endswith("**") and stripped.count("**") == 2  # noqa: PLR2004  # a pair


def _cells(text: str) -> list[str]:
    """Give the cells of a table's row, every other line itself."""
    if text.lstrip().startswith("|"):
        if TABLE_RULE.fullmatch(text):
            return []
        return [plain(cell.strip()) for cell in text.strip().strip("|").split("|") if cell.strip()]
    return [plain(text)]


def plain(text: str) -> str:
    """Take the marks of Markdown off one line."""
    text = QUOTE.sub("", text, count=1) if text.lstrip().startswith(">") else text
    text = HEADING.sub("", text, count=1) if HEADING.match(text) else text
    text = LINK.sub(r"\1", text)
    for _ in range(2):  # bold within italics
        text = STRONG.sub(r"\2", text)
    text = ESCAPE.sub(r"\1", text)
    return html.unescape(text).rstrip() if "&" in text else text.rstrip()


reader = Reader("md", recognise, read)
