"""What holds for every format: quick and calm with any bytes, and every word once and in order."""

import contextlib
import csv
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import example
from hypothesis import strategies as st

from bot.errors import UnreadableError
from bot.reading import pieces, read
from bot.reading.document import Document
from bot.reading.formats import readers
from bot.transcript import load_each
from tests.paper import Text, pdf
from tests.sampling import sampled

Turns = list[tuple[str, str]]
SPEAKERS = ("Ada Quill", "Bo Tan", "Cleo Ngata", "Operator")
LETTERS = "abcdefghijklmnopqrstuvwxyzéöñ’0123456789"
word = st.text(alphabet=LETTERS, min_size=1, max_size=9).filter(lambda each: each.strip("’"))
sentence = st.lists(word, min_size=3, max_size=25).map(lambda words: f"Thank you, we {' '.join(words)}.")
calls = st.lists(st.tuples(st.sampled_from(SPEAKERS), sentence), min_size=3, max_size=8)


def text(turns: Turns) -> str:
    return "\n\n".join(f"{who}: {said}" for who, said in turns)


def as_html(turns: Turns) -> bytes:
    body = "".join(f"<p><b>{html.escape(who)}:</b> {html.escape(said)}</p>\n" for who, said in turns)
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def as_markdown(turns: Turns) -> bytes:
    return "\n\n".join(f"**{who}:** {said}" for who, said in turns).encode()


def as_docx(turns: Turns) -> bytes:
    document = docx.Document()
    for who, said in turns:
        document.add_paragraph().add_run(f"{who}:").bold = True
        document.add_paragraph(said)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_rtf(turns: Turns) -> bytes:
    def escaped(said: str) -> str:
        return "".join(each if each.isascii() else f"\\u{ord(each)}?" for each in said)

    return (
        "{\\rtf1\\ansi " + "".join(f"{{\\b {who}:}}\\par {escaped(said)}\\par " for who, said in turns) + "}"
    ).encode()


def as_csv(turns: Turns) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "Speaker", "Text"])
    writer.writerows([number, who, f"{number} {said}"] for number, (who, said) in enumerate(turns))
    return out.getvalue().encode()


def as_json(turns: Turns) -> bytes:
    return json.dumps({"q_and_a": [{"speaker": who, "speech": said} for who, said in turns]}).encode()


def as_vtt(turns: Turns) -> bytes:
    cues = (
        f"00:{n:02}:00.000 --> 00:{n:02}:30.000\n<v {who}>{html.escape(said)}</v>"
        for n, (who, said) in enumerate(turns)
    )
    return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()


def as_srt(turns: Turns) -> bytes:
    cues = (f"{n + 1}\n00:{n:02}:00,000 --> 00:{n:02}:30,000\n{who}: {said}" for n, (who, said) in enumerate(turns))
    return "\n\n".join(cues).encode()


def as_xml(turns: Turns) -> bytes:
    inner = "\n\n".join(f"{who}: {html.escape(said)}" for who, said in turns)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<Event><EventStory><Body><![CDATA[{inner}]]></Body></EventStory></Event>".encode()


def as_pdf(turns: Turns) -> bytes:
    pages: list[list[Text]] = [[]]
    y = 700.0
    for who, said in turns:
        rows = [(f"{who}:", True)]
        line = ""
        for each in said.split():
            if len(line) + len(each) > 70:
                rows.append((line, False))
                line = ""
            line = f"{line} {each}".strip()
        rows.append((line, False))
        for row, bold in rows:
            if y < 100:
                pages.append([])
                y = 700.0
            pages[-1].append((72.0, y, row, bold))
            y -= 14
    return pdf(pages)


WRITERS: dict[str, Callable[[Turns], bytes]] = {
    "txt": lambda turns: text(turns).encode(),
    "txt, cp1252": lambda turns: text(turns).encode("cp1252"),
    "txt, UTF-16": lambda turns: text(turns).encode("utf-16"),
    "txt, CRCRLF": lambda turns: text(turns).replace("\n", "\r\r\n").encode(),
    "html": as_html,
    "md": as_markdown,
    "docx": as_docx,
    "rtf": as_rtf,
    "csv": as_csv,
    "json": as_json,
    "vtt": as_vtt,
    "srt": as_srt,
    "xml": as_xml,
    "pdf": as_pdf,
    "gz": lambda turns: gzip.compress(text(turns).encode()),
}


def everything(document: Document) -> list[str]:
    labelled = [f"{record.label}: {record.text}" for record in document.records]
    return " ".join([*(line.text for line in document.lines), *labelled]).split()


@sampled(3, 12, calls)
@example(
    [("Ada Quill", "Thank you, we see more."), ("Bo Tan", "Thank you, we don’t."), ("Ada Quill", "Thank you, we do.")]
)
def test_every_word_comes_back_once_and_in_order_from_every_format(turns: Turns) -> None:
    """What is said, which is dearer to invent than to read, is written in all formats; so are the bytes below."""
    numbered = [(who, f"{n} {said}") for n, (who, said) in enumerate(turns)]
    for name, write in WRITERS.items():
        document = read(write(turns), "call.txt")
        assert everything(document) == text(numbered if name == "csv" else turns).split(), name


