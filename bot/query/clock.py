"""A time as typed, and what reads the quarters and years that times are made of."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.period import Period
from bot.query.tokens import Shape, Token

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
    "final": 4,
}  # fmt: skip
QUARTER = re.compile(r"(?:f?q([1-4])|([1-4])f?q)(?:[-/]?(?:fy|cy)?(\d{2}|(?:19|20)\d{2}))?")
_DATED = re.compile(r"(?:(?:fiscal|fy|cy)[-/]?)?((?:19|20)\d{2})[-/]?q([1-4])|(?:fy|cy)(\d{2})[-/]?q([1-4])")  # 2026-q3
_FISCAL = re.compile(r"(?:fy|cy)(\d{2}|(?:19|20)\d{2})")
_HYPHENED = re.compile(rf"({'|'.join(ORDINALS)})-(?:quarter|qtr)")  # second-quarter
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SHORT = re.compile(r"\d{2}")


@dataclass(frozen=True, slots=True)
class When:
    """A time as typed, in tokens [start, end): what is known of it before the loaded calls are looked at.

    `quarter` without `year` waits for the calls to tell the year. `calendar` tells that a calendar year was asked for.
    """

    start: int
    end: int
    first: "Moment | None" = None
    last: "Moment | None" = None
    among: tuple["Moment", ...] = ()
    newest: int | None = None
    ago: int | None = None
    month: tuple[int, int | None] | None = None
    side: str = ""  # of the month: "since" it, "until" it, "before" or "after" it
    day: int = 0  # of the month, where one is named
    days: str = ""  # `today`, `this week`, `last month`: when calls were held, as of today
    dates: tuple[dt.date | None, dt.date | None] = (None, None)  # the first and the last such day; None is open
    calendar: bool = False
    lent: bool = False  # the year of a range's end is that of its beginning, or the next
    shift: int = 0  # quarters from one without a year to the one that is meant: -1 before it, 1 after it
    vague: str | None = None  # how "last year" and the like were read
    beside: int = 0  # quarters before another time, which it is set beside (beside.py)
    text: str = ""  # as typed, set where it was found

    @property
    def calendric(self) -> bool:
        """Whether it is of days on which calls were held, and no fiscal period."""
        return bool(self.month or self.days or any(self.dates))


@dataclass(frozen=True, slots=True)
class Moment:
    """A quarter, a year, or a quarter of a year."""

    year: int | None
    quarter: int | None = None

    @property
    def period(self) -> Period:
        """The fiscal period; only where the year is known."""
        return Period(self.year or 0, self.quarter)


def full_year(text: str) -> int:
    """Return the year meant by two or four digits: 12 is 2012, 98 is 1998."""
    number = int(text)
    if number > 99:  # noqa: PLR2004 - a small figure that its line explains
        return number
    return 2000 + number if number < 70 else 1900 + number  # noqa: PLR2004 - a small figure that its line explains


class Clock:
    """Reads quarters and years at a position of the tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.words = [
            token.word if token.shape is Shape.WORD and not token.minus and token.field is None else ""
            for token in tokens
        ]
        self.texts = [token.text for token in tokens]

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def year(self, at: int, *, short: bool = False) -> tuple[int, int] | None:
        """Read a year at a position, with where it ends: 2012, fy12, fiscal year 2012, '12 after a quarter."""
        at += self.word(at) in {"of", "in"}
        lead = at
        while self.word(at) in {"fiscal", "fy", "cy", "calendar", "year", "financial", "full"} and at - lead < 3:  # noqa: PLR2004 - a small figure that its line explains
            at += 1
        word = self.word(at)
        if found := _FISCAL.fullmatch(word):
            return full_year(found[1]), at + 1
        if _YEAR.fullmatch(word) or ((short or at > lead) and _SHORT.fullmatch(word)):
            return full_year(word), at + 1
        return None

    def moment(self, at: int) -> tuple[Moment, int] | None:  # noqa: PLR0911 - one return a form of time reads best
        """Read a quarter or a year at a position, with where it ends."""
        at += self.word(at) in {"the", "fiscal", "calendar"} and bool(
            QUARTER.fullmatch(self.word(at + 1)) or self.word(at + 1) in ORDINALS
        )
        if found := _HYPHENED.fullmatch(self.word(at)):
            return self.with_year(ORDINALS[found[1]], at + 1)
        if found := _DATED.fullmatch(self.word(at)):
            return Moment(full_year(found[1] or found[3]), int(found[2] or found[4])), at + 1
        if found := QUARTER.fullmatch(self.word(at)):
            number = int(found[1] or found[2])
            if found[3]:
                return Moment(full_year(found[3]), number), at + 1
            return self.with_year(number, at + 1)
        if self.word(at) in ORDINALS and self.word(at + 1) in {"quarter", "qtr", "fiscal", "q"}:
            end = at + 2 + (self.word(at + 1) == "fiscal" and self.word(at + 2) in {"quarter", "qtr"})
            return self.with_year(ORDINALS[self.word(at)], end)
        if self.word(at) in {"q", "quarter", "qtr"} and self.word(at + 1) in {"1", "2", "3", "4"}:
            return self.with_year(int(self.word(at + 1)), at + 2)
        if found_year := self.year(at):
            year, end = found_year
            if quarter := QUARTER.fullmatch(self.word(end)):
                return Moment(year, int(quarter[1] or quarter[2])), end + 1
            return Moment(year), end
        return None

    def with_year(self, quarter: int, at: int) -> tuple[Moment, int]:
        """Return a quarter with the year behind it, if one stands there, and where that ends."""
        if found := self.year(at, short=self.texts[at : at + 1] != [] and self.texts[at][:1].isdigit()):
            return Moment(found[0], quarter), found[1]
        return Moment(None, quarter), at
