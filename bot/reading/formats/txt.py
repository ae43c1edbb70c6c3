"""Plain text in any encoding."""

from typing import Any

from bot.freezing import draft_of, frozen
from bot.problem import Problem
from bot.reading import furniture
from bot.reading.document import Document
from bot.reading.encoding import decode, mend, split_lines
from bot.reading.errors import TooMuchError
from bot.reading.evidence import require_speech
from bot.reading.line import Line
from bot.reading.reader import Reader

_Line: Any = draft_of(Line)
LARGEST = 20_000_000  # bytes; the longest known call, a shareholders' day, has 250,000


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """Whatever is text and nobody else's is plain text: the last to be asked."""
    return 0.1 if data.strip() else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """One Line a source line, mojibake mended and told."""
    if len(data) > LARGEST:
        raise TooMuchError(f"{len(data) // 1_000_000} MB of text", f"{LARGEST // 1_000_000} MB")
    decoded = decode(data)
    drafts: list[Any] = []
    problems = list(decoded.problems)
    raws = split_lines(decoded.text)
    running = furniture.beside_breaks(raws)
    if running:
        told = f"{len(running)} running heads and feet beside page breaks are left out"
        problems.append(Problem(min(running) + 1, told))
    for number, raw in enumerate(raws, 1):
        if number - 1 in running:
            drafts.append(_Line("", number))
            continue
        text = mend(raw)
        if text != raw:
            problems.append(Problem(number, "mojibake mended"))
        drafts.append(_Line(text.replace("\f", ""), number))
    lines: list[Line] = frozen(drafts, Line)
    require_speech([line.text for line in lines])
    return Document("txt", tuple(lines), problems=tuple(problems))


reader = Reader("txt", recognise, read)
