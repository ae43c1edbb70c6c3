"""From the times of a question to the calls they mean: fiscal periods, the newest calls, months."""

import calendar
import datetime as dt
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.call import Call
from bot.directory import Directory
from bot.period import Period
from bot.query.beside import span_beside
from bot.query.clock import Moment, When
from bot.query.errors import AmbiguousError, NotUnderstoodError, Way
from bot.query.query import Query, Span
from bot.query.reading import How, Reading
from bot.query.restating import restated, stated

QUARTERS = 4
WAYS = 4
"""Years offered for a quarter of several."""


class Dating:
    """Puts times to a query; what is assumed is added to `readings`."""

    def __init__(self, directory: Directory, today: dt.date, readings: list[Reading]) -> None:
        self.directory = directory
        self.today = today
        self.readings = readings
        self.calls: tuple[str, ...] = ()

    def limited(self, query: Query, whens: Sequence[When], before: Span | None = None) -> Query:
        """Return the query within the times; `before` is the time that was asked of before.

        Raises AmbiguousError for a quarter of several years.
        """
        fiscal = [when for when in whens if not when.calendric]
        span = days = None
        distance = next((when for when in whens if when.beside), None)
        if distance is not None:
            return self._beside(query, distance, [when for when in whens if not when.beside], before)
        if len(fiscal) == 2 and _bounds(fiscal):  # noqa: PLR2004 - after one and before the other
            one, other = (self._span(query, when) for when in fiscal)
            span = _within(one, other)
        elif fiscal:
            span = self._span(query, fiscal[0] if len(fiscal) == 1 else self._joined(fiscal))
        for when in self._in_order([when for when in whens if when.calendric]):
            days = _both(days, self._span(query, when))
        if span is not None and days is not None:
            span = replace(span, said=f"{span.said} {days.said}", since=days.since, until=days.until)
        span = span or days
        return replace(query, span=span, calls=(*query.calls, *self.calls))

    def _beside(self, query: Query, distance: When, others: Sequence[When], before: Span | None) -> Query:
        """Set a time beside the one that is named, or was asked of before."""
        base = self.limited(query, others).span if others else before
        span = span_beside(distance, base, self.directory.calls_of(query.companies))
        read_as = span.said if span.only else "the newest two calls loaded of each company"
        self.readings.append(Reading(How.ASSUMED, distance.text, read_as))
        return replace(query, span=span)

    def _in_order(self, whens: Sequence[When]) -> list[When]:
        """Give a range of months its years: it ends with the last such month, and begins with the last one before."""
        since = next((when for when in whens if when.side == "since" and when.month), None)
        until = next((when for when in whens if when.side == "until" and when.month), None)
        if since is None or until is None or since.month is None or until.month is None:
            return list(whens)
        (first, begun), (last, ended) = since.month, until.month
        if ended is None:
            ended = begun + (last < first) if begun else self.today.year - (last > self.today.month)
            # A range that has begun this year is not over yet: `from may to august`, in July.
            ended += ended == self.today.year - 1 and first <= self.today.month < last and not begun
        begun = begun or ended - (first > last)
        made = {id(since): replace(since, month=(first, begun)), id(until): replace(until, month=(last, ended))}
        return [made.get(id(when), when) for when in whens]

    def _span(self, query: Query, when: When) -> Span | None:
        calls = self.directory.calls_of(query.companies)
        if when.month:
            return self._day(when, calls) if when.day else self._month(when.month, when.side, calls)
        if when.days or any(when.dates):
            return self._days(when, calls)
        if when.ago is not None and when.vague is None:
            self.calls = _ago(calls, when.ago, self.directory)
            self.readings.append(
                Reading(How.ASSUMED, when.text, f"{', '.join(self.calls)}: {when.ago} before the newest loaded")
            )
            return None
        if when.vague in {"year", "since"}:
            year = self.today.year - (when.ago or 0)
            later = " or later" * (when.vague == "since")
            self.readings.append(Reading(How.ASSUMED, when.text, f"fiscal year {year}{later}, as each company counts"))
            period = Period(year)
            return Span(f"since {period}", period) if later else Span(str(period), period, period)
        if when.newest:
            said = "the newest call" if when.newest == 1 else f"the newest {when.newest} calls"
            self.readings.append(Reading(How.ASSUMED, when.text, f"{said} loaded of each company"))
            return Span("last quarter" if when.newest == 1 else f"last {when.newest} quarters", newest=when.newest)
        return self._periods(query, when, calls)

    def _joined(self, whens: Sequence[When]) -> When:
        """Several times in one question: all of them, where each is a quarter or year (`this year vs last year`)."""
        among: list[Moment] = []
        if (moment := self._of_that_year(whens)) is not None:
            return When(whens[0].start, whens[-1].end, first=moment, last=moment)
        for when in whens:
            year = Moment(self.today.year - (when.ago or 0)) if when.vague == "year" else None
            if year is not None:
                self.readings.append(
                    Reading(How.ASSUMED, when.text, f"fiscal year {year.year}, as each company counts")
                )
            lone = [when.first] if when.first and when.first == when.last else []
            among.extend(when.among or ([year] if year is not None else lone))
        if len(among) == 1 or not among:
            return whens[0]
        year_said = next((moment.year for moment in reversed(among) if moment.year), None)
        moments = tuple(dict.fromkeys(Moment(each.year or year_said, each.quarter) for each in among))
        return When(whens[0].start, whens[-1].end, among=moments)

    def _of_that_year(self, whens: Sequence[When]) -> Moment | None:
        """Return the quarter of a year that is told by its place: `last year's second quarter`."""
        year = next((when for when in whens if when.vague == "year"), None)
        quarter = next((when.first for when in whens if when.first and when.first == when.last), None)
        if len(whens) != 2 or year is None or quarter is None or quarter.year or not quarter.quarter:  # noqa: PLR2004
            return None
        return Moment(self.today.year - (year.ago or 0), quarter.quarter)

    def _month(self, month: tuple[int, int | None], side: str, calls: Sequence[Call]) -> Span | None:
        """Keep the calls held in a month, of every year where none is named, or on one side of the last of its name."""
        number, year = month
        if not side and year is None:
            name = calendar.month_name[number]
            held = [call for call in calls if call.date and call.date.month == number]
            if not held:
                raise _none_held(name)
            self.calls = tuple(call.id for call in held)
            self.readings.append(Reading(How.ASSUMED, name, f"calls held in {name}"))
            return None
        first = dt.date(year or self.today.year - (number > self.today.month), number, 1)
        last = first.replace(day=calendar.monthrange(first.year, number)[1])
        day = dt.timedelta(1)
        since, until = {
            "": (first, last),
            "since": (first, None),
            "after": (last + day, None),
            "before": (None, first - day),
            "until": (None, last),
        }[side]
        said = f"{side} {calendar.month_name[number]} {first.year}".strip()
        return self._held(Span(said, since=since, until=until), calls, said)

    def _day(self, when: When, calls: Sequence[Call]) -> Span:
        """Keep the calls held on a day of a month, or on one side of it; without a year the last such day is meant."""
        month, year = when.month or (0, None)
        try:
            day = dt.date(year or self.today.year, month, when.day)
            if year is None and day > self.today:
                day = day.replace(year=day.year - 1)
        except ValueError:
            raise NotUnderstoodError(f"I don't know the day ‹{when.text}›.") from None
        step = dt.timedelta(1)
        dates = {
            "": (day, day),
            "since": (day, None),
            "after": (day + step, None),
            "before": (None, day - step),
            "until": (None, day),
        }[when.side]
        return self._days(replace(when, dates=dates), calls)

    def _days(self, when: When, calls: Sequence[Call]) -> Span:
        """Keep the calls held on days: today, yesterday, this or last week (from Monday on), this or last month."""
        since, until = _window(when.days, self.today) if when.days else when.dates
        if since and until:
            said = str(since) if since == until else f"{since} to {until}"
        else:
            said = f"since {since}" if since else f"until {until}"
        return self._held(Span(said, since=since, until=until), calls, when.days or when.text or said)

    def _held(self, span: Span, calls: Sequence[Call], typed: str) -> Span:
        """Return a span of days on which some call was held, and tell that these are no fiscal periods."""
        if not any(call.date and (span.since or call.date) <= call.date <= (span.until or call.date) for call in calls):
            raise _none_held(typed)
        self.readings.append(Reading(How.ASSUMED, typed, f"calls held {_held_when(span)}"))
        return span

    def _periods(self, query: Query, when: When, calls: Sequence[Call]) -> Span:
        if when.calendar:
            self.readings.append(Reading(How.ASSUMED, "calendar year", "the fiscal year, as each company counts"))
        if when.among:
            return self._among(query, when.among, calls)
        for moment in (when.first, when.last):
            if moment is not None and moment.year is None:
                return self._undated(query, when, moment, calls)
        span = _periods_of(when, None)
        if when.lent and when.last is not None:
            self.readings.append(
                Reading(How.ASSUMED, f"Q{when.last.quarter}", f"{span.last}: the range goes on from {span.first}")
            )
        return span

    def _among(self, query: Query, moments: Sequence[Moment], calls: Sequence[Call]) -> Span:
        """Return several quarters or years; those without a year are of the one that has calls of all of them.

        Raises AmbiguousError where several years have.
        """
        undated = {moment.quarter for moment in moments if moment.year is None}
        years = _years_of(undated, calls, self.directory) if undated else []
        if len(years) > 1 and undated != {None}:
            spans = [_side_by_side(moments, year) for year in years[:WAYS]]
            ways = tuple(Way(span.said, restated(replace(query, span=span), self.directory)) for span in spans)
            raise AmbiguousError(
                "Which year's quarters do you mean?", ways, stated(query, self.directory, self.readings)
            )
        held = [call.year for call in calls if call.year]
        span = _side_by_side(moments, years[0] if years else max(held, default=self.today.year))
        if undated and len(span.only) > 1:
            self.readings.append(Reading(How.ASSUMED, "quarters", span.said))
        return span

    def _undated(self, query: Query, when: When, moment: Moment, calls: Sequence[Call]) -> Span:
        """Give quarters without a year the year of the loaded calls; several years are a choice."""
        years = sorted({call.year for call in calls if call.quarter == moment.quarter and call.year}, reverse=True)
        if len(years) > 1:
            spans = [_periods_of(when, year) for year in years[:WAYS]]
            ways = tuple(Way(span.said, restated(replace(query, span=span), self.directory)) for span in spans)
            raise AmbiguousError(
                f"Which Q{moment.quarter} do you mean?", ways, stated(query, self.directory, self.readings)
            )
        held = max((call.year for call in calls if call.year), default=self.today.year)
        year = years[0] if years else held
        span = _periods_of(when, year)
        meant = Period(year, moment.quarter)
        self.readings.append(Reading(How.ASSUMED, f"Q{moment.quarter}", f"{meant}, fiscal, as the company counts"))
        return span


