"""Times as people type them."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.answers.scope import calls_in
from bot.call import Call
from bot.directory import Directory
from bot.query import understand
from bot.query.clock import Moment, When
from bot.query.errors import AmbiguousError, NotUnderstoodError
from bot.query.periods import times
from bot.query.tokens import tokens
from tests.invented_calls import CALLS, TODAY

DATED = Directory.of(
    replace(CALLS[0], id=id_, company=id_, ticker=None, date=date)
    for id_, date in (
        ("older", dt.date(2025, 10, 30)),
        ("voltera", dt.date(2026, 10, 28)),
        ("northlake", dt.date(2026, 11, 19)),
        ("undated", None),
    )
)

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


@pytest.mark.parametrize(
    ("question", "said", "calls"),
    [
        ("calls today", "2026-11-19", ["northlake"]),
        ("who asked about freight on today's call", "2026-11-19", ["northlake"]),
        ("this week's calls", "2026-11-16 to 2026-11-22", ["northlake"]),
        ("quote freight in calls this month", "2026-11-01 to 2026-11-30", ["northlake"]),
        ("questions last month", "2026-10-01 to 2026-10-31", ["voltera"]),
        ("last month", "2026-10-01 to 2026-10-31", ["voltera"]),
        ("calls since october", "since October 2026", ["northlake", "voltera"]),
        ("quote freight in calls after october", "after October 2026", ["northlake"]),
        ("calls before november 2026", "before November 2026", ["voltera", "older"]),
        ("calls until december", "until December 2025", ["older"]),
        ("quote freight in october 2026", "October 2026", ["voltera"]),
        ("calls on 2026-10-28", "2026-10-28", ["voltera"]),
        ("quote freight in calls on 2026-10-28", "2026-10-28", ["voltera"]),
        ("quote freight since 2026-10-28", "since 2026-10-28", ["northlake", "voltera"]),
        ("quote freight before 2026-10-28", "until 2026-10-27", ["older"]),
        ("calls since october 28", "since 2026-10-28", ["northlake", "voltera"]),
        ("quote freight before october 28th, 2026", "until 2026-10-27", ["older"]),
        ("calls on november 19", "2026-11-19", ["northlake"]),
        ("calls on or after 2026-10-28", "since 2026-10-28", ["northlake", "voltera"]),
        ("calls through 2026-10-28", "until 2026-10-28", ["voltera", "older"]),
        ("calls between 2026-10-01 and 2026-11-01", "2026-10-01 to 2026-11-01", ["voltera"]),
        ("calls since october 2026 before november 2026", "2026-10-01 to 2026-10-31", ["voltera"]),
        (
            "calls in 2026 since october 2026 before november 2026",
            "FY 2026 2026-10-01 to 2026-10-31",
            ["voltera"],
        ),
        ("calls in 2026 since october", "FY 2026 since October 2026", ["northlake", "voltera"]),
        ("calls 2026-10-01 to 2026-11-30", "2026-10-01 to 2026-11-30", ["northlake", "voltera"]),
        ("since may", "since May 2026", ["northlake", "voltera"]),
        ("freight before november", "before November 2026", ["voltera", "older"]),
        ("freight after october", "after October 2026", ["northlake"]),
        ("freight between october and november", "2026-10-01 to 2026-11-30", ["northlake", "voltera"]),
        ("freight from october 2026 to november 2026", "2026-10-01 to 2026-11-30", ["northlake", "voltera"]),
        ("freight from october 5 to october 30", "2026-10-05 to 2026-10-30", ["voltera"]),
        ("freight on 28 oct 2026", "2026-10-28", ["voltera"]),
        ("calls from september to january", "2025-09-01 to 2026-01-31", ["older"]),
        ("freight from september to january 2027", "2026-09-01 to 2027-01-31", ["northlake", "voltera"]),
        ("freight on the 28th of october", "2026-10-28", ["voltera"]),
    ],
)
def test_days_are_those_on_which_calls_were_held(question: str, said: str, calls: list[str]) -> None:
    query = understand(question, DATED, today=dt.date(2026, 11, 19))
    assert query.span is not None
    assert query.span.said == said
    assert [call.id for call in calls_in(query, DATED)] == calls
    again = understand(query.restated, DATED, today=dt.date(2027, 3, 1))  # a button means the same days later
    assert calls_in(again, DATED) == calls_in(query, DATED)
    assert any(reading.read_as.startswith("calls held ") for reading in query.readings)


@pytest.mark.parametrize(
    "question", ["traffic last month", "prices this week", "as of today", "holiday sales after november", "2026-02-30"]
)
def test_what_is_said_of_days_elsewhere_is_a_topic(question: str) -> None:
    query = understand(question, DATED, today=dt.date(2026, 11, 19))
    assert query.span is None
    assert query.topic.text == question


@pytest.mark.parametrize("question", ["calls yesterday", "calls this week", "calls since 2027-01-01"])
def test_days_without_a_call_are_told(question: str) -> None:
    with pytest.raises(NotUnderstoodError, match="No loaded call is dated"):
        understand(question, DATED, today=dt.date(2026, 12, 28))


@pytest.mark.parametrize("question", ["calls 2026-10-28 and 2026-11-19", "calls on february 30"])
def test_days_that_are_none_are_told(question: str) -> None:
    with pytest.raises(NotUnderstoodError, match=r"No day is both|I don't know the day"):
        understand(question, DATED, today=dt.date(2026, 11, 20))


def test_a_quarter_of_several_years_is_asked_about_with_what_lies_before_it() -> None:
    calls = [replace(CALLS[0], id=f"nlf-{year}", year=year, quarter=3) for year in (2024, 2025)]
    with pytest.raises(AmbiguousError) as caught:
        understand("freight before q3", Directory.of(calls), today=dt.date(2026, 11, 22))
    assert {way.text for way in caught.value.ways} == {"until Q2 2024", "until Q2 2025"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("margin earlier than q3 2026", "until Q2 2026"),
        ("margin later than q2 2026", "since Q3 2026"),
        ("second-quarter 2026 margin", "Q2 2026"),
        ("margin in calendar q2 2026", "Q2 2026"),
        ("margin for last year's second quarter", "Q2 2025"),
        ("margin over the past year", "last 4 quarters"),
    ],
)
def test_a_time_is_said_in_many_ways(question: str, said: str) -> None:
    query = understand(question, Directory.of(CALLS), today=dt.date(2026, 11, 19))
    assert query.topic.text == "margin"
    assert query.span is not None
    assert query.span.said == said


@pytest.mark.parametrize(("text", "month"), [("freight in the november call", 11), ("the october call", 10)])
def test_a_call_goes_by_its_month(text: str, month: int) -> None:
    query = understand(text, DATED, today=dt.date(2026, 11, 19))
    assert {call.date.month for call in calls_in(query, DATED) if call.date} == {month}


@pytest.mark.parametrize(
    "text",
    [
        "costs after january 1 price increases",
        "it may rise",
        "margin may improve",
        "exclusion until october",
        "trends through october",
        "prices after april 1",
        "launch moved from october to november",
        "freight from january to february",
    ],
)
def test_a_month_within_a_sentence_is_no_time(text: str) -> None:
    query = understand(text, DATED, today=dt.date(2026, 11, 19))
    assert (query.span, query.calls) == (None, ())


def _of(year: int, quarter: int, company: str) -> Call:
    return replace(CALLS[0], id=f"{company}-{year}-{quarter}", company=company, ticker=None, year=year, quarter=quarter)


def test_quarters_side_by_side_are_of_the_year_that_has_calls_of_all_of_them() -> None:
    calls = Directory.of([_of(2026, 2, "Northlake"), _of(2026, 3, "Northlake"), _of(2027, 3, "Voltera")])
    query = understand("margin q3 vs q2", calls, today=TODAY)
    assert query.span is not None
    assert query.span.said == "Q3 2026 and Q2 2026"


def test_quarters_side_by_side_of_several_years_are_asked_back() -> None:
    calls = Directory.of([_of(year, quarter, "Northlake") for year in (2025, 2026) for quarter in (2, 3)])
    with pytest.raises(AmbiguousError, match="Which year's quarters") as told:
        understand("margin q3 vs q2", calls, today=TODAY)
    ways = [way.question for way in told.value.ways]
    assert [way.text for way in told.value.ways] == ["Q3 2026 and Q2 2026", "Q3 2025 and Q2 2025"]
    assert [understand(way, calls, today=TODAY).restated for way in ways] == ways
