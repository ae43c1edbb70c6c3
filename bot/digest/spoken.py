"""Reading what follows `digest`: a time, days and a zone, in any order; errors point at the word."""

import re
from dataclasses import dataclass

from bot.digest.schedule import EVERY_DAY, WEEKDAYS, WEEKEND, WORKING_DAYS
from bot.digest.zone import nearest_zones, zone_named
from bot.errors import QuestionError

NOON, MIDNIGHT, HALF_DAY = 12, 24, 12
LONGEST_ZONE = 3  # words: "Ho Chi Minh"

# Linear: each part is anchored to one word of at most a few characters.
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(am|pm|a\.m\.|p\.m\.)?")
_HALF = {"am": 0, "a.m.": 0, "pm": HALF_DAY, "p.m.": HALF_DAY}
_DAYS = {day.lower()[:length]: index for index, day in enumerate(WEEKDAYS) for length in range(3, len(day) + 1)}
_GROUPS = {
    "weekdays": WORKING_DAYS,
    "weekday": WORKING_DAYS,
    "workdays": WORKING_DAYS,
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "days": EVERY_DAY,
    "day": EVERY_DAY,
    "weekends": WEEKEND,
    "weekend": WEEKEND,
}
_FILLERS = {"at", "on", "every", "each", "in", "and", "the", "time", "o'clock", "tz", "timezone", "zone"}


class TimeError(QuestionError):
    """No time, or a word that is neither time nor days nor zone."""


class ZoneError(QuestionError):
    """No time zone is known, or none by that name."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for. `zone` is None where none was named: whoever asks is asked, or looked up."""

    hour: int
    minute: int
    days: tuple[int, ...]
    zone: str | None


def wish(words: str) -> Wish:
    """Read a schedule.

        schedule = time, [days], [zone]                      in any order; days are weekdays where not given
        time     = H[:MM][am|pm] | noon | midnight
        days     = weekdays | daily | weekends | DAY{(, | and) DAY} | DAY-DAY
        zone     = an IANA name | its city | ET, CET …

    Raises TimeError or ZoneError with the word that wasn't understood.
    """
    reader = _Reader(words.replace(",", " ").split())
    reader.read()
    if reader.time is None:
        raise TimeError("At what time? For example: `digest 9:00 weekdays` or `digest 8:30 daily Europe/London`.")
    hour, minute = reader.time
    return Wish(hour, minute, tuple(sorted(reader.days)) or WORKING_DAYS, reader.zone)


class _Reader:
    """Goes through the words once; each word is taken by the first rule that knows it."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.time: tuple[int, int] | None = None
        self.days: set[int] = set()
        self.zone: str | None = None

    def read(self) -> None:
        at = 0
        while at < len(self.words):
            at += self._time(at) or self._day(at) or self._zone(at) or self._filler(at)

    def _time(self, at: int) -> int:
        word = self.words[at].casefold()
        if word in {"noon", "midnight"}:
            return self._take_time(NOON if word == "noon" else 0, 0, word, 1)
        match = _TIME.fullmatch(word)
        if match is None:
            return 0
        half, used = match[3], 1
        if half is None and at + 1 < len(self.words) and self.words[at + 1].casefold() in _HALF:
            half, used = self.words[at + 1].casefold(), 2
        hour, minute = int(match[1]), int(match[2] or 0)
        if half is not None:
            if not 1 <= hour <= HALF_DAY:
                raise TimeError(f"There is no {' '.join(self.words[at : at + used])}: name a time from 1am to 12pm.")
            hour = hour % HALF_DAY + _HALF[half]
        return self._take_time(hour, minute, self.words[at], used)

    def _take_time(self, hour: int, minute: int, word: str, used: int) -> int:
        if hour >= MIDNIGHT or minute >= 60:  # noqa: PLR2004  # minutes of an hour
            raise TimeError(f"There is no {word}: name a time from 0:00 to 23:59, such as `digest 9:00 weekdays`.")
        if self.time is not None:
            raise TimeError(f"One digest a day: leave out {word}, or leave out the other time.")
        self.time = (hour, minute)
        return used

    def _day(self, at: int) -> int:
        word = self.words[at].casefold()
        if word in _GROUPS:
            self.days |= set(_GROUPS[word])
            return 1
        first, dash, last = word.replace("–", "-").partition("-")
        start, end = _day_named(first), _day_named(last)
        if start is None or (dash and end is None):
            return 0
        self.days |= {start} if end is None else {(start + step) % 7 for step in range((end - start) % 7 + 1)}
        return 1

    def _zone(self, at: int) -> int:
        for length in range(min(LONGEST_ZONE, len(self.words) - at), 0, -1):
            name = zone_named(" ".join(self.words[at : at + length]).strip("()"))
            if name is not None:
                self.zone = name
                return length
        return 0

    def _filler(self, at: int) -> int:
        word = self.words[at]
        if word.casefold() in _FILLERS:
            return 1
        near = nearest_zones(word)
        if near:
            raise ZoneError(f"I don't know the time zone ‹{word}›. Did you mean {' or '.join(near)}?")
        raise TimeError(
            f"I didn't understand ‹{word}›. A digest takes a time, days and a time zone: "
            "`digest 9:00 weekdays Europe/London`."
        )


def _day_named(word: str) -> int | None:
    """Return the weekday (0 is Monday) of "mon", "Tuesday", "thursdays", None where it is none."""
    return _DAYS.get(word) if word in _DAYS else _DAYS.get(word.removesuffix("s"))
