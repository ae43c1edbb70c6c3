"""Which of the turns that an engine ranks may be shown, and in which order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias

import numpy as np

from bot.call import Call
from bot.search.findings import Match
from bot.search.hits import Hits, Scores
from bot.search.marker import Marker
from bot.search.matches import Matches

Place: TypeAlias = tuple[str, int]
"""The id of a turn's call, and its index in it."""

PART = 0.8
"""What remains of the score of a turn that holds part of the topic."""
OTHER = 0.05
"""What remains of the score of a turn that says the topic in other words only, where it is one thing: it comes last."""
BRIEF = 400
"""Characters below which a turn says too little to be the best answer: its score sinks, to half at no length."""
PAGE = 10
"""Ranks within which a turn that holds only part of the topic may stand: a long tail of them would look like finds."""
CUT = 0.15
"""Share of the best turn's score below which a turn that holds only part of the topic is left out."""
MANY = 500
"""Turns above which a match is made only when somebody looks at it: few are made sooner than they are kept apart."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which turns (call, index) hold the `whole` topic, which enough of it to be shown beside those (`partly`).

    `whole` is None where all that are ranked hold it. `literal` are those of the whole ones that hold it in the words
    typed (None: all).
    """

    whole: Collection[Place] | None = None
    partly: Collection[Place] = ()
    literal: Collection[Place] | None = None

    def shown(self, hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> Sequence[Match]:
        """Return the turns that may be shown, best first.

        Those that hold the whole topic; and those that hold part of it, on the first ranks, if not far behind.
        """
        if len(hits) > MANY and self.whole is None and self.literal is None and not marker.choosy:
            return _all(hits, marker, calls)
        return self._chosen(hits, marker, calls)

    def _chosen(self, hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> list[Match]:
        places = list(hits.places())
        held = {name: call.turns for name in {name for name, _ in places} if (call := calls.get(name)) is not None}
        # A call may have left, or changed, since the engine looked.
        passing = [turn < len(held.get(name, ())) for name, turn in places]
        if marker.choosy:
            there = zip(places, passing, strict=True)
            passing = [passes and marker.holds(held[name][turn].text) for (name, turn), passes in there]
        if not all(passing):
            hits, places = hits.only(np.flatnonzero(passing)), list(compress(places, passing))
        scores = hits.scores
        holding = _among(places, self.whole)
        scores = np.where(holding, scores, scores * PART)
        scores = np.where(holding & ~_among(places, self.literal), scores * OTHER, scores) * _brevity(hits)
        order, ranked = np.argsort(-scores, kind="stable").tolist(), scores.tolist()
        if self.whole is not None:
            order = self._admitted(order, places, ranked, holding.tolist())
        return [
            Match(name, turn, ranked[at], None, None, marker, held[name])
            for at, (name, turn) in zip(order, map(places.__getitem__, order), strict=True)
        ]

    def _admitted(
        self, order: Sequence[int], places: Sequence[Place], scores: Sequence[float], holding: Sequence[bool]
    ) -> list[int]:
        """Leave out, of hits in order, those that hold too little of the topic, or stand too low."""
        best = next((scores[at] for at in order if holding[at]), 0.0)
        admitted = list[int]()
        for at in order:
            high = len(admitted) < PAGE and scores[at] >= CUT * best
            if holding[at] or (high and places[at] in self.partly):
                admitted.append(at)
        return admitted


def _all(hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> Matches:
    """Return all of very many turns as `Standing` does, each match to be made when somebody looks at it."""
    call, turn = hits.rows[:, 0], hits.rows[:, 1]
    turns = np.zeros(len(hits.names), np.uint32)
    for number in np.flatnonzero(np.bincount(call)).tolist():
        held = calls.get(hits.names[number])
        turns[number] = 0 if held is None else len(held.turns)
    hits = hits.only(np.flatnonzero(turn < turns[call]))
    hits = hits.times(_brevity(hits)).by_score()
    return Matches(hits.ids(), hits.rows[:, 1].tolist(), hits.scores.tolist(), marker, calls)


def _among(places: Sequence[Place], some: Collection[Place] | None) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Tell of each place whether it is among some; None stands for all."""
    if some is None:
        return np.ones(len(places), np.bool_)
    return np.fromiter(map(some.__contains__, places), np.bool_, len(places))


def _brevity(hits: Hits) -> Scores:
    """Return what is left of each score for the length of its turn."""
    start, end = hits.rows[:, 2], hits.rows[:, 3]
    short = (start == 0) & (end < BRIEF)  # the first passage of a longer turn is longer
    return np.where(short, (end + float(BRIEF)) / (2 * BRIEF), 1.0)
