"""What a search found, before anything is decided about saying it."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.query.reading import Reading


class Why(StrEnum):
    """Why a turn is in the answer."""

    MATCHED = "matched"
    CORRECTED = "corrected"
    SYNONYM = "synonym"
    SEMANTIC = "semantic"
    FOLLOW_UP = "follow-up"  # says only "they" or "that", in an exchange about the topic
    FILTER = "filter"  # no topic was asked: the turn passes the filters


@dataclass(frozen=True, slots=True)
class Match:
    """A turn that was found. `spans` are half-open character offsets into the turn's text that hold the match."""

    call: str
    turn: int
    score: float
    why: Why
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Matches in rank order, how the topic's words were read, and what stands near where nothing was found.

    `total` counts all matching turns, also beyond the limit. `nearest` are words of the library near to the topic's
    that do occur, offered where nothing was found.
    """

    matches: tuple[Match, ...] = ()
    total: int = 0
    readings: tuple[Reading, ...] = ()
    nearest: tuple[str, ...] = ()
    explain: tuple[str, ...] = field(default=())
