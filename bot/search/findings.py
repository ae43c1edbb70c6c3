"""What a search found, before anything is decided about saying it."""

from collections.abc import Callable
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


Spans = tuple[tuple[int, int], ...]


class Match:
    """A turn that was found. `spans` are half-open character offsets into the turn's text that hold the match.

    A question may find thousands of turns and show three: `why` and `spans` are worked out by `mark`, where it is
    given, when somebody first looks at them; `why` alone by `tell`, which costs less. To everybody
    else a match is a plain value.
    """

    __slots__ = ("_mark", "_spans", "_tell", "_why", "call", "score", "turn")

    def __init__(
        self,
        call: str,
        turn: int,
        score: float,
        why: Why = Why.MATCHED,
        spans: Spans = (),
        *,
        mark: Callable[[], tuple[Why, Spans]] | None = None,
        tell: Callable[[], Why] | None = None,
    ) -> None:
        self.call = call
        self.turn = turn
        self.score = score
        self._why = why
        self._spans = spans
        self._mark = mark
        self._tell = tell

    @property
    def why(self) -> Why:
        """Why the turn is in the answer."""
        if self._tell is not None:
            self._why, self._tell = self._tell(), None
        elif self._mark is not None:
            self._look()
        return self._why

    @property
    def spans(self) -> Spans:
        """Which characters of the turn's text hold the match."""
        self._look()
        return self._spans

    def _look(self) -> None:
        if self._mark is not None:
            self._why, self._spans = self._mark()
            self._mark = self._tell = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return NotImplemented
        return self._values == other._values

    def __hash__(self) -> int:
        return hash((self.call, self.turn, self.score))

    def __repr__(self) -> str:
        return f"Match{self._values}"

    @property
    def _values(self) -> tuple[str, int, float, Why, Spans]:
        return self.call, self.turn, self.score, self.why, self.spans


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
