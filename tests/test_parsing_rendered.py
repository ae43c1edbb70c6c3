"""Human truth written out in layouts and read back; and the shapes that this showed to be misread, with made-up words."""

import json
from pathlib import Path

import pytest

from bot.call import Call
from bot.parsing import parse
from bot.reading import read
from bot.wire import call_json
from tests.bench import parsing as bench
from tests.bench import rendered
from tests.paper import Text, pdf

FILES = ("4387332", "4366893")
KEPT = {
    "two columns": (0.9996, 0.0003)
}  # a hyphen at a line's end: print does not tell a broken-off word from a compound


def call(text: str) -> Call:
    return parse(read(text.encode(), "made.txt"), name="made.txt")


def turns(found: Call) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in found.turns]


@pytest.mark.parametrize("how", rendered.RENDERS)
@pytest.mark.parametrize("stem", [FILES[0], *(pytest.param(stem, marks=pytest.mark.thorough) for stem in FILES[1:])])
def test_true_turns_come_back_from_every_layout(how: str, stem: str, shared: Path) -> None:
    gold = shared / "transcripts" / "rev_earnings21" / "gold_turns" / f"{stem}.json"
    calls = rendered.said(json.loads(gold.read_text(encoding="utf-8")))
    name, data = rendered.RENDERS[how](calls)
    figures = bench.scorer()(list(rendered.truth(calls)), call_json(parse(read(data, name), name=name)))
    kept, added = KEPT.get(how, (1.0, 0.0))
    assert figures["attribution"] >= 0.995
    assert figures["turn_f1"] >= 0.99
    assert figures["kept"] >= kept
    assert figures["added"] <= added


def test_numbered_speakers_keep_every_word_and_turn(shared: Path) -> None:
    folder = shared / "transcripts" / "rev_earnings21"
    source = folder / "files_rendered_speakerN" / f"{FILES[0]}.txt"
    gold = json.loads((folder / "gold_turns" / f"{FILES[0]}.json").read_text(encoding="utf-8"))
    truth = [{"speaker": f"Speaker {turn['speaker_id']}", "text": turn["text"]} for turn in gold]
    figures = bench.scorer()(list(truth), call_json(parse(read(source.read_bytes(), source.name), name=source.name)))
    assert {each: figures[each] for each in bench.SCORED} == {"attribution": 1, "turn_f1": 1, "kept": 1, "added": 0}


WORDS = "The plant in Aldgate moved to two shifts and the line ran without a stop."


def columns(rows: list[tuple[str, str]]) -> Call:
    """A page of two columns, one row a line; an empty pair opens a gap."""
    page: list[Text] = []
    y = 720.0
    for left, right in rows:
        page += [(72.0, y, left)] if left else []
        page += [(200.0, y, right)] if right else []
        y -= 14.0
    return parse(read(pdf([page]), "made.pdf"), name="made.pdf")


def test_names_that_run_together_in_a_column_are_told_apart() -> None:
    gap = ("", "")
    long = [("", WORDS), ("", WORDS), gap]
    found = columns(
        [
            ("Operator", WORDS),
            *long,
            ("Marta Quill", WORDS),
            *long,
            ("Priya", WORDS),
            *long,
            ("Marta Quill", "Thank you."),
            gap,
            ("Operator", "The next question comes from Priya."),
            gap,
            ("Priya", "Is the second shift staffed?"),
            gap,
            ("Marta Quill", WORDS),
            *long,
        ]
    )
    assert [speaker for speaker, _ in turns(found)] == [
        "Operator",
        "Marta Quill",
        "Priya",
        "Marta Quill",
        "Operator",
        "Priya",
        "Marta Quill",
    ]
    assert turns(found)[3:6] == [
        ("Marta Quill", "Thank you."),
        ("Operator", "The next question comes from Priya."),
        ("Priya", "Is the second shift staffed?"),
    ]


