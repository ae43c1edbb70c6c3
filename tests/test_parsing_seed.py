"""The transcript that the product was asked for with parses into its true turns, one for one."""

import json
from pathlib import Path

import pytest

from bot.attribution import Attribution
from bot.call import Call
from bot.kind import Kind
from bot.parsing import parse
from bot.reading import read
from bot.section import Section


@pytest.fixture(scope="module")
def call(shared: Path) -> Call:
    source = shared / "transcripts" / "seed" / "tsla-2012-q3.txt"
    return parse(read(source.read_bytes(), source.name), name=source.name)


def test_every_turn_is_the_true_one(call: Call, shared: Path) -> None:
    gold = json.loads((shared / "transcripts" / "seed" / "gold_turns" / "tsla-2012-q3.json").read_text())
    true = [(turn["line"], turn["speaker"], turn["kind"], turn["firm"], turn["words"]) for turn in gold]
    assert [(t.line, t.speaker, t.kind.value, t.firm, len(t.text.split())) for t in call.turns] == true


def test_words_before_the_first_label_are_nobodys(call: Call) -> None:
    first = call.turns[0]
    assert (first.attribution, first.speaker, first.person, first.kind) == (
        Attribution.UNLABELLED,
        None,
        None,
        Kind.UNKNOWN,
    )


def test_what_the_text_does_not_say_comes_from_the_file_name(call: Call) -> None:
    assert (call.ticker, call.year, call.quarter, call.company, call.date) == ("TSLA", 2012, 3, None, None)
    assert call.learnt_from == {"ticker": "file name", "year": "file name", "quarter": "file name"}


def test_the_whole_file_is_questions_and_answers(call: Call) -> None:
    assert {turn.section for turn in call.turns} == {Section.QA}


def test_one_asker_one_exchange(call: Call) -> None:
    assert len(call.exchanges) == 14
    assert [x.asker for x in call.exchanges[:2]] == [None, "Adam Jonas"]
    jonas = call.exchanges[1]
    assert (jonas.firm, jonas.question_turns, jonas.answer_turns) == ("Morgan Stanley", (2, 4, 6), (3, 5, 7))


def test_every_mend_is_told_with_its_line(call: Call) -> None:
    told = {(problem.line, problem.what) for problem in call.problems}
    assert (351, "stray bracket beside the speaker's name") in told
    assert sum("escape" in what for _, what in told) == 5
    assert sum("healed" in what for _, what in told) == 6
