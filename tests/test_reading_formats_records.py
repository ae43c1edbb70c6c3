"""Tables, subtitles and XML: each piece of speech with its speaker, section, time and line."""

import pytest

from bot.kind import Kind
from bot.reading import read
from bot.reading.record import Record
from bot.section import Section

HI, YES, MORE = "Good morning, and we welcome you.", "Thank you. What about our chargers?", "And what of the rest?"


def brief(record: Record) -> tuple[str | None, str, str, int | None]:
    return record.label, record.text, record.place, record.line


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_table_is_read_by_its_headings(delimiter: str) -> None:
    rows = [
        ["Company", "Call Title", "Pair Index", "Speaker Name", "Speaker Title", "Speaker Role", "Text"],
        ["Brightwater", "Brightwater Q3 2031", "1", "Ada Quill", "Analyst", "analyst", f'"-- {YES}\n{MORE}"'],
        ["Brightwater", "Brightwater Q3 2031", "1", "Bo Tan ", "CFO", "company", f'"{HI}"'],
    ]
    document = read("\r\n".join(delimiter.join(row) for row in rows).encode(), "x")
    assert [brief(record) for record in document.records] == [
        ("Ada Quill", f"{YES}\n{MORE}", "record 1", 2),
        ("Bo Tan", HI, "record 2", 4),
    ]
    assert [(record.kind, record.title) for record in document.records] == [
        (Kind.ANALYST, "Analyst"),
        (Kind.EXECUTIVE, "CFO"),
    ]
    assert document.header == {"company": "Brightwater", "title": "Brightwater Q3 2031"}
    assert [problem.what for problem in document.problems] == [
        "a dash that the source left in front of 1 texts left out"
    ]


def test_a_table_without_headings_is_read_by_what_stands_in_it() -> None:
    rows = [
        ("f1", "0", "9.5", "announcement", "Operator", HI, "Neutral"),
        ("f2", "9.5", "844", "announcement", "Bo Tan", "We grew, and we thank all.", "Neutral"),
        ("f3", "844", "900.2", "qna", "Ada Quill ", YES, "Positive"),
    ]
    text = "\r\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    records = read(text.encode(), "x").records
    assert [(record.label, record.place, record.section, record.continues) for record in records] == [
        ("Operator", "00:00:00", Section.PREPARED, True),
        ("Bo Tan", "00:00:09", Section.PREPARED, True),
        ("Ada Quill", "00:14:04", Section.QA, True),
    ]


def test_subtitles_with_voices() -> None:
    cues = (
        "WEBVTT\n\nNOTE made by hand\n\nc1\n00:00:01.000 --> 00:00:04.000 align:start\n<v Operator>Good morning,\n"
        "<i>and</i> we welcome you.</v>\n\n14:03.500 --> 14:09.000\n<v.loud Ada Quill>Thank you &amp; more.</v><v Bo Tan>We do.</v>\n"
    )
    assert [brief(record) for record in read(cues.encode(), "x").records] == [
        ("Operator", HI, "00:00:01", 6),
        ("Ada Quill", "Thank you & more.", "00:14:03", 10),
        ("Bo Tan", "We do.", "00:14:03", 10),
    ]


def test_subtitles_that_name_a_speaker_at_the_beginning_of_a_turn_only() -> None:
    cues = [f"Ada Quill: {YES}", MORE, f">> Bo Tan: {HI}", "We do.", "And so on."]
    text = "\n\n".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{cue}" for n, cue in enumerate(cues, 1))
    assert [(record.label, record.text) for record in read(text.encode(), "x").records] == [
        ("Ada Quill", YES),
        ("Ada Quill", MORE),
        ("Bo Tan", HI),
        ("Bo Tan", "We do."),
        ("Bo Tan", "And so on."),
    ]


def test_subtitles_without_a_name_name_nobody() -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{HI}\n\n00:02.000 --> 00:03.000\n{YES}\n"
    assert [record.label for record in read(text.encode(), "x").records] == [None, None]


def test_an_event_in_xml_gives_its_body_with_the_files_lines_and_its_facts() -> None:
    text = (
        '<?xml version="1.0"?>\n<Event Id="1">\n<EventStory><Body><![CDATA[Q3 2031 Brightwater Call\n\nOperator   [1]\n'
        f"{HI}\nAda Quill, R&amp;D Partners - Analyst [2]\n{YES}]]></Body></EventStory>\n"
        "<companyName>Brightwater</companyName><companyTicker>BWTR</companyTicker><startDate>30-Oct-31</startDate></Event>"
    )
    document = read(text.encode(), "x")
    assert [(line.number, line.text) for line in document.lines][2:] == [
        (5, "Operator   [1]"),
        (6, HI),
        (7, "Ada Quill, R&D Partners - Analyst [2]"),
        (8, YES),
    ]
    assert document.header == {"company": "Brightwater", "ticker": "BWTR", "date": "30-Oct-31"}
    assert [(problem.line, problem.what) for problem in document.problems] == [(7, "entities of XML written out")]


def test_turns_in_xml_under_any_names() -> None:
    text = f"<transcript><turn speaker='Operator'><p>{HI}</p></turn><turn><name>Ada Quill</name><text>{YES}</text></turn></transcript>"
    assert [(record.label, record.text) for record in read(text.encode(), "x").records] == [
        ("Operator", HI),
        ("Ada Quill", YES),
    ]
