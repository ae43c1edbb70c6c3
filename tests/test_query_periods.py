"""Times as people type them."""

import pytest

from bot.query.periods import Moment, When, times
from bot.query.tokens import tokens

Q = Moment
READ = [
    ("q3", ((None, 3), (None, 3))),
    ("Q3 2012", ((2012, 3), (2012, 3))),
    ("q3'12", ((2012, 3), (2012, 3))),
    ("q3 '12", ((2012, 3), (2012, 3))),
    ("3Q12", ((2012, 3), (2012, 3))),
    ("Q3FY22", ((2022, 3), (2022, 3))),
    ("2012 q3", ((2012, 3), (2012, 3))),
    ("2012-q3", ((2012, 3), (2012, 3))),
    ("2012q3", ((2012, 3), (2012, 3))),
    ("fiscal-2012-q3", ((2012, 3), (2012, 3))),
    ("fy12-q3", ((2012, 3), (2012, 3))),
    ("q3-fy12", ((2012, 3), (2012, 3))),
    ("third quarter", ((None, 3), (None, 3))),
    ("third quarter of 2012", ((2012, 3), (2012, 3))),
    ("3rd quarter fiscal 2012", ((2012, 3), (2012, 3))),
    ("the fourth quarter of fiscal year 2021", ((2021, 4), (2021, 4))),
    ("fy21", ((2021, None), (2021, None))),
    ("fiscal 2021", ((2021, None), (2021, None))),
    ("2021", ((2021, None), (2021, None))),
    ("since 2020", ((2020, None), None)),
    ("since Q3 2020", ((2020, 3), None)),
    ("after 2020", ((2021, None), None)),
    ("before Q1 2021", (None, (2020, 4))),
    ("until 2020", (None, (2020, None))),
    ("from q1 2021 to q4 2021", ((2021, 1), (2021, 4))),
    ("from q1 to q4 2021", ((2021, 1), (2021, 4))),
    ("between q1 and q4 2021", ((2021, 1), (2021, 4))),
    ("q1 to q3 2021", ((2021, 1), (2021, 3))),
    ("h1 2021", ((2021, 1), (2021, 2))),
    ("second half of 2021", ((2021, 3), (2021, 4))),
]


def one(text: str) -> When:
    (when,) = times(tokens(text))
    return when


@pytest.mark.parametrize(("text", "ends"), READ)
def test_a_range_is_read(
    text: str, ends: tuple[tuple[int | None, int | None] | None, tuple[int | None, int | None] | None]
) -> None:
    when = one(text)
    first, last = (Moment(*end) if end else None for end in ends)
    assert (when.first, when.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "newest"),
    [
        ("last quarter", 1),
        ("latest call", 1),
        ("most recent quarter", 1),
        ("this quarter", 1),
        ("the last 4 quarters", 4),
        ("past three calls", 3),
        ("over the three quarters", 3),
        ("last two years", 8),
    ],
)
def test_the_newest_calls_are_read(text: str, newest: int) -> None:
    assert one(text).newest == newest


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("q1 and q4 2021", (Q(2021, 1), Q(2021, 4))),
        ("q1 vs q4", (Q(None, 1), Q(None, 4))),
        ("Q1 2021 versus Q1 2022", (Q(2021, 1), Q(2022, 1))),
        ("2020 and 2021", (Q(2020), Q(2021))),
    ],
)
def test_times_side_by_side_are_read(text: str, among: tuple[Moment, ...]) -> None:
    assert one(text).among == among


def test_calls_ago_and_months_are_read() -> None:
    assert one("two quarters ago").ago == 2
    assert one("previous quarter").ago == 1
    assert one("in november").month == (11, None)
    assert one("November 2012").month == (11, 2012)


@pytest.mark.parametrize(
    "text", ["margin", "second half", "may we ask", "the first question", "quarterly dividend", "12 stores", "march on"]
)
def test_other_words_are_no_time(text: str) -> None:
    assert not list(times(tokens(text)))
