"""When a digest is due: pure arithmetic of local dates, right across changes of the clocks in every zone."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WORKING_DAYS = EVERY_DAY[:5]
WEEKEND = EVERY_DAY[5:]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A wall time on some weekdays (0 is Monday, in order) in an IANA zone."""

    hour: int
    minute: int
    days: tuple[int, ...]
    zone: str

    @property
    def mask(self) -> int:
        """The days as bits, Monday the lowest: how the store keeps them."""
        return sum(1 << day for day in self.days)

    @property
    def said(self) -> str:
        """The schedule for people: "weekdays at 9:00 (Europe/Berlin)"."""
        return f"{self.days_said} at {self.hour}:{self.minute:02} ({self.zone})"

    @property
    def days_said(self) -> str:
        """The days for people: "every day", "weekdays", "weekends", "Monday and Thursday"."""
        named = {EVERY_DAY: "every day", WORKING_DAYS: "weekdays", WEEKEND: "weekends"}.get(self.days)
        if named:
            return named
        *most, last = (WEEKDAYS[day] for day in self.days)
        return f"{', '.join(most)} and {last}" if most else f"{last}s"


def days_of(mask: int) -> tuple[int, ...]:
    """Return the weekdays of a mask: the reverse of `Schedule.mask`."""
    return tuple(day for day in EVERY_DAY if mask >> day & 1)


def due(schedule: Schedule, local_date: dt.date) -> dt.datetime | None:
    """Return when the digest of a local date is due (UTC), None where it isn't a day of the schedule or of the zone.

    A wall time that comes twice is taken the first time. One that the clocks skip is taken as long after midnight as if
    they had not (02:30 becomes 03:30); where that is the next day already, as long before (23:30 becomes 22:30). A date
    that a zone skipped as a whole (Apia, 2011-12-30) has no digest.
    """
    if local_date.weekday() not in schedule.days:
        return None
    zone = ZoneInfo(schedule.zone)
    wall = dt.datetime.combine(local_date, dt.time(schedule.hour, schedule.minute), tzinfo=zone)
    for fold in (0, 1):
        moment = wall.replace(fold=fold).astimezone(dt.UTC)
        if moment.astimezone(zone).date() == local_date:
            return moment
    return None


def between(schedule: Schedule, after: dt.datetime, until: dt.datetime) -> Iterator[tuple[dt.date, dt.datetime]]:
    """Yield each local date whose digest is due in (after, until], with the moment it is due, in order."""
    zone = ZoneInfo(schedule.zone)
    # One day more on either side: a digest moved by the clocks stays within its date, dates differ by zone only.
    date, last = after.astimezone(zone).date() - DAY, until.astimezone(zone).date() + DAY
    while date <= last:
        moment = due(schedule, date)
        if moment is not None and after < moment <= until:
            yield date, moment
        date += DAY
