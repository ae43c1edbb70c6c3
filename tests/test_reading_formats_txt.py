"""Plain text: any encoding, any line ends, mojibake mended and told."""

import pytest

from bot.reading import read
from bot.reading.errors import NotATranscriptError

SAID = "Operator\n\nGood morning. “Welcome” to Brightwater’s call – it’s José’s first.\n\nAda Quill\n\nThank you.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_lines(encoding: str, end: str) -> None:
    document = read(SAID.replace("\n", end).encode(encoding), "call.txt")
    assert [(line.number, line.text) for line in document.lines] == list(enumerate(SAID.split("\n"), 1))


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", []), ("cp1252", ["read as Windows-1252, not UTF-8"]), ("utf-16", ["read as UTF-16, not UTF-8"])],
)
def test_an_encoding_other_than_utf_8_is_told(encoding: str, told: list[str]) -> None:
    assert [problem.what for problem in read(SAID.encode(encoding), "call.txt").problems] == told


def test_mojibake_is_mended_and_told_with_its_line() -> None:
    document = read(SAID.encode().decode("cp1252", "replace").encode(), "call.txt")
    assert document.lines[2].text.endswith("it’s José’s first.")
    assert [(problem.line, problem.what) for problem in document.problems] == [(3, "mojibake mended")]


def test_an_empty_file_is_no_transcript() -> None:
    with pytest.raises(NotATranscriptError, match="not a transcript: the file is empty"):
        read(b" \n\n", "call.txt")


SPOKEN = "Operator: Good morning and welcome to the call.\nMarta Quill: Thank you, we had a good quarter in freight.\n"


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (SPOKEN.replace("freight", "fre\0ight").encode(), [2]),
        (SPOKEN.replace("\n", "\r\n").replace("welcome", "\0welcome\0").encode(), [1]),
        (b"\xef\xbb\xbf" + SPOKEN.replace("call", "ca\0ll").encode(), [1]),
    ],
)
def test_a_few_zero_bytes_are_left_out_and_told(data: bytes, lines: list[int]) -> None:
    document = read(data, "x.txt")
    assert "\n".join(line.text for line in document.lines).strip() == SPOKEN.strip()
    told = [(problem.line, problem.what) for problem in document.problems]
    assert told == [(line, "a zero byte among the words is left out") for line in lines]


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        bytes(range(256)) * 40,
        SPOKEN.encode() + b"\0\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f",
        SPOKEN.encode() + bytes(20),
        b"\0".join(word.encode() for word in SPOKEN.split()),
    ],
    ids=["every byte", "every byte again", "controls", "padding", "words that end in zeros"],
)
def test_a_binary_file_stays_one(data: bytes) -> None:
    with pytest.raises(NotATranscriptError, match="it is a binary file"):
        read(data, "x.bin")
