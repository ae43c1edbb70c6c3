"""RTF: a line a paragraph of the text that its control words leave."""

from striprtf.striprtf import rtf_to_text

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import mend
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.evidence import require_speech
from bot.reading.line import Line
from bot.reading.reader import Reader

LARGEST = 20_000_000  # bytes; a long call has under one million


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """Look for RTF's first words."""
    return 1.0 if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf") else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """Give the paragraphs as lines, numbered as paragraphs."""
    if len(data) > LARGEST:
        raise TooMuchError(f"{len(data) // 1_000_000} MB of RTF", f"{LARGEST // 1_000_000} MB")
    source = data.lstrip(b"\xef\xbb\xbf \t\r\n").decode("latin-1")  # RTF is ASCII; its own words name other encodings
    try:
        text: str = rtf_to_text(source, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    except (ValueError, LookupError, IndexError, RecursionError) as error:
        raise NotATranscriptError(f"the RTF is damaged ({type(error).__name__})") from error
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, raw in enumerate(text.replace("\x0c", "\n").split("\n"), 1):
        mended = mend(raw).replace("\u00a0", " ").strip()
        if mend(raw) != raw:
            problems.append(Problem(number, "mojibake mended"))
        lines.append(Line(mended, number, stands=f"paragraph {number}"))
    require_speech([line.text for line in lines])
    return Document("rtf", tuple(lines), problems=tuple(problems))


reader = Reader("rtf", recognise, read)
