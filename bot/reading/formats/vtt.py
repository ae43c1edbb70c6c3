"""WebVTT and SRT: a Record a cue, under its voice or the name that its text begins with."""

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import decode, mend
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.reader import Reader
from bot.reading.record import Record

if TYPE_CHECKING:
    import webvtt

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
TIMING = re.compile(rf"^[ \t]*({TIME})[ \t]+-->[ \t]+({TIME})", re.MULTILINE)
VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^<>]{1,200})>")
TAG = re.compile(r"</?[A-Za-z0-9][^<>]{0,200}>|</>")
UPPER = r"[^\W\d_a-zß-öø-ÿ]"
NAMED = re.compile(
    rf"(?:>> ?|[-–—] ?)?"
    rf"(?:({UPPER}[\w.'’-]*(?: (?:{UPPER}|\()[\w.'’)-]*| d[aeio]s?){{0,5}}):|\[([^\[\]\d]{{2,60}})\])\s+(?=\S)"
)
LARGEST = 5_000_000  # bytes; a long call has 300,000
VOICED = 0.9  # of the cues have a voice where the file gives each cue its own


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """WEBVTT on top, or two lines of timing and little before them."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"WEBVTT"):
        return 1.0
    first = TIMING.search(head.decode("latin-1").replace("\r", "\n"))
    return 0.9 if first and first.start() < 100 else 0.0  # noqa: PLR2004  # characters: a number, perhaps a remark


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """Give the cues with their time as place; where only the first cue of a turn is named, the rest follow it."""
    if len(data) > LARGEST:
        raise TooMuchError(f"{len(data) // 1_000_000} MB of subtitles", f"{LARGEST // 1_000_000} MB")
    decoded = decode(data)
    text = decoded.text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n ")
    head = decoded.text[: len(decoded.text) - len(decoded.text.lstrip("\ufeff\r\n "))].count("\n")
    lines = list(_timing_lines(text, head + 1))
    found = list(_cues(_webvtt(text), lines))
    records = [record for record, _ in found]
    if not records:
        raise NotATranscriptError("the subtitles hold no words")
    labelled = sum(record.label is not None for record in records)
    if 0 < labelled < VOICED * len(records):
        records = list(_carried(records))
    problems = [Problem(record.line, "mojibake mended") for record, raw in found if mend(raw) != raw]
    return Document("vtt", records=tuple(records), problems=(*decoded.problems, *problems))


def _timing_lines(text: str, line: int) -> Iterator[int]:
    """Yield the line of each cue's timing, counting on from the one before."""
    at = 0
    for match in TIMING.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        yield line


def _webvtt(text: str) -> "webvtt.WebVTT":
    """Parse; SRT becomes WebVTT by its head and its decimal points."""
    if not text.startswith("WEBVTT"):
        text = "WEBVTT\n\n" + TIMING.sub(lambda found: found.group().replace(",", "."), text)
    import webvtt  # noqa: PLC0415  # a file is of one format, and needs no other's library
    from webvtt.errors import MalformedCaptionError, MalformedFileError  # noqa: PLC0415  # as above

    try:
        return webvtt.from_string(text)
    except (MalformedCaptionError, MalformedFileError, ValueError, IndexError) as error:
        raise NotATranscriptError(f"the subtitles are damaged ({error})") from error


def _cues(parsed: "webvtt.WebVTT", lines: list[int]) -> Iterator[tuple[Record, str]]:
    """Yield a record a voice of each cue, with its text before mending."""
    for at, cue in enumerate(parsed.captions):
        line = lines[at] if at < len(lines) else None
        place = str(cue.start)[:8]
        raw = " ".join(cue.raw_text.split())
        parts = VOICE.split(raw)
        voices = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
        for voice, words in voices:
            said = html.unescape(TAG.sub("", words)).strip()
            label = html.unescape(voice).strip()
            named = None if label else NAMED.match(said)
            if named:
                label, said = named.group(1) or named.group(2), said[named.end() :]
            if said:
                yield Record(label or None, mend(said), place, line=line, continues=True), said


def _carried(records: list[Record]) -> Iterator[Record]:
    """Give a cue without a name to the speaker named last, where names stand at the beginnings of turns only."""
    last: str | None = None
    for record in records:
        last = record.label or last
        yield Record(last, record.text, record.place, line=record.line, continues=True)


reader = Reader("vtt", recognise, read)
