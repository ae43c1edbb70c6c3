"""Kerned text of a PDF's content stream, put together again before it is interpreted.

Typesetters print a word in pieces, `[(W) 80 (ord) -3 (s)] TJ`. Interpreting each piece is most of what reading a page
costs. Pieces that only kerning parts are joined here, and the pen ends where it would have ended.
"""

import re

SMALL = 70.0  # thousandths of the type size; a gap between words begins at half a space, some 120
NUMBER = rb"-?(?:\d++(?:\.\d*+)?|\.\d++)"
LITERAL = rb"\((?:[^()\\]|\\.)*+\)"
HEX = rb"<(?:[0-9A-Fa-f]{2})*+>"
ARRAY = re.compile(rb"\[((?:\s*+(?:" + LITERAL + rb"|" + HEX + rb"|" + NUMBER + rb"))*+)\s*+\]\s*+TJ\b", re.DOTALL)
PIECE = re.compile(rb"(" + LITERAL + rb"|" + HEX + rb")|(" + NUMBER + rb")", re.DOTALL)
OPEN_OCTAL = re.compile(rb"\\[0-7]{1,2}\Z")  # a digit after it would be taken for its own


def joined(content: bytes) -> bytes:
    """Give the content stream with kerned pieces joined; everything else, byte for byte, as it was."""
    return ARRAY.sub(_joined, content)


def _joined(array: re.Match[bytes]) -> bytes:
    pieces: list[bytes] = []
    text = ends = b""
    moved = 0.0
    for string, number in PIECE.findall(array.group(1)):
        if string:
            if OPEN_OCTAL.search(text) or string[:1] != ends[:1]:
                pieces += _closed(text, ends, moved)
                text, moved = b"", 0.0
            text += string[1:-1]
            ends = string[:1] + string[-1:]
            continue
        offset = float(number)
        if abs(offset) < SMALL and abs(moved + offset) < SMALL and text:
            moved += offset
        else:
            pieces += [*_closed(text, ends, moved), number]
            text, moved = b"", 0.0
    pieces += _closed(text, ends, moved)
    return b"[" + b" ".join(pieces) + b"]TJ"


def _closed(text: bytes, ends: bytes, moved: float) -> list[bytes]:
    if not text:
        return []
    string = ends[:1] + text + ends[1:]
    return [string, b"%.3f" % moved] if moved else [string]
