"""PDF: rows in reading order, less running heads and feet, set back into running text."""

import re

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError
from bot.reading.evidence import require_speech
from bot.reading.flow import Flow, with_labels
from bot.reading.furniture import part
from bot.reading.reader import Reader
from bot.reading.spacing import close_words

SPARSE = 40  # characters a page on average; less is a scan
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"(?:{MONTHS})\s+\d{{1,2}},?\s+(?:19|20)\d\d|\d{{1,2}}\s+(?:{MONTHS}),?\s+(?:19|20)\d\d")


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """Look for what a PDF says within its first kilobyte."""
    return 1.0 if b"%PDF-" in data[:1024] else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """Give paragraphs where the page shows them, else rows; the header has the `running_head`, and a `date` in it."""
    from bot.reading.formats import _pages  # noqa: PLC0415  # pypdf: longer to import than a text to read

    heights, rows, problems = _pages.rows(data)
    if sum(len(row.text) for row in rows) < SPARSE * len(heights) / 2:
        raise NotATranscriptError("the PDF holds pictures of pages and no text; run it through text recognition first")
    rows, heads = part(rows, heights)
    rows, closed = close_words(rows)
    flow = Flow(with_labels(rows))
    require_speech([line.text for line in flow.lines])
    told = [Problem(None, f"{closed} words closed up that the page's spacing had split")] if closed else []
    words = [head for head in heads if any(each.isalpha() for each in head)]
    header = {"running_head": "\n".join(words)} if words else {}
    dates = [word for word in words if DATE.fullmatch(word)]
    if len(dates) == 1:
        header["date"] = dates[0]
    return Document("pdf", tuple(flow.lines), header=header, problems=(*problems, *told, *flow.problems))


reader = Reader("pdf", recognise, read)