def test_the_operators_label_under_a_given_name_is_told_from_it_however_often_they_run_together() -> None:
    gap = ("", "")
    long = [("", WORDS), ("", WORDS), gap]
    slot = [("Priya", "Can you hear me?"), gap, ("Operator", "Please go on."), gap]
    found = columns(
        [
            ("Operator", WORDS),
            *long,
            ("Priya", WORDS),
            *long,
            ("Marta Quill", WORDS),
            *long,
            *slot,
            ("Marta Quill", WORDS),
            *long,
            *slot,
            ("Marta Quill", WORDS),
            *long,
        ]
    )
    asked = [("Priya", "Can you hear me?"), ("Operator", "Please go on.")]
    assert turns(found)[3:5] == asked
    assert turns(found)[6:8] == asked


def test_one_word_in_capitals_before_a_colon_is_a_name_where_all_labels_are_capitals() -> None:
    found = call(
        "OPERATOR: Good day and welcome to the call of Harbourstone.\n"
        f"MARTA QUILL: {WORDS}\nOPERATOR: We have a question.\nPRIYA: Is the second shift staffed?\n"
        f"MARTA QUILL: {WORDS}\nOPERATOR: Thank you all."
    )
    assert [speaker for speaker, _ in turns(found)][3] == "PRIYA"


def test_talk_before_the_greeting_is_kept() -> None:
    rest = f"Operator\n\nGreetings and welcome to the call.\n\nMarta Quill\n\n{WORDS}\n\n"
    found = call("Marta Quill\n\nAha.\n\nIb Brandt\n\nCan you hear me\n\n" + rest * 2 + f"Ib Brandt\n\n{WORDS}")
    assert turns(found)[:3] == [
        ("Marta Quill", "Aha."),
        ("Ib Brandt", "Can you hear me"),
        ("Operator", "Greetings and welcome to the call."),
    ]


def test_a_call_for_the_operator_at_the_end_of_a_speech_is_speech() -> None:
    body = f"Marta Quill\n\n{WORDS}\n\nOperator.\n\nOperator\n\nThank you. We take questions now.\n\n"
    found = call(body + f"Ib Brandt\n\n{WORDS}\n\nMarta Quill\n\n{WORDS}\n\nIb Brandt\n\n{WORDS}")
    assert turns(found)[0] == ("Marta Quill", f"{WORDS}\nOperator.")


def test_words_before_the_first_name_of_a_page_are_kept_as_nobodys() -> None:
    body = "".join(f"{name}:{WORDS}\n" for name in ("Marta Quill", "Ib Brandt", "Operator") * 3)
    found = call(f"Summary\nA summary that nobody said.\nFull Conference Call Transcript\n{WORDS}\n{body}")
    assert turns(found)[:2] == [(None, WORDS), ("Marta Quill", WORDS)]


def test_words_that_name_who_asked_are_no_label() -> None:
    read_out = f"Ib Brandt\nMarta, Priya Raman from Aldgate asked\nPriya Raman\n{WORDS}\nMarta Quill\n{WORDS}\n"
    found = call(f"Ib Brandt\n{WORDS}\nMarta Quill\n{WORDS}\n" + read_out * 3)
    assert ("Ib Brandt", "Marta, Priya Raman from Aldgate asked") in turns(found)


def test_two_initials_that_make_a_word_open_a_name() -> None:
    body = f"Moderator: {WORDS}\nAM Lind: Is the second shift staffed?\nMarta Quill: {WORDS}\n"
    assert [speaker for speaker, _ in turns(call(body * 3))][:3] == ["Moderator", "AM Lind", "Marta Quill"]


def test_a_publishers_notice_under_the_lists_is_nobodys_words() -> None:
    found = call(
        "Harbourstone Motors (NYSE:HRBM) Q2 2024 Earnings Conference Call\nCompany Participants\n"
        "Marta Quill - Chief Executive Officer\nConference Call Participants\nPriya Tern - Tern Bank\n"
        "Disclaimer: *NEW* We are providing this transcript version in a raw, machine-assisted form. Your feedback counts.\n"
        f"Operator\nGreetings, and welcome to the call of Harbourstone.\nMarta Quill\n{WORDS}\n"
        "Operator\nOur first question comes from Priya Tern with Tern Bank.\n"
        f"Priya Tern\nIs the second shift staffed?\nMarta Quill\n{WORDS}\nPriya Tern\nThank you.\nOperator\nThank you all."
    )
    assert turns(found)[0] == ("Operator", "Greetings, and welcome to the call of Harbourstone.")
