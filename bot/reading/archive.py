"""Archives: what they say they hold before anything is unpacked, and unpacking within bounds."""

import io
import zipfile
import zlib

from bot.reading.errors import NotATranscriptError, TooMuchError

MOST_FILES = 10_000
LARGEST = 60_000_000  # bytes of one unpacked file


def directory(data: bytes) -> dict[str, int]:
    """Give the names in a zip archive and their unpacked sizes by its own directory; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise NotATranscriptError("the archive is damaged or cut off") from error
    if len(entries) > MOST_FILES:
        raise TooMuchError(f"the archive holds {len(entries)} files", f"{MOST_FILES} files")
    found = {entry.filename: entry.file_size for entry in entries if entry.filename and not entry.is_dir()}
    if not found:
        raise NotATranscriptError("the archive holds no file")
    return found


def unzip(data: bytes, name: str) -> bytes:
    """Unpack one file of a zip archive, no more of it than the directory says and the bound allows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as member:
            unpacked = member.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError) as error:
        locked = isinstance(error, RuntimeError)
        raise NotATranscriptError("the archive is locked" if locked else "the archive is damaged") from error
    if len(unpacked) > LARGEST:
        raise TooMuchError("a file in the archive", f"{LARGEST // 1_000_000} MB")
    return unpacked


def gunzip(data: bytes) -> bytes:
    """Unpack gzip, all its members, within the bound."""
    out = bytearray()
    rest = data
    try:
        while rest:
            stream = zlib.decompressobj(wbits=31)
            out += stream.decompress(rest, LARGEST + 1 - len(out))
            if len(out) > LARGEST or stream.unconsumed_tail:
                raise TooMuchError("what the gzip file unpacks to", f"{LARGEST // 1_000_000} MB")
            if not stream.eof:
                raise NotATranscriptError("the gzip file breaks off")
            rest = stream.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise NotATranscriptError("the gzip file is damaged") from error
    return bytes(out)
