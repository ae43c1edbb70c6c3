"""A source after reading and before parsing: lines or records, and what the format says about the call."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.participant import Participant
from bot.problem import Problem
from bot.reading.line import Line
from bot.reading.record import Record


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader hands to the parser.

    Text formats give `lines`; formats that delimit speech themselves give `records` (then `lines` may be empty, or hold
    a header). `header` holds metadata the format names by itself (keys: company, ticker, year, quarter, date, title).
    `problems` are the mends made while reading.
    """

    format: str
    lines: tuple[Line, ...] = ()
    records: tuple[Record, ...] = ()
    header: Mapping[str, str] = field(default_factory=dict)
    participants: tuple[Participant, ...] = ()
    problems: tuple[Problem, ...] = ()
