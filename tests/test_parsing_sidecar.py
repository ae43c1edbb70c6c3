"""A sidecar's values are typed; what can't be meant so is left out and told, and nothing is left out in silence."""

import datetime as dt
from pathlib import Path

import pytest

from bot.parsing import sidecar
from bot.transcript import load_file

CALL = """\
Operator: Welcome to the call. Our first question is from Tobias Brandt with Aldgate.
Tobias Brandt: Thank you. How is freight?
Marta Quill: It is cheap, and we like it.
"""

GOOD = (
    ("year", 2026, 2026), ("year", "2026", 2026), ("year", "FY26", 2026), ("year", 26, 2026), ("quarter", 3, 3),
    ("quarter", "Q3", 3), ("quarter", "3", 3), ("date", dt.date(2026, 10, 28), dt.date(2026, 10, 28)),
    ("date", "2026-10-28", dt.date(2026, 10, 28)), ("date", "October 28, 2026", dt.date(2026, 10, 28)),
    ("date", dt.datetime(2026, 10, 28, 16, tzinfo=dt.UTC), dt.date(2026, 10, 28)), ("company", " Velmere ", "Velmere"),
)  # fmt: skip
WRONG = (
    ("quarter", 9), ("quarter", "third"), ("quarter", True), ("quarter", 2.0), ("year", "abc"), ("year", 12345),
    ("year", True), ("date", "not a date"), ("date", "2012-02-30"), ("date", 2012), ("company", 5), ("ticker", ["V"]),
    ("title", {"a": 1}),
)  # fmt: skip


@pytest.mark.parametrize(("key", "said", "meant"), GOOD)
def test_a_value_is_typed(key: str, said: object, meant: object) -> None:
    found = sidecar.read({key: said})
    assert found.facts == {key: meant}
    assert type(found.facts[key]) is type(meant)
    assert found.problems == []


@pytest.mark.parametrize(("key", "said"), WRONG)
def test_a_value_that_cannot_be_meant_is_told(key: str, said: object) -> None:
    found = sidecar.read({key: said})
    assert found.facts == {}
    assert [problem.what.startswith(f"sidecar: {key} = ") for problem in found.problems] == [True]


@pytest.mark.parametrize("said", ["", "  "])
def test_an_empty_value_says_nothing(said: str) -> None:
    found = sidecar.read({"company": said, "aliases": said})
    assert (found.facts, found.aliases, found.problems) == ({}, (), [])


@pytest.mark.parametrize(
    ("said", "meant", "told"),
    [(["Velmere", "VM"], ("Velmere", "VM"), 0), ("Velmere", (), 1), (["Velmere", 5], ("Velmere",), 1), (5, (), 1)],
)
def test_aliases_are_a_list(said: object, meant: tuple[str, ...], told: int) -> None:
    found = sidecar.read({"aliases": said})
    assert (found.aliases, len(found.problems)) == (meant, told)


def test_a_key_that_nothing_reads_is_told() -> None:
    found = sidecar.read({"compnay": "Velmere"})
    assert [problem.what for problem in found.problems] == [
        "sidecar: compnay is no key of a sidecar; those are company, ticker, year, quarter, date, title, aliases"
    ]


def test_the_call_tells_them_and_keeps_what_others_say(tmp_path: Path) -> None:
    (tmp_path / "vlmr-2026-q3.txt").write_text(CALL)
    (tmp_path / "vlmr-2026-q3.toml").write_text('company = "  "\nquarter = 9\nticker = "VLMR"\n')
    call = load_file(tmp_path / "vlmr-2026-q3.txt")
    assert (call.company, call.ticker, call.quarter) == (None, "VLMR", 3)
    assert call.learnt_from == {"ticker": "sidecar", "year": "file name", "quarter": "file name"}
    assert [problem.what for problem in call.problems] == [
        "sidecar: quarter = 9 is left out; it must be a number from 1 to 4"
    ]
