"""From bytes to lines or records: one reader a format, found by name, chosen by content."""

from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError
from bot.reading.formats import readers


def read(data: bytes, name: str) -> Document:
    """Read one transcript's bytes; UnreadableError says in a sentence why they are none."""
    if not data.strip():
        raise NotATranscriptError("the file is empty")
    sure, best = max(((each.recognise(data, name), each) for each in readers()), key=lambda pair: pair[0])
    if sure <= 0:
        raise NotATranscriptError("no reader knows its format")
    return best.read(data, name)
