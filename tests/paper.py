"""A tiny PDF writer for tests: text at points of a page, in Helvetica or its bold."""

from collections.abc import Sequence

Text = tuple[float, float, str] | tuple[float, float, str, bool]


def pdf(pages: Sequence[Sequence[Text]], *, size: int = 10, width: int = 612, height: int = 792) -> bytes:
    """Each page is a sequence of (x, y from the foot, text[, bold])."""
    objects: list[bytes] = [b"", b"", *(_font(name) for name in ("Helvetica", "Helvetica-Bold"))]
    kids = []
    for page in pages:
        stream = b"\n".join(_shown(each, size) for each in page)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F0 3 0 R/F1 4 0 R>>>>>>"
            % (width, height, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    at = []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % each for each in at)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def _font(name: str) -> bytes:
    return b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name.encode()


def _shown(text: Text, size: int) -> bytes:
    x, y, words, *rest = text
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F%d %d Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj ET" % (bool(rest and rest[0]), size, x, y, escaped)
