"""What a search found, before anything is decided about saying it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, overload

from bot.query.reading import Reading
from bot.turn import Turn


class Why(StrEnum):
    """Why a turn is in the answer."""

    MATCHED = "matched"
    CORRECTED = "corrected"
    SYNONYM = "synonym"
    SEMANTIC = "semantic"
    FOLLOW_UP = "follow-up"  # says only "they" or "that", in an exchange about the topic
    FILTER = "filter"  # no topic was asked: the turn passes the filters


Spans = tuple[tuple[int, int], ...]


class Marker(Protocol):
    """Says of a turn's text why it was found, and where it holds what was looked for."""

    def mark(self, text: str) -> tuple[Why, Spans]:
        """Return why the text is a match, and the spans."""
        ...

    def why(self, text: str) -> Why:
        """Say why the text is a match, which costs less."""
        ...


class Match:
    """A turn that was found. `spans` are half-open character offsets into the turn's text that hold the match.

    A question may find thousands of turns and show three: where a `marker` is given, it works out `why` and `spans`
    from the text of the turn, among the call's `turns`, when somebody first looks at them. To everybody else a match is
    a plain value.
    """

    __slots__ = ("_marker", "_spans", "_turns", "_why", "call", "score", "turn")

    def __init__(
        self,
        call: str,
        turn: int,
        score: float,
        why: Why | None = Why.MATCHED,
        spans: Spans | None = (),
        marker: Marker | None = None,
        turns: Sequence[Turn] = (),
    ) -> None:
        self.call = call
        self.turn = turn
        self.score = score
        self._why = why
        self._spans = spans
        self._marker = marker
        self._turns = turns

    @property
    def why(self) -> Why:
        """Why the turn is in the answer."""
        if self._why is None:
            self._why = self._marker.why(self._turns[self.turn].text) if self._marker is not None else Why.MATCHED
        return self._why

    @property
    def spans(self) -> Spans:
        """Which characters of the turn's text hold the match."""
        if self._spans is None:
            if self._marker is None:
                self._why, self._spans = self.why, ()
            else:
                self._why, self._spans = self._marker.mark(self._turns[self.turn].text)
            self._marker = None
        return self._spans

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


class Explained(Sequence[str]):
    """Lines that say how a search went, written when somebody reads them."""

    __slots__ = ("_lines", "_write")

    def __init__(self, write: Callable[[], tuple[str, ...]] = tuple) -> None:
        self._write = write
        self._lines: tuple[str, ...] | None = None

    def _written(self) -> tuple[str, ...]:
        if self._lines is None:
            self._lines = self._write()
        return self._lines

    def __len__(self) -> int:
        return len(self._written())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        return self._written()[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written())


@dataclass(frozen=True, slots=True)
class Findings:
    """Matches in rank order, how the topic's words were read, and what stands near where nothing was found.

    `total` counts all matching turns, also beyond the limit. `nearest` are words of the library near to the topic's
    that do occur, offered where nothing was found; `unsaid` are the topic's own that no turn of the library holds.
    `partly` are the places of matches that hold only part of the topic: shown, and not counted. `followed` are
    those of matches that belong to the topic by their exchange, without naming it. `spares` says which of the topic's
    words a turn that counts need not hold, "" where it holds all.
    """

    matches: Sequence[Match] = ()
    total: int = 0
    readings: tuple[Reading, ...] = ()
    nearest: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    partly: frozenset[tuple[str, int]] = frozenset()
    followed: frozenset[tuple[str, int]] = frozenset()
    spares: str = ""
    explain: Sequence[str] = field(default=(), compare=False)
