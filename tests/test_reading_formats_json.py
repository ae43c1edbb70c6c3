"""JSON: turns known by their shape, whoever made it."""

import json

import pytest

from bot.reading import pieces, read
from bot.reading.errors import NotATranscriptError
from bot.section import Section

HI, YES = "Good morning, we welcome you.", "Thank you. What about chargers?"
TURNS = [{"speaker": "Operator", "text": HI}, {"speaker": "Ada Quill", "text": YES}]
PREPARED, QA = Section.PREPARED, Section.QA

SHAPES: dict[str, object] = {
    "motley fool": {
        "header_texts": ["Contents:"],
        "prepared_remarks": [{"speaker": "Operator", "speech": HI}],
        "q_and_a": [{"speaker": "Ada Quill", "speech": YES}, {"speaker": "Duration: 62 minutes", "speech": ""}],
        "participants": ["Ada Quill--Northgate Research--Analyst", "Bo Tan--Chief Executive Officer"],
    },
    "earningscall 2": {
        "event": {"year": 2031, "quarter": 3, "conference_date": "2031-10-30T17:00:00"},
        "speakers": [{"speaker": "spk01", "text": HI}, {"speaker": "spk02", "text": YES}],
        "speaker_name_map_v2": {"spk01": {"name": "Operator"}, "spk02": {"name": "Ada Quill", "title": "Analyst"}},
    },
    "earningscall 3": {
        "speakers": [{"speaker": "spk01", "words": HI.split(), "start_times": [0.1]}, {"speaker": "spk02", "words": YES.split()}],
        "speaker_name_map_v2": {"spk01": {"name": "Operator"}, "spk02": {"name": "Ada Quill"}},
    },
    "api-ninjas": {
        "date": "2031-10-30", "ticker": "BWTR", "year": "2031", "quarter": "3", "transcript": f"{HI} {YES}",
        "transcript_split": [
            {"speaker": "Operator", "company": "", "role": "", "text": HI},
            {"speaker": "Ada Quill", "company": "Northgate Research", "role": "Analyst", "text": YES},
        ],
    },
    "alpha vantage": {
        "symbol": "BWTR", "quarter": "2031Q3",
        "transcript": [
            {"speaker": "Operator", "title": "", "content": HI, "sentiment": "0.0"},
            {"speaker": "Ada Quill", "title": "Analyst", "content": YES, "sentiment": "0.7"},
        ],
    },
    "earshot": {
        "call": {"id": "bwtr", "company": "Brightwater Motors", "ticker": "BWTR", "year": 2031, "quarter": 3},
        "participants": [{"name": "Ada Quill", "kind": "analyst", "firm": "Northgate Research", "title": None}],
        "turns": [
            {"index": 0, "line": 3, "section": "prepared", "speaker": "Operator", "kind": "operator", "text": HI},
            {"index": 1, "line": 9, "section": "qa", "speaker": "Ada Quill", "kind": "analyst", "text": YES},
        ],
    },
    "a plain list": TURNS,
    "a list of paragraphs": [{"speaker": turn["speaker"], "paragraphs": [turn["text"]]} for turn in TURNS],
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_turns(shape: str) -> None:
    document = read(json.dumps(SHAPES[shape]).encode(), "call.txt")
    assert [(record.label, record.text) for record in document.records] == [("Operator", HI), ("Ada Quill", YES)]
    assert [record.place for record in document.records] == ["record 1", "record 2"]


@pytest.mark.parametrize(
    ("shape", "header"),
    [
        ("earningscall 2", {"year": "2031", "quarter": "3", "date": "2031-10-30T17:00:00"}),
        ("api-ninjas", {"ticker": "BWTR", "year": "2031", "quarter": "3", "date": "2031-10-30"}),
        ("alpha vantage", {"ticker": "BWTR", "year": "2031", "quarter": "3"}),
        ("earshot", {"company": "Brightwater Motors", "ticker": "BWTR", "year": "2031", "quarter": "3"}),
    ],
)
def test_what_the_json_says_of_the_call(shape: str, header: dict[str, str]) -> None:
    assert read(json.dumps(SHAPES[shape]).encode(), "call.json").header == header


@pytest.mark.parametrize("shape", ["motley fool", "earshot"])
def test_sections_are_kept(shape: str) -> None:
    assert [record.section for record in read(json.dumps(SHAPES[shape]).encode(), "c").records] == [PREPARED, QA]


def test_participants_are_parted_into_name_firm_and_title() -> None:
    people = read(json.dumps(SHAPES["motley fool"]).encode(), "call.json").participants
    assert [(each.name, each.kind.value, each.firm, each.title) for each in people] == [
        ("Ada Quill", "analyst", "Northgate Research", "Analyst"),
        ("Bo Tan", "executive", None, "Chief Executive Officer"),
    ]


def test_a_call_in_one_string_gives_its_lines() -> None:
    fmp = [
        {
            "symbol": "BWTR",
            "quarter": 3,
            "year": 2031,
            "date": "2031-10-30",
            "content": f"Operator: {HI}\nAda Quill: {YES}",
        }
    ]
    document = read(json.dumps(fmp).encode(), "call.json")
    assert [line.text for line in document.lines] == [f"Operator: {HI}", f"Ada Quill: {YES}"]
    assert document.header["ticker"] == "BWTR"


def test_two_halves_without_names_keep_their_sections() -> None:
    level4 = {"prepared_remarks": HI, "questions_and_answers": YES}
    records = read(json.dumps(level4).encode(), "call.json").records
    assert [(record.label, record.text, record.section) for record in records] == [
        (None, HI, PREPARED),
        (None, YES, QA),
    ]


def test_a_list_of_calls_is_parted() -> None:
    calls = [
        {"symbol": "BWTR", "quarter": q, "year": 2031, "content": f"Operator: {HI}\nAda Quill: {YES}"} for q in (1, 2)
    ]
    found = list(pieces(json.dumps(calls).encode(), "bwtr.json"))
    assert [piece.title for piece in found] == ["BWTR 2031 1", "BWTR 2031 2"]
    own = "\n".join(json.dumps({"turns": TURNS, "call": {"id": name}}) for name in ("a", "b")).encode()
    assert [piece.title for piece in pieces(own, "all.jsonl")] == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"name": "left-pad", "version": "1.0.0", "dependencies": {"a": "1"}}', "holds neither turns"),
        (b'[{"price": 1.5}, {"price": 2}]', "holds neither turns"),
        (b'{"turns": [{"speaker": "Ada Quill", "text": "Good mor', "breaks off or is malformed at line 1"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_other_json_is_no_transcript(data: bytes, sentence: str) -> None:
    with pytest.raises(NotATranscriptError, match=sentence):
        read(data, "package.json")
