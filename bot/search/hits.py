"""Ranked turns as columns: a search finds a hundred, or ten thousand, and few of them are looked at one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, overload

import numpy as np

from bot.search.engine import Ranked
from bot.search.passages import Rows

Scores: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"
Places: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
Turns: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.uint64]]"
Flags: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.bool_]]"


@dataclass(frozen=True, slots=True, eq=False)
class Hits(Sequence[Ranked]):
    """Ranked turns, best first; each is made when somebody looks at it.

    A row is a hit: its call's place in `names` (ids of calls), its turn's index in the call, the first and last
    character of the passage that was found; `scores` are the engine's. `total` is how many turns the engine holds that
    are like these, these included, where it knows. An engine that gives the same `names`, as one object, to what
    several searches find numbers calls alike in all of it.
    """

    names: Sequence[str]
    rows: Rows
    scores: Scores
    total: int | None = None

    @classmethod
    def of(cls, ranked: Iterable[Ranked]) -> "Hits":
        """Return ranked turns as columns."""
        if type(ranked) is Hits:
            return ranked
        given = tuple(ranked)
        places = {name: place for place, name in enumerate(dict.fromkeys(hit.call for hit in given))}
        rows = np.asarray([(places[call], *row) for call, *row, _ in given], np.uint32).reshape(-1, 4)
        return cls(tuple(places), rows, np.asarray([hit.score for hit in given], np.float64))

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Ranked: ...
    @overload
    def __getitem__(self, place: slice) -> "Hits": ...
    def __getitem__(self, place: int | slice) -> "Ranked | Hits":
        if isinstance(place, slice):
            return Hits(self.names, self.rows[place], self.scores[place])
        call, turn, start, end = self.rows[place].tolist()
        return Ranked(self.names[call], turn, start, end, float(self.scores[place]))

    def __iter__(self) -> Iterator[Ranked]:
        for (call, turn, start, end), score in zip(self.rows.tolist(), self.scores.tolist(), strict=True):
            yield Ranked(self.names[call], turn, start, end, score)

    def places(self) -> "zip[tuple[str, int]]":
        """Return the place of each hit: its call's id and its turn's index."""
        return zip(self.ids(), self.rows[:, 1].tolist(), strict=True)

    @property
    def turns(self) -> Turns:
        """The turn of each hit: its call and its index, read as one number."""
        return self.rows.view(np.uint64)[:, 0]

    def among(self, others: "Hits") -> Flags:
        """Tell of each hit whether its turn is among those of others."""
        if self.names is not others.names:
            return np.fromiter(map(set(others.places()).__contains__, self.places()), np.bool_, len(self))
        if not len(others):
            return np.zeros(len(self), np.bool_)
        known, turns = others.turns.copy(), self.turns  # as methods: numpy's functions look first who should do it
        known.sort()
        return np.equal(known.take(known.searchsorted(turns), mode="clip"), turns)

    def ids(self) -> list[str]:
        """Return the id of each hit's call."""
        return list(map(self.names.__getitem__, self.rows[:, 0].tolist()))

    def of_all(self, total: int | None) -> "Hits":
        """Return these as the first ones of so many."""
        return self if total == self.total else Hits(self.names, self.rows, self.scores, total)

    def only(self, places: Places) -> "Hits":
        """Return the hits at these places, in this order."""
        return Hits(self.names, self.rows.take(places, 0), self.scores.take(places))

    def times(self, factors: "Scores | float") -> "Hits":
        """Return the hits with their scores multiplied, as they stand: by one factor, or each by its own."""
        return Hits(self.names, self.rows, self.scores * factors)

    def by_score(self) -> "Hits":
        """Return the hits best first; equals stay as they stand."""
        return self.only(np.argsort(-self.scores, kind="stable"))

    def first_of_each(self, most: int) -> "Hits":
        """Return the first hit of each turn, as they stand, at most so many: passages of one turn are one."""
        first = self.firsts()
        if first is None:
            return self if len(self) <= most else self[:most]
        return self.only(first[:most])

    def firsts(self) -> "Places | None":
        """Return the places of the first hits of each turn, as they stand; None where no turn has a second one."""
        turns = self.turns
        order = turns.argsort(kind="stable")
        ordered = turns.take(order)
        new = np.ones(len(order), np.bool_)
        np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
        if np.count_nonzero(new) == len(order):
            return None
        first = order[new]
        first.sort()
        return first

    def and_(self, more: "Hits") -> "Hits":
        """Return these hits and more, in this order."""
        names = list(self.names)  # an engine's grow while calls are added
        rows = more.rows + np.asarray([len(names), 0, 0, 0], np.uint32)
        names += more.names
        scores = np.concatenate((self.scores, more.scores))
        return Hits(names, np.concatenate((self.rows, rows)), scores)
