"""Reading what follows `mute`: a topic, or none, and for how long."""

import datetime as dt
from dataclasses import dataclass

from bot.errors import QuestionError

UNITS = {
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
    "week": dt.timedelta(weeks=1),
    "month": dt.timedelta(days=30),
}
ONE = frozenset({"a", "an", "one"})
LONGEST = dt.timedelta(days=366)
DIGITS = 4  # of the figure before the unit
CLAUSE = 3  # words: for, a figure, a unit


class SilenceError(QuestionError):
    """A time to be silent for that is none."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What is to be silent ("": everything), and for how long (None: until it is unmuted)."""

    topic: str
    span: dt.timedelta | None = None


def silence(words: str) -> Silence:
    """Read `[TOPIC] [for N hours | days | weeks | months]`. Raises SilenceError for a time that is none or too long."""
    parts = words.split()
    unit = UNITS.get(parts[-1].casefold().removesuffix("s")) if parts else None
    if len(parts) < CLAUSE or unit is None or parts[-CLAUSE].casefold() != "for":
        return Silence(" ".join(parts))
    figure = parts[-2].casefold()
    number = 1 if figure in ONE else 0
    if figure.isascii() and figure.isdigit() and len(figure) < DIGITS:
        number = int(figure)
    if number == 0 or number * unit > LONGEST:
        raise SilenceError("For how long? From an hour to a year, such as: for 2 days. Leave it out to mute for good.")
    return Silence(" ".join(parts[:-CLAUSE]), number * unit)
