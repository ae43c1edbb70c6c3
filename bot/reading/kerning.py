"""Kerned text of a PDF's content stream, put together again before it is interpreted.

Typesetters print a word in pieces, `[(W) 80 (ord) -3 (s)] TJ`. Interpreting each piece is most of what reading a page
costs. Pieces that only kerning parts are joined here, and the pen ends where it would have ended.
"""

import re

SMALL = 70.0  # thousandths of the type size; a gap between words begins at half a space, some 120
NUMBER = rb"-?(?:\d++(?:\.\d*+)?|\.\d++)"
LITERAL = rb"\((?:[^()\\]|\\.)*+\)"
ARRAY = re.compile(rb"\[((?:\s*+(?:" + LITERAL + rb"|" + NUMBER + rb"))*+)\s*+\]\s*+TJ\b", re.DOTALL)
PIECE = re.compile(rb"(" + LITERAL + rb")|(" + NUMBER + rb")", re.DOTALL)
OPEN_OCTAL = re.compile(rb"\\[0-7]{1,2}\Z")  # a digit after it would be taken for its own


def joined(content: bytes) -> bytes:
    """Give the content stream with kerned pieces joined; everything else, byte for byte, as it was."""
    return ARRAY.sub(_joined, content)


def _joined(array: re.Match[bytes]) -> bytes:
    pieces: list[bytes] = []
    text = b""
    moved = 0.0
    for literal, number in PIECE.findall(array.group(1)):
        if literal:
            if OPEN_OCTAL.search(text):
                pieces += _closed(text, moved)
                text, moved = b"", 0.0
            text += literal[1:-1]
            continue
        offset = float(number)
        if abs(offset) < SMALL and abs(moved + offset) < SMALL and text:
            moved += offset
        else:
            pieces += [*_closed(text, moved), number]
            text, moved = b"", 0.0
    pieces += _closed(text, moved)
    return b"[" + b" ".join(pieces) + b"]TJ"


def _closed(text: bytes, moved: float) -> list[bytes]:
    if not text:
        return []
    return [b"(" + text + b")", b"%.3f" % moved] if moved else [b"(" + text + b")"]
