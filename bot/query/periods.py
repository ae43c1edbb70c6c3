"""Reading times out of a question: quarters, years, ranges, the last so many calls, months."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.query.beside import COMPARING, beside
from bot.query.clock import ORDINALS, Clock, Moment, When, full_year
from bot.query.days import MONTHS, dates, days, month
from bot.query.small_words import AGAINST
from bot.query.tokens import Token

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "couple": 2, "few": 3, "both": 2,
}  # fmt: skip
_RUN = re.compile(r"q([1-4])[-–/]q?([1-4])")  # q1-q3
_HALF = re.compile(r"(?:h([12])|([12])h)(?:(?:fy|cy|-|/)?((?!00)\d{2}|(?:19|20)\d{2}))?")  # H100 is a chip
YEAR = 4
"""Quarters of `the past year`."""
_UNIT = frozenset(
    {"q", "quarter", "quarters", "call", "calls", "qtr", "qtrs", "quaters", "quater", "qs", "report", "reports"}
)
_DATED = {"year", "years", "week", "month", "today", "todays", "yesterday", "yesterdays"}
# No time is without one of these or a figure.
_TIMELY = frozenset({*ORDINALS, *MONTHS, *_UNIT, *_DATED, "latest", "newest"})
# Words behind which "latest" is no time: "how often did they say latest", "which call is the latest".
_SAYING = frozenset(
    "the a is are was were say says said about on mention mentioned word of what it and or their".split()  # noqa: SIM905 - one string wraps as prose
)
_COMPARED = {("earlier", "than"): "before", ("later", "than"): "after"}
_NEWEST = frozenset({"last", "latest", "newest", "recent", "current", "this", "past", "previous", "trailing"})


def times(tokens: Sequence[Token]) -> Iterator[When]:
    """Find the times in a question, left to right, none overlapping. A lone year is one too; the grammar weighs it."""
    clock = Clock(tokens)
    if not [word for word in clock.words if word in _TIMELY or (word and not word.isalpha())]:
        return
    at = 0
    while at < len(tokens):
        found = (
            dates(clock, at)
            or beside(clock, at)
            or _range(clock, at)
            or days(clock, at)
            or _newest(clock, at)
            or _half(clock, at)
            or _some(clock, at)
            or month(clock, at)
        )
        if found is None:
            at += 1
        else:
            yield found
            at = found.end


def _range(clock: Clock, at: int) -> When | None:  # noqa: PLR0911 - one return a form of time reads best
    """`since 2020`, `before Q3 2021`, `from q1 to q4 2021`, `between q1 and q4`."""
    word = clock.word(at)
    compared = _COMPARED.get((word, clock.word(at + 1)))
    word = compared or word
    if word in {"since", "after", "starting", "before", "until", "till", "through", "prior"}:
        at_moment = at + 1 + (compared is not None or clock.word(at + 1) in {"from", "to", "the"})
        if found := clock.moment(at_moment):
            moment, end = found
            if word in {"since", "starting"}:
                return When(at, end, first=moment)
            waits = moment.year is None  # for the calls to tell its year
            if word == "after":
                return When(at, end, first=_shift(moment, 1), shift=waits)
            if word in {"before", "prior"}:
                return When(at, end, last=_shift(moment, -1), shift=-waits)
            return When(at, end, last=moment)
        return None
    if word in {"from", "between"} and (found := clock.moment(at + 1)):
        first, middle = found
        joined = clock.word(middle)
        if joined in {"to", "through", "until", "till", "thru"} or (word == "between" and joined == "and"):
            if closing := clock.moment(middle + 1):
                last, stop = closing
                return _between(at, stop, first, last)
        elif word == "from" and clock.word(middle) in {"on", "onwards", "onward", "forward"}:
            return When(at, middle + 1, first=first)
    return None


def _lend(moment: Moment, other: Moment) -> Moment:
    """`q1 to q4 2021`: the year belongs to both; `q4 to q1 2021` begins in the year before."""
    if moment.year is not None or other.year is None:
        return moment
    before = (moment.quarter or 0) > (other.quarter or 4)
    return Moment(other.year - before, moment.quarter)


def _between(start: int, end: int, first: Moment, last: Moment) -> When:
    """Return the time from one moment to another, either of which may lend the other its year."""
    follows = _follow(first, last)
    return When(start, end, first=_lend(first, last), last=follows, lent=follows != last)


def _follow(first: Moment, last: Moment) -> Moment:
    """`q3 2024 to q1`: it ends in the next year; `2024 to q1` in that one."""
    if last.year is not None or first.year is None:
        return last
    return Moment(first.year + ((first.quarter or 0) > (last.quarter or 4)), last.quarter)


def _shift(moment: Moment, by: int) -> Moment:
    if moment.year is None:
        return moment
    if moment.quarter is None:
        return Moment(moment.year + by)
    count = moment.year * 4 + moment.quarter - 1 + by
    return Moment(count // 4, count % 4 + 1)


def _some(clock: Clock, at: int) -> When | None:  # noqa: PLR0911 - one return a form of time reads best
    """One quarter or year, or several: `q3`, `Q3 2012`, `q1 and q4`, `q1 vs q4 2021`, `q1 to q3 2021`."""
    if run := _RUN.fullmatch(clock.word(at)):
        closing, end = clock.with_year(int(run[2]), at + 1)
        return When(at, end, first=_lend(Moment(None, int(run[1])), closing), last=closing)
    found = clock.moment(at)
    if found is None:
        return None
    moments, end = [found[0]], found[1]
    if (
        clock.word(end) in {"to", "through", "thru"}
        and (last := clock.moment(end + 1))
        and last[0].quarter == found[0].quarter is None
    ):
        if COMPARING.intersection(clock.words[:at]):
            return When(at, last[1], among=(found[0], last[0]))
        return When(at, last[1], first=found[0], last=last[0])
    if (
        clock.word(end) in {"to", "through", "thru"}
        and (last := clock.moment(end + 1))
        and last[0].quarter
        and found[0].quarter
    ):
        if COMPARING.intersection(clock.words[:at]):  # "compare q4 24 to q4 23" sets one beside the other
            return When(at, last[1], among=(_lend(found[0], last[0]), _follow(found[0], last[0])))
        return _between(at, last[1], found[0], last[0])
    while len(moments) < 12:  # noqa: PLR2004 - a small figure that its line explains
        step = end + (clock.word(end) in AGAINST | {"and", "or", "with", "compared"})
        step += clock.word(end) == "compared" and clock.word(step) in {"to", "with"}
        more = clock.moment(step)
        # Two years side by side are a list; a figure after a year is not a second year.
        if more is None or (step == end and more[0].quarter is None):
            break
        moments.append(more[0])
        end = more[1]
    calendar = any(
        clock.word(place) in {"calendar", "cy"} or clock.word(place).startswith("cy") for place in range(at, end)
    )
    if len(moments) == 1:
        return When(at, end, first=moments[0], last=moments[0], calendar=calendar)
    year = next((moment.year for moment in reversed(moments) if moment.year), None)
    return When(
        at, end, among=tuple(Moment(moment.year or year, moment.quarter) for moment in moments), calendar=calendar
    )


def _newest(clock: Clock, at: int) -> When | None:  # noqa: C901, PLR0911, PLR0912 - one return a form of time reads best
    """Read `last quarter`, `the last 4 quarters`, `over the three quarters`, `two quarters ago`, `last year`."""
    word = clock.word(at)
    start = at
    if word == "since" and (inner := _newest(clock, at + 1)):
        if inner.newest:
            return When(at, inner.end, newest=inner.newest + 1)  # with the one before, to compare
        return replace(inner, start=at, vague="since") if inner.vague == "year" else None
    if number := _number(word):
        if clock.word(at + 1) in _UNIT and clock.word(at + 2) == "ago":
            return When(at, at + 3, ago=number)
        return None
    if word in {"over", "across", "in", "during"} and clock.word(at + 1) in {"the", "all", "these", "those"}:
        number = _number(clock.word(at + 2))
        if number and clock.word(at + 3) in _UNIT:
            return When(start, at + 4, newest=number)
    number = _number(clock.word(at + 1))
    if word in {"over", "across"} and number and clock.word(at + 2) in _UNIT:
        return When(start, at + 3, newest=number)
    if word == "most" and clock.word(at + 1) == "recent":
        at += 1
        word = "recent"
    if word not in _NEWEST:
        return None
    if number := _number(clock.word(at + 1)):
        if clock.word(at + 2) in _UNIT or (clock.word(at + 2) == "earnings" and clock.word(at + 3) in _UNIT):
            return When(start, at + 3 + (clock.word(at + 2) == "earnings"), newest=number)
        if clock.word(at + 2) in {"year", "years"}:
            vague = f"the newest {number * 4} calls of each company"
            return When(start, at + 3, newest=number * 4, vague=vague)
        return None
    if at > 1 and at + 1 == len(clock.words) and word in {"latest", "newest"} and clock.word(at - 1) not in _SAYING:
        return When(start, at + 1, newest=1)
    step = at + 1 + (clock.word(at + 1) in {"earnings", "conference", "fiscal", "recent"})
    if clock.word(step) in {"q", "quarter", "qtr", "call", "report", "quater"}:
        if word == "previous":
            return When(start, step + 1, ago=1)
        return When(start, step + 1, newest=1)
    if clock.word(step) == "year" and word in {"past", "trailing"}:
        return When(start, step + 1, newest=YEAR)
    if clock.word(step) == "year" and word in {"last", "this", "current", "previous"}:
        return When(start, step + 1, vague="year", ago=0 if word in {"this", "current"} else 1)
    return None


def _number(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) < 3:  # noqa: PLR2004 - a small figure that its line explains
        return int(word) or None
    return NUMBERS.get(word)


def _half(clock: Clock, at: int) -> When | None:
    """`h1 2021`, `first half of 2021`."""
    found = _HALF.fullmatch(clock.word(at))
    if found:
        half, end, year = int(found[1] or found[2]), at + 1, full_year(found[3]) if found[3] else None
    elif clock.word(at) in {"first", "second"} and clock.word(at + 1) == "half":
        half, end, year = (1 if clock.word(at) == "first" else 2), at + 2, None
    else:
        return None
    if year is None:
        known = clock.year(end)
        if known is None:
            return None  # "the second half" is a topic: guidance speaks of it
        year, end = known
    return When(at, end, first=Moment(year, half * 2 - 1), last=Moment(year, half * 2))
