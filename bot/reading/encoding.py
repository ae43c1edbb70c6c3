"""From bytes to text: whatever encoding they are in, and what had to be mended on the way."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.problem import Problem
from bot.reading.errors import NotATranscriptError

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}
STRAYS = 2_000  # single foreign bytes that are looked at one by one
SAMPLE = 65_536  # bytes that charset-normalizer looks at
FEW = 0.12  # at most this share of bytes above 0x7F: Western text with typographic marks
FEWEST, ZEROS = 3, 1_000  # zero bytes that any text may hold by accident, and of how many bytes a longer one has one
CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")  # what programs and pictures are full of
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
PAIR = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")  # what each of these begins with; found much faster
NO_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
HIGH = re.compile(rb"[\x80-\xff]")
MAC_APOSTROPHE = re.compile(rb"[a-z]\xd5(?:s|t|re|ve|ll|m|d)\b")
LINE_END = re.compile(r"\r\r\n|\r\n|\n|\r")
BYTES_LINE_END = re.compile(rb"\r\r\n|\r\n|\n|\r")
# What mojibake of typographic marks and accents starts with, and C1 controls: everything else needs no closer look.
SUSPECT = re.compile("[\x80-\x9fÂÃâÅÐÎÏï�]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was in, with a problem where that was not plain UTF-8."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=2)  # several formats look at the same bytes in turn
def decode(data: bytes) -> Decoded:  # noqa: PLR0911  # one return an encoding
    """Decode text in any encoding; NotATranscriptError where the bytes are no text at all."""
    marked = next(((mark, encoding) for mark, encoding in BOMS if data.startswith(mark)), None)
    if marked is not None and (marked[1] != "utf-8" or b"\0" not in data):
        return _told(data[len(marked[0]) :].decode(marked[1], "replace"), marked[1])
    if b"\0" in data:
        return _without_mark(data.removeprefix(BOMS[0][0]))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if PAIR.search(data) is not None:
        found = len(MULTIBYTE.findall(data))
        if found and found * 2 >= len(HIGH.findall(MULTIBYTE.sub(b"", data))):
            return _mixed(data)
    if b"\xd5" in data and b"\x92" not in data and MAC_APOSTROPHE.search(data):
        return _told(data.decode("mac_roman"), "mac_roman")
    if not NO_CP1252.search(data) and len(HIGH.findall(data)) <= FEW * len(data):
        return _told(data.decode("cp1252"), "cp1252")
    from charset_normalizer import from_bytes  # noqa: PLC0415  # hardly any file comes this far

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise NotATranscriptError("its bytes are in no known text encoding")
    return _told(data.decode(best.encoding, "replace"), best.encoding)


def _without_mark(data: bytes) -> Decoded:
    """UTF-16 or UTF-32 that has no byte order mark shows zeros at every second (or three of four) bytes.

    A few among text got there by accident, and are left out.
    """
    head = data[:SAMPLE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    most = 0.4 * len(head) / 2
    if odd > most and odd > 4 * even:
        return _told(data.decode("utf-16-le", "replace"), "utf-16-le")
    if even > most and even > 4 * odd:
        return _told(data.decode("utf-16-be", "replace"), "utf-16-be")
    zeros = data.count(0)
    if zeros > max(FEWEST, len(data) // ZEROS) or len(CONTROLS.findall(data)) > zeros + FEWEST:
        raise NotATranscriptError("it is a binary file")
    plain = decode(data.replace(b"\0", b""))
    lines = [number for number, line in enumerate(BYTES_LINE_END.split(data), 1) if b"\0" in line]
    told = [Problem(number, "a zero byte among the words is left out") for number in lines]
    return Decoded(plain.text, plain.encoding, (*told, *plain.problems))


def _mixed(data: bytes) -> Decoded:
    """UTF-8 with some bytes of Windows-1252 between (files glued together), or cut in the middle of a character."""
    parts: list[str] = []
    at = line = 0
    lines: list[int] = []
    while at < len(data):
        try:
            parts.append(data[at:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            good = data[at : at + error.start]
            bad = data[at + error.start : at + error.end]
            parts += [good.decode("utf-8"), bad.decode("cp1252", "replace")]
            line += good.count(b"\n")
            lines.append(line + 1)
            at += error.end
            if len(lines) > STRAYS:  # each costs a pass over the rest: beyond this it is quicker and no worse at once
                parts.append(data[at:].decode("cp1252", "replace"))
                break
    told = tuple(Problem(each, "a byte that is not UTF-8, read as Windows-1252") for each in sorted(set(lines)))
    return Decoded("".join(parts), "utf-8", told)


def _told(text: str, encoding: str) -> Decoded:
    known = NAMES.get(encoding, encoding)
    problems = () if encoding == "utf-8" else (Problem(None, f"read as {known}, not UTF-8"),)
    return Decoded(text, encoding, problems)


def split_lines(text: str) -> list[str]:
    """Lines as an editor counts them: LF, CRLF, CR and the CRCRLF of twice converted files each end one."""
    return LINE_END.split(text) if "\r" in text else text.split("\n")


def mend(text: str) -> str:
    """Mojibake put right (UTF-8 once read as Windows-1252, C1 controls); any other text is returned as it is."""
    if text.isascii() or not SUSPECT.search(text):
        return text
    import ftfy  # noqa: PLC0415  # longer to import than a text to read, and hardly any needs it
    from ftfy import badness  # noqa: PLC0415  # as above

    fixed = ftfy.fix_encoding(text) if badness.is_bad(text) else text
    return ftfy.fixes.fix_c1_controls(fixed)
