"""Plain text in any encoding."""

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import decode, mend, split_lines
from bot.reading.evidence import require_speech
from bot.reading.line import Line
from bot.reading.reader import Reader


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """Whatever is text and nobody else's is plain text: the last to be asked."""
    return 0.1 if data.strip() else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """One Line a source line, mojibake mended and told."""
    decoded = decode(data)
    lines: list[Line] = []
    problems = list(decoded.problems)
    for number, raw in enumerate(split_lines(decoded.text), 1):
        text = mend(raw)
        if text != raw:
            problems.append(Problem(number, "mojibake mended"))
        lines.append(Line(text.replace("\f", ""), number))
    require_speech([line.text for line in lines])
    return Document("txt", tuple(lines), problems=tuple(problems))


reader = Reader("txt", recognise, read)
