"""When digests are due: ordinary days, clocks that change, dates that a zone skipped, and every zone there is."""

import datetime as dt
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import pytest

from bot.digest.schedule import EVERY_DAY, WEEKEND, WORKING_DAYS, Schedule, between, days_of, due

DAY = dt.timedelta(days=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("zone", "time", "date", "expected"),
    [
        ("Europe/Berlin", (9, 0), "2026-11-23", "2026-11-23T09:00+01:00"),
        ("America/New_York", (1, 30), "2026-11-01", "2026-11-01T01:30-04:00"),  # comes twice: the first
        ("Europe/Berlin", (2, 30), "2026-10-25", "2026-10-25T02:30+02:00"),  # comes twice: the first
        ("America/New_York", (2, 30), "2026-03-08", "2026-03-08T03:30-04:00"),  # skipped by the clocks
        ("Africa/Cairo", (0, 15), "2027-04-30", "2027-04-30T01:15+03:00"),  # a gap at midnight
        ("Pacific/Apia", (9, 0), "2011-12-29", "2011-12-29T09:00-10:00"),
        ("Pacific/Apia", (9, 0), "2011-12-30", None),  # no such day there
        ("Pacific/Apia", (9, 0), "2011-12-31", "2011-12-31T09:00+14:00"),
        ("America/Toronto", (23, 45), "1919-03-30", "1919-03-30T22:45-05:00"),  # a gap over midnight: still that day
    ],
)
def test_due(zone: str, time: tuple[int, int], date: str, expected: str | None) -> None:
    moment = due(Schedule(*time, EVERY_DAY, zone), dt.date.fromisoformat(date))
    assert moment == (at(expected) if expected else None)


@pytest.mark.parametrize(
    ("days", "date", "some"),
    [(WORKING_DAYS, "2026-11-20", True), (WORKING_DAYS, "2026-11-21", False), (WEEKEND, "2026-11-21", True)],
)
def test_days(days: tuple[int, ...], date: str, some: bool) -> None:
    assert (due(Schedule(9, 0, days, "UTC"), dt.date.fromisoformat(date)) is not None) is some


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-20T08:59+01:00", "2026-11-20T09:00+01:00"),
        ("2026-11-20T09:00+01:00", "2026-11-23T09:00+01:00"),  # the moment itself is past; over the weekend
        ("2026-11-22T23:59+01:00", "2026-11-23T09:00+01:00"),
    ],
)
def test_next(now: str, expected: str) -> None:
    coming = between(Schedule(9, 0, WORKING_DAYS, "Europe/Berlin"), at(now), at(now) + dt.timedelta(days=7))
    assert next(coming)[1] == at(expected)


def test_what_was_due_while_nobody_looked() -> None:
    schedule = Schedule(9, 0, WORKING_DAYS, "Europe/Berlin")
    found = [date.day for date, _ in between(schedule, at("2026-11-18T09:00+01:00"), at("2026-11-23T09:00+01:00"))]
    assert found == [19, 20, 23]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (EVERY_DAY, "every day at 9:05 (UTC)"),
        (WORKING_DAYS, "weekdays at 9:05 (UTC)"),
        (WEEKEND, "weekends at 9:05 (UTC)"),
        ((0, 3), "Monday and Thursday at 9:05 (UTC)"),
        ((2,), "Wednesdays at 9:05 (UTC)"),
    ],
)
def test_said(days: tuple[int, ...], said: str) -> None:
    schedule = Schedule(9, 5, days, "UTC")
    assert schedule.said == said
    assert days_of(schedule.mask) == days


def zones() -> list[str]:
    """Return every zone by one of its names: aliases are copies of the same file."""
    files: dict[bytes, str] = {}
    for name in sorted(available_timezones()):
        paths = (Path(folder) / name for folder in TZPATH)
        path = next((path for path in paths if path.is_file()), None)
        files.setdefault(path.read_bytes() if path else name.encode(), name)
    return list(files.values())


def changes(zone: ZoneInfo, first: int, last: int) -> set[dt.date]:
    """Return the local dates on which the zone's offset changes: looked for in steps, then day by day."""
    found = set()
    step, moment, end = 6, dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last, 1, 1, tzinfo=dt.UTC)
    while moment < end:
        days = [(moment + DAY * n).astimezone(zone) for n in (0, step)]
        if days[0].utcoffset() != days[1].utcoffset():
            for n in range(step):
                before, after = ((moment + DAY * m).astimezone(zone) for m in (n, n + 1))
                if before.utcoffset() != after.utcoffset():
                    found |= {before.date(), after.date()}
        moment += DAY * step
    return found


def exists(zone: ZoneInfo, date: dt.date) -> bool:
    """Whether any minute of a date was ever shown by the zone's clocks: looked up through UTC, by quarter hours."""
    start = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC) - dt.timedelta(hours=15)
    return any((start + dt.timedelta(minutes=15 * n)).astimezone(zone).date() == date for n in range(220))


@pytest.mark.parametrize("each", [16, pytest.param(1, marks=pytest.mark.chaos)])
def test_every_zone_for_ten_years_has_one_digest_on_each_local_date(each: int) -> None:
    """All 48 half hours where the clocks change; on the days between, nothing can differ from day to day."""
    checked = 0
    for name in zones()[::each]:
        zone = ZoneInfo(name)
        for date in sorted(changes(zone, 2023, 2033)):
            for half_hour in range(48):
                schedule = Schedule(half_hour // 2, half_hour % 2 * 30, EVERY_DAY, name)
                moment = due(schedule, date)
                checked += 1
                assert moment is not None or not exists(zone, date), (name, date)
                if moment is not None:
                    assert moment.astimezone(zone).date() == date, (name, date)
    assert checked > 40_000 / each / 2


@pytest.mark.parametrize("each", [144, pytest.param(24, marks=pytest.mark.thorough)])
def test_every_zone_for_ten_years_in_steps_of_a_tick(each: int) -> None:
    """Walk ten years as the clockwork does, from due to due: the dates come one by one, none twice, none left out."""
    for name in zones()[::each]:
        schedule = Schedule(2, 30, EVERY_DAY, name)
        start, end = dt.datetime(2023, 1, 1, tzinfo=dt.UTC), dt.datetime(2033, 1, 1, tzinfo=dt.UTC)
        dates = [date for date, _ in between(schedule, start, end)]
        moments = [moment for _, moment in between(schedule, start, end)]
        assert moments == sorted(set(moments)), name
        assert dates == [dates[0] + DAY * step for step in range(len(dates))], name
        assert 3652 <= len(dates) <= 3654, name
