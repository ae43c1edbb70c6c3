"""Kerned text of a PDF's content stream, put together again before it is interpreted.

Typesetters print a word in pieces, `[(W) 80 (ord) -3 (s)] TJ`. Interpreting each piece is most of what reading a page
costs. Pieces that only kerning parts are joined here, and the pen ends where it would have ended.

What a page sets between words (`0.01 Tw`) is counted too: pypdf leaves it out of a text's width, so that after many
words the next piece seems to stand apart, and a word is read as two.
"""

import re

SMALL = 70.0  # thousandths of the type size; a gap between words begins at half a space, some 120
FARTHEST = 20_000.0  # thousandths that spacing may add up to in one text; more is no running text
NUMBER = rb"-?(?:\d++(?:\.\d*+)?|\.\d++)"
LITERAL = rb"\((?:[^()\\]|\\.)*+\)"
HEX = rb"<(?:[0-9A-Fa-f]{2})*+>"
ARRAY = re.compile(rb"\[((?:\s*+(?:" + LITERAL + rb"|" + HEX + rb"|" + NUMBER + rb"))*+)\s*+\]\s*+TJ\b", re.DOTALL)
PIECE = re.compile(rb"(" + LITERAL + rb"|" + HEX + rb")|(" + NUMBER + rb")", re.DOTALL)
WORDS_APART = re.compile(
    ARRAY.pattern
    + rb"|("
    + LITERAL
    + rb")(?:\s*+(Tj)\b)?"
    + rb"|(?<!\S)([qQ])(?=\s)"
    + rb"|(?<!\S)("
    + NUMBER
    + rb")\s++T([wf])\b",
    re.DOTALL,
)
TWO_BYTES = (b"\\0", b"\0")  # in a font of two bytes a character, to which spacing between words does not apply
OPEN_OCTAL = re.compile(rb"\\[0-7]{1,2}\Z")  # a digit after it would be taken for its own


def joined(content: bytes) -> bytes:
    """Give the content stream with kerned pieces joined; everything else, byte for byte, as it was."""
    return _spaced(content) if b" Tw" in content else ARRAY.sub(_joined, content)


def _spaced(content: bytes) -> bytes:
    """Join, and move the pen by the spacing between words at the end of each text."""
    spacing, size = 0.0, 1.0
    saved: list[tuple[float, float]] = []

    def shown(found: re.Match[bytes]) -> bytes:
        nonlocal spacing, size
        array, literal, shows, state, number, operator = found.groups()
        if array is not None:
            whole = _joined(found)
            return whole[:-3] + _moves(b"".join(each for each, _ in PIECE.findall(array)), spacing, size) + whole[-3:]
        if literal is not None:
            moves = _moves(literal, spacing, size) if shows else b""
            return b"[" + literal + moves + b"]TJ" if moves else found[0]
        if state == b"q":
            saved.append((spacing, size))
        elif state == b"Q":
            spacing, size = saved.pop() if saved else (spacing, size)
        elif operator == b"w":
            spacing = float(number)
        else:
            size = float(number) or 1.0
        return found[0]

    return WORDS_APART.sub(shown, content)


def _moves(text: bytes, spacing: float, size: float) -> bytes:
    """Give the pen's way for a text's spaces, in steps too small to be taken for a space themselves."""
    spaces = 0 if text[:1] == b"<" or any(each in text for each in TWO_BYTES) else text.count(b" ")
    way = -1000.0 * spacing * spaces / size
    steps = int(abs(way) / SMALL) + 1
    return b" %.3f" % (way / steps) * steps if 0 < abs(way) < FARTHEST else b""


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