@sampled(
    8,
    60,
    st.binary(max_size=400),
    st.sampled_from((b"", b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1", b"WEBVTT\n\n", b"<?xml ", b"{", b"a,b\n")),
)
def test_any_bytes_are_looked_at_calmly_and_refused_with_a_sentence(data: bytes, head: bytes) -> None:
    for reader in readers():
        assert 0.0 <= reader.recognise(head + data, "call.txt") <= 1.0, reader.name
        with contextlib.suppress(UnreadableError):  # any other error is a fault
            assert isinstance(reader.read(head + data, "call.txt"), Document), reader.name


@sampled(4, 12, calls, st.sampled_from(sorted(WRITERS)), st.integers(1, 400))
def test_a_truncated_file_is_read_or_refused(turns: Turns, name: str, cut: int) -> None:
    data = WRITERS[name](turns)
    for piece in pieces(data[: max(0, len(data) - cut)], "call.txt"):
        assert isinstance(piece.document, Document) or piece.document.sentence


@pytest.mark.parametrize("name", ["txt", "html", "docx", "rtf", "csv", "json", "vtt", "pdf", "xml", "md"])
def test_content_decides_whatever_the_file_is_called(name: str) -> None:
    turns = [
        ("Ada Quill", "Thank you, we grow."),
        ("Bo Tan", "Thank you, we do."),
        ("Ada Quill", "Thank you again, we see."),
    ]
    data = WRITERS[name](turns)
    for extension in ("txt", "pdf", "json", "html", "bin", "md", "csv"):
        assert read(data, f"call.{extension}").format == name


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not a transcript: it is a picture"),
        (bytes(range(256)) * 4, "not a transcript: it is a binary file"),
        (b"\x1f\x8b" + bytes(30), "not a transcript: the gzip file is damaged"),
        (b"PK\x03\x04" + bytes(30), "not a transcript: the archive is damaged or cut off"),
        (b"\xef\xbb\xbf\n", "not a transcript: the file is empty"),
        (b"# Left pad\n\nPads strings on the left.\n\n## Usage\n\n    pad('a', 3)\n", "not a transcript: nobody speaks in it"),
        (b"date,price\n2031-10-30,12.5\n2031-10-31,12.7\n", "not a transcript: nobody speaks in it"),
        (
            b"Spring: we sow our beans early.\n"
            + b"They stand in rows along the wall where the sun is warm.\n" * 12
            + b"Summer: we water them.\nAutumn: our beans are ripe.\n",
            "not a transcript: nobody speaks in it",  # names of the like open lines again and again
        ),
        (b"key = value\n[section]\nother = 3\n" * 5, "not a transcript: nobody speaks in it"),
        (b"WEBVTT\n\n", "not a transcript: the subtitles hold no words"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "not a transcript: the XML defines entities"),
        (b"<?xml version='1.0'?><a><b>1</b></a>", "not a transcript: the XML holds neither"),
        (b"<?xml version='1.0'?><a><b>", "not a transcript: the XML is damaged or cut off"),
    ],
)  # fmt: skip
def test_what_is_no_transcript_says_what_it_is(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, "call.txt")
    assert caught.value.sentence.startswith(sentence)


def test_a_workbook_is_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
    with pytest.raises(UnreadableError, match="it is an Excel workbook"):
        read(out.getvalue(), "call.xlsx")


@pytest.mark.parametrize("names", [["folder/"], ["a/", "b/"]])
def test_an_archive_without_a_file_says_so(names: list[str], tmp_path: Path) -> None:
    file = tmp_path / "calls.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    outcome = load_each(file)
    assert [failure.error for failure in outcome.failures] == ["not a transcript: the archive holds no file"]


def test_a_nameless_file_in_an_archive_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "calls.zip"
    said = "\n".join(f"{name}: Good day to all of you." for name in ("Ada Lund", "Ib Holt") * 3)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), "nobody")
        archive.writestr("call.txt", said)
    outcome = load_each(file)
    assert [len(entry.call.turns) for entry in outcome.entries] == [6]


@pytest.mark.parametrize(
    "bait",
    [
        "A" * 300_000,
        "Ada " * 80_000,
        "a: " * 90_000,
        " " * 300_000 + "x",
        "**" * 150_000,
        "[" * 200_000,
        "&#" * 150_000,
    ],
)
def test_baits_for_patterns_end(bait: str) -> None:
    for head in (
        "",
        "Operator: Thank you, we\n",
        "# a\n## b\n### c\n",
        "<html><body>",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n",
    ):
        for piece in pieces((head + bait).encode(), "call.txt"):
            assert isinstance(piece.document, Document) or piece.document.sentence


def test_a_damaged_pdf_is_told_once_and_not_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(UnreadableError):
        read(b"%PDF-1.4\n" + b"1 0 obj<</A 1 0 R>>endobj\n" * 50, "call.pdf")
    assert not caplog.records


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Operator: Thank you, we do.\n" * 800_000, "too large: 22 MB of text, at most 20 MB is read"),
        (
            b'[{"speaker":"A","text":"b"}' + b',{"speaker":"A","text":"b"}' * 60_000 + b"]",
            "too large: 60001 turns in one call",
        ),
        (b"WEBVTT\n\n" + b"00:00:01.000 --> 00:00:02.000\n<v A>hi\n\n" * 130_000, "too large: 5 MB of subtitles"),
        (pdf([[(72.0, 700.0, "Operator: thank you")]] * 601), "too large: 601 pages, at most 600 pages is read"),
    ],
)
def test_what_is_larger_than_any_call_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, "call.txt")
    assert caught.value.sentence.startswith(sentence)
