"""Files that are made to hurt whoever reads them: small as given, large or endless once read."""

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable

MEGABYTE = 1024 * 1024
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, head: str = "") -> bytes:
    """A Word file whose document is `body`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def many_files() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20_000):
            archive.writestr(f"{number}.txt", "Operator: hello")
    return out.getvalue()


def nested_zip(depth: int = 12) -> bytes:
    data = b"0" * MEGABYTE
    for _ in range(depth):
        data = zipped("in.zip", data)
    return data


def pdf(stream: bytes, filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page whose content is `stream`, already encoded."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F << /Type /Font"
            b" /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(stream), filters.encode(), stream),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)


def entities(depth: int = 9) -> str:
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth + 1)]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def zeros() -> bytes:
    return b"0" * (300 * MEGABYTE)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "docx of one endless text": (
        "a.docx",
        lambda: docx("<w:p><w:r><w:t>" + "a" * (300 * MEGABYTE) + "</w:t></w:r></w:p>"),
    ),
    "docx of millions of elements": (
        "a.docx",
        lambda: docx("<w:p><w:r>" + "<w:t>a</w:t>" * 6_000_000 + "</w:r></w:p>"),
    ),
    "docx of nested tables": (
        "a.docx",
        lambda: docx("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000),
    ),
    "docx of entities": ("a.docx", lambda: docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", entities())),
    "docx that names a file": (
        "a.docx",
        lambda: docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    "zip of zeros": ("a.zip", lambda: zipped("a.txt", zeros())),
    "zip of very many files": ("a.zip", many_files),
    "zip in zip in zip": ("a.zip", nested_zip),
    "zip with a way out": ("a.zip", lambda: zipped("../../../../tmp/earshot-escaped.txt", b"Operator: hello")),
    "zip cut short": ("a.zip", lambda: zipped("a.txt", b"Operator: hello" * 9_999)[:-40]),
    "gzip of zeros": ("a.txt.gz", lambda: gzip.compress(zeros())),
    "gzip of gzip": ("a.gz", lambda: gzip.compress(gzip.compress(zeros()))),
    "pdf of zeros": ("a.pdf", lambda: pdf(zlib.compress(zeros()))),
    "pdf deflated twice": ("a.pdf", lambda: pdf(zlib.compress(zlib.compress(zeros())), "/FlateDecode /FlateDecode")),
    "pdf of millions of words": (
        "a.pdf",
        lambda: pdf(zlib.compress(b"BT /F 12 Tf " + b"(a) Tj " * 1_500_000 + b"ET")),
    ),
    "pdf cut short": ("a.pdf", lambda: pdf(zlib.compress(b"BT (a) Tj ET"))[:200]),
    "html of deep nesting": ("a.html", lambda: b"<html><body>" + b"<div>" * 200_000 + b"Operator: hello"),
    "html of open comments": ("a.html", lambda: b"<html>" + b"<!--<!-" * 26_000),
    "html of open attributes": ("a.html", lambda: b"<html>" + b"<p a='" * 30_000),
    "xml of entities": ("a.xml", f'<?xml version="1.0"?>{entities()}<Event>&a9;</Event>'.encode),
    "xml of deep nesting": ("a.xml", lambda: b"<?xml version='1.0'?>" + b"<Event>" * 100_000),
    "json of deep nesting": ("a.json", lambda: b"[" * 1_000_000),
    "json of many calls": ("a.json", lambda: json.dumps([{"speaker": "A", "text": "b"}] * 300_000).encode()),
    "rtf of open groups": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * 500_000),
    "text of one line": ("a.txt", lambda: b"Operator: " + b"a:" * (9 * MEGABYTE)),
    "text of blanks": ("a.txt", lambda: b" " * (19 * MEGABYTE) + b"x"),
    "text of labels": ("a.txt", lambda: b"A: b\n" * 2_000_000),
    "csv of open quotes": ("a.csv", lambda: b'speaker,text\n"' + b'a,""' * 2_000_000),
    "vtt of cues": ("a.vtt", lambda: b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\n<v A>b\n\n" * 300_000),
}