def _years_of(quarters: AbstractSet[int | None], calls: Sequence[Call], directory: Directory) -> list[int]:
    """Return the years, newest first, in which one company has a call of every one of the quarters."""
    held: dict[tuple[str, int], set[int | None]] = {}
    for call in calls:
        if call.year:
            held.setdefault((directory.whose(call), call.year), set()).add(call.quarter)
    return sorted({year for (_, year), known in held.items() if quarters <= known}, reverse=True)


def _side_by_side(moments: Sequence[Moment], year: int) -> Span:
    """Return several quarters or years, those without a year in the one given."""
    periods = tuple(dict.fromkeys(Period(moment.year or year, moment.quarter) for moment in moments))
    if len(periods) == 1:
        return Span(str(periods[0]), periods[0], periods[0])
    return Span(" and ".join(map(str, periods)), only=periods)


def _periods_of(when: When, year: int | None) -> Span:
    """Return the fiscal periods of a time; `year` is that of its quarters that have none."""

    def period(moment: Moment | None) -> Period | None:
        if moment is None:
            return None
        if moment.year is not None or year is None or moment.quarter is None:
            return moment.period
        count = year * QUARTERS + moment.quarter - 1 + when.shift
        return Period(count // QUARTERS, count % QUARTERS + 1)

    first, last = period(when.first), period(when.last)
    if first and last and when.last is not None and when.last.year is None and _backward(first, last):
        last = Period(last.year + 1, last.quarter)  # from q4 to q1
    if first and last:
        return _range(first, last)
    return Span(f"since {first}" if first else f"until {last}", first, last)


def _range(first: Period, last: Period) -> Span:
    """Return the periods from one to another, in any order; of a year beside a quarter its first or last is meant."""
    if (first.quarter is None) != (last.quarter is None):
        first = Period(first.year, first.quarter or 1)
        last = Period(last.year, last.quarter or QUARTERS)
    if (last.year, last.quarter or 0) < (first.year, first.quarter or 0):
        first, last = last, first
    return Span(str(first) if first == last else f"{first} to {last}", first, last)


def _bounds(whens: Sequence[When]) -> bool:
    """Whether one time is since when, and the other until when: `after q1 and before q3`."""
    open_ended = [when for when in whens if (when.first is None) != (when.last is None) and not when.among]
    return len(open_ended) == len(whens) and any(when.first for when in whens) and any(when.last for when in whens)


def _within(one: Span | None, other: Span | None) -> Span | None:
    """Return the periods between the first of one span and the last of the other."""
    if one is None or other is None:
        return one or other
    first, last = one.first or other.first, one.last or other.last
    if first is None or last is None:
        return one
    if (last.year, last.quarter or QUARTERS) < (first.year, first.quarter or 1):
        raise NotUnderstoodError(f"No quarter is both {one.said} and {other.said}. Name one range: `q1 to q3 2026`.")
    return _range(first, last)


def _backward(first: Period, last: Period) -> bool:
    return first.year == last.year and (first.quarter or 0) > (last.quarter or QUARTERS)


def _both(one: Span | None, other: Span | None) -> Span | None:
    """Return the days that are in both spans of days. Raises NotUnderstoodError where none is."""
    if one is None or other is None:
        return one or other
    since = max((each for each in (one.since, other.since) if each), default=None)
    until = min((each for each in (one.until, other.until) if each), default=None)
    if since and until and since > until:
        raise NotUnderstoodError(
            f"No day is both ‹{one.said}› and ‹{other.said}›. Name one range: `2026-10-01 to 2026-11-30`."
        )
    said = f"{since} to {until}" if since and until else f"since {since}" if since else f"until {until}"
    return Span(said, since=since, until=until)


def _held_when(span: Span) -> str:
    """Return when calls of a span of days were held: `since October 2026`, `in May 2026`, `on 2026-10-28`."""
    if span.said.split(maxsplit=1)[0] in {"since", "after", "before", "until"}:
        return span.said
    if span.said == str(span.since):
        return f"on {span.said}"
    return f"{'from' if span.said.startswith(str(span.since)) else 'in'} {span.said}"


def _none_held(name: str) -> NotUnderstoodError:
    return NotUnderstoodError(f"No loaded call is dated ‹{name}›. `calls` lists what is loaded.")


def _window(days: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that words like `last week` mean, as of today."""
    which, _, unit = days.rpartition(" ")
    if not which:
        day = today - dt.timedelta(days == "yesterday")
        return day, day
    if unit == "week":
        start = today - dt.timedelta(today.weekday() + 7 * (which == "last"))
        return start, start + dt.timedelta(6)
    start = today.replace(day=1)
    if which == "last":
        start = (start - dt.timedelta(1)).replace(day=1)
    return start, start.replace(day=calendar.monthrange(start.year, start.month)[1])


def _ago(calls: Sequence[Call], back: int, directory: Directory) -> tuple[str, ...]:
    """Return the ids of each company's call so many before its newest."""
    groups: dict[str, list[Call]] = {}
    for call in calls:
        groups.setdefault(directory.whose(call), []).append(call)
    ids = []
    for members in groups.values():
        members.sort(key=lambda call: (call.year or 0, call.quarter or 0, str(call.date or "")), reverse=True)
        if back < len(members):
            ids.append(members[back].id)
    return tuple(ids)
