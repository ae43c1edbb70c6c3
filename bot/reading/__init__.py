"""From bytes to lines or records: one reader a format, found by name, chosen by content.

What the parser gets is clean of the format's own noise: running heads, page numbers, markup, encodings, subtitle tags.
What a line means (a speaker's label, a heading, a participants list) is the parser's business. Lines are paragraphs
where the format says so (HTML, DOCX, RTF) or its page shows it (PDF); text gives its own lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.errors import UnreadableError
from bot.reading.archive import directory, gunzip, unzip
from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.formats import readers
from bot.reading.reader import Reader

LARGEST = 60_000_000  # bytes of a file, and of what a compressed one unpacks to; long calls have 300 KB, PDFs 20 MB
DEEPEST = 2  # archives within archives
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
OFFICE = {"xl/workbook.xml": "an Excel workbook", "ppt/presentation.xml": "a PowerPoint file"}
KINDS = (  # other files that are met in folders, by their first bytes
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "sound or film"),
    (b"ID3", "sound"),
    (b"\x00\x00\x00 ftyp", "film"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as DOCX or PDF"),
    (b"7z\xbc\xaf", "a 7z archive; use zip"),
    (b"BZh", "a bzip2 file; use gzip or zip"),
    (b"\xfd7zXZ", "an xz file; use gzip or zip"),
    (b"Rar!", "a RAR archive; use zip"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One transcript out of a file: its file name, what names it among others of that file, and what was read.

    `inside` is the archive's own path of it, `title` what a table of several calls calls it; both are "" for the plain
    file. `document` is the sentence's error where that piece could not be read; the others stand.
    """

    name: str
    data: bytes
    document: Document | UnreadableError
    inside: str = ""
    title: str = ""


def read(data: bytes, name: str) -> Document:
    """Read one transcript's bytes; UnreadableError says in a sentence why they are none."""
    found = list(_unpacked(data, name))
    if len(found) != 1:
        raise NotATranscriptError(f"the archive holds {len(found)} files; give one, or load the archive with a folder")
    _, inner_name, inner = found[0]
    return _reader(inner, inner_name).read(inner, inner_name)


def pieces(data: bytes, name: str) -> Iterator[Piece]:
    """Read every transcript in the bytes: the file itself, an archive's files, a table's or list's several calls."""
    try:
        for inside, inner_name, inner in _unpacked(data, name):
            yield from _pieces(inner, inner_name, inside)
    except UnreadableError as error:
        yield Piece(name, data, error)


def _pieces(data: bytes, name: str, inside: str) -> Iterator[Piece]:
    try:
        reader = _reader(data, name)
        parts = reader.several(data, name) if reader.several else (("", reader.read(data, name)),)
    except UnreadableError as error:
        yield Piece(name, data, error, inside)
    else:
        for title, document in parts:
            yield Piece(name, data, document, inside, title)


def _reader(data: bytes, name: str) -> Reader:
    """Choose the reader that is surest of the bytes."""
    if len(data) > LARGEST:
        raise TooMuchError(f"{len(data) // 1_000_000} MB", f"{LARGEST // 1_000_000} MB")
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise NotATranscriptError("the file is empty")
    for magic, kind in KINDS:
        if data.startswith(magic):
            raise NotATranscriptError(f"it is {kind}")
    sure, best = max(((each.recognise(data, name), each) for each in readers()), key=lambda pair: pair[0])
    if sure <= 0:
        raise NotATranscriptError("no reader knows its format")
    return best


def _unpacked(data: bytes, name: str, deep: int = 0) -> Iterator[tuple[str, str, bytes]]:
    """Yield (path within zip archives, file name, bytes) of the file, or of what it holds where it is an archive."""
    if data.startswith(GZIP) and deep < DEEPEST:
        inner = gunzip(data)
        yield from _unpacked(inner, name[:-3] if name.lower().endswith(".gz") else name, deep + 1)
        return
    if not data.startswith(ZIP) or deep >= DEEPEST:
        yield "", name, data
        return
    entries = directory(data)
    if "[Content_Types].xml" in entries:
        for part, kind in OFFICE.items():
            if part in entries:
                raise NotATranscriptError(f"it is {kind}; save its text as CSV, DOCX or PDF")
        yield "", name, data
        return
    total = 0
    for entry, size in entries.items():
        if not is_candidate(entry):
            continue
        total += size
        if size > LARGEST or total > 10 * LARGEST:
            raise TooMuchError(f"the archive unpacks to {sum(entries.values()) // 1_000_000} MB", "60 MB a file")
        for path, inner_name, inner in _unpacked(unzip(data, entry), PurePosixPath(entry).name, deep + 1):
            yield (f"{entry}/{path}" if path else entry), inner_name, inner


def is_candidate(path: str) -> bool:
    """Tell whether a path, as far as its name goes, may be a transcript: hidden files, README and sidecars are not."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", "."}]
    name = parts[-1].lower() if parts else ""
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return bool(name) and not hidden and not name.startswith(("readme", "license", "licence")) and name[-5:] != ".toml"
