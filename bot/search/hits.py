"""Very many ranked turns, as columns: a word that everybody says is found in tens of thousands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, overload

import numpy as np

from bot.search.engine import Ranked

Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
Scores: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"


@dataclass(frozen=True, slots=True, eq=False)
class Hits(Sequence[Ranked]):
    """Ranked turns, best first; each is made when somebody looks at it.

    `call` is a place in `names` (ids of calls), `turn` an index in the call, `start` and `end` the characters of the
    passage that was found, `score` the engine's.
    """

    names: Sequence[str]
    call: Numbers
    turn: Numbers
    start: Numbers
    end: Numbers
    score: Scores

    @classmethod
    def of(cls, ranked: Iterable[Ranked]) -> "Hits":
        """Return ranked turns as columns."""
        if isinstance(ranked, Hits):
            return ranked
        given = tuple(ranked)
        places = {name: place for place, name in enumerate(dict.fromkeys(hit.call for hit in given))}
        columns = [[places[hit.call] for hit in given], *([hit[at] for hit in given] for at in (1, 2, 3))]
        call, turn, start, end = (np.asarray(column, np.int64) for column in columns)
        return cls(tuple(places), call, turn, start, end, np.asarray([hit.score for hit in given], np.float64))

    def __len__(self) -> int:
        return len(self.call)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> "Hits": ...
    def __getitem__(self, place: int | slice) -> "Ranked | Hits":
        if isinstance(place, slice):
            return self.only(np.arange(len(self))[place])
        call, turn = self.names[int(self.call[place])], int(self.turn[place])
        return Ranked(call, turn, int(self.start[place]), int(self.end[place]), float(self.score[place]))

    def __iter__(self) -> Iterator[Ranked]:
        names = self.names
        columns = (self.call, self.turn, self.start, self.end, self.score)
        for call, turn, start, end, score in zip(*(column.tolist() for column in columns), strict=True):
            yield Ranked(names[call], turn, start, end, score)

    def only(self, places: Numbers) -> "Hits":
        """Return the hits at these places, in this order."""
        return Hits(
            self.names,
            self.call[places],
            self.turn[places],
            self.start[places],
            self.end[places],
            self.score[places],
        )

    def first_of_each(self, most: int) -> "Hits":
        """Return the first hit of each turn, as they stand, at most so many: passages of one turn are one."""
        _, first = np.unique((self.call << 32) | self.turn, return_index=True)
        if len(first) == len(self) <= most:
            return self
        return self.only(np.sort(first)[:most])

    def ids(self) -> list[str]:
        """Return the id of each hit's call."""
        return list(map(self.names.__getitem__, self.call.tolist()))

    def times(self, factors: "Scores | float") -> "Hits":
        """Return the hits with their scores multiplied, as they stand: by one factor, or each by its own."""
        return Hits(self.names, self.call, self.turn, self.start, self.end, self.score * factors)

    def by_score(self) -> "Hits":
        """Return the hits best first; equals stay as they stand."""
        return self.only(np.argsort(-self.score, kind="stable"))

    def and_(self, more: "Hits") -> "Hits":
        """Return these hits and more, in this order."""
        return Hits(
            (*self.names, *more.names),
            np.concatenate((self.call, more.call + len(self.names))),
            np.concatenate((self.turn, more.turn)),
            np.concatenate((self.start, more.start)),
            np.concatenate((self.end, more.end)),
            np.concatenate((self.score, more.score)),
        )
