"""Which of the turns that an engine ranks may be shown, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import lt

import numpy as np

from bot.call import Call
from bot.search.findings import Match
from bot.search.hits import Flags, Hits, Places, Scores
from bot.search.marker import Marker
from bot.search.matches import Matches
from bot.turn import Turn

PART = 0.8
"""What remains of the score of a turn that holds part of the topic."""
OTHER = 0.05
"""What remains of the score of a turn that says the topic in other words only, where it is one thing: it comes last."""
BRIEF = 400
"""Characters below which a turn says too little to be the best answer: its score sinks, to half at no length."""
PAGE = 10
"""Ranks within which a turn that holds only part of the topic must score: a long tail of them would look like finds."""
CUT = 0.15
"""Share of the best turn's score below which a turn that holds only part of the topic is left out."""
MANY = 500
"""Turns above which a match is made only when somebody looks at it: few are made sooner than they are kept apart."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which turns hold the `whole` topic, and which of the others enough of it to be shown beside those (`partly`).

    `whole` is None where all that are ranked hold it. `literal` are those of the whole ones that hold it in the words
    typed. None stands for all there, too.
    """

    whole: Hits | None = None
    partly: Hits | None = None
    literal: Hits | None = None

    def shown(self, hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> "Shown":
        """Return the turns that may be shown, best first.

        Those that hold the whole topic; then those that hold part of it and would be on the first ranks, if not far
        behind.
        """
        if marker.choosy:
            hits = _passing(hits, marker, calls)
        elif len(hits) > MANY:
            hits = _there(hits, calls)
        best, partly = self._standing(hits)
        ids, (turn, *_), scores = best.ids(), best.rows.T[1:].tolist(), best.scores.tolist()
        if len(best) > MANY:
            return Shown(Matches(ids, turn, scores, marker, calls), _at(ids, turn, partly))
        held = _held(ids, turn, calls)
        if held is None:
            return self.shown(_there(hits, calls), marker, calls)
        unread = repeat(None)  # why it is a match, and where
        return Shown(list(map(Match, ids, turn, scores, unread, unread, repeat(marker), held)), _at(ids, turn, partly))

    def _standing(self, hits: Hits) -> tuple[Hits, Sequence[int]]:
        """Return the hits that may be shown, best first, and the ranks of those that hold only part of the topic."""
        holding = None if self.whole is None else hits.among(self.whole)
        scores = hits.scores
        if holding is not None:
            scores = np.where(holding, scores, scores * PART)
        if self.literal is not None:
            other = ~hits.among(self.literal)
            scores = np.where(other if holding is None else holding & other, scores * OTHER, scores)
        scores = scores * _brevity(hits)
        order = (-scores).argsort(kind="stable")
        partly: Sequence[int] = ()
        if holding is not None:
            order = order[self._admitted(hits, scores, holding, order)]
            holds = holding.take(order)
            order = np.concatenate((order[holds], order[~holds]))  # what holds all of it comes first
            partly = range(int(holds.sum()), len(order))
        return Hits(hits.names, hits.rows.take(order, 0), scores.take(order)), partly

    def _admitted(self, hits: Hits, scores: Scores, holding: Flags, order: Places) -> Flags:
        """Tell, of hits in order, which hold the topic, or enough of it and stand high."""
        holds = holding.take(order)
        best = scores[order[holds.argmax()]] if holds.any() else 0.0
        may = scores >= CUT * best
        if self.partly is not None:
            may &= hits.among(self.partly)
        may = may.take(order) | holds
        return may & (holds | (may.cumsum() <= PAGE))


@dataclass(frozen=True, slots=True)
class Shown:
    """The turns that may be shown, best first, and the places of those that hold only part of the topic."""

    matches: Sequence[Match]
    partly: frozenset[tuple[str, int]] = frozenset()


def _at(ids: Sequence[str], turns: Sequence[int], ranks: Sequence[int]) -> frozenset[tuple[str, int]]:
    return frozenset([(ids[rank], turns[rank]) for rank in ranks]) if ranks else frozenset()


def _held(ids: Sequence[str], turns: Sequence[int], calls: Mapping[str, Call]) -> list[Sequence[Turn]] | None:
    """Return the turns of each hit's call; None where some hit is not there (see `_there`), which is rare."""
    try:
        held: list[Sequence[Turn]] = [calls[id_].turns for id_ in ids]
    except KeyError:
        return None
    return held if all(map(lt, turns, map(len, held))) else None


def _there(hits: Hits, calls: Mapping[str, Call]) -> Hits:
    """Return the hits that are there: a call may have left, or changed, since the engine looked."""
    call, turn = hits.rows[:, 0], hits.rows[:, 1]
    turns = np.zeros(len(hits.names), np.uint32)
    for number in np.flatnonzero(np.bincount(call)).tolist():
        held = calls.get(hits.names[number])
        turns[number] = 0 if held is None else len(held.turns)
    return hits.only(np.flatnonzero(turn < turns.take(call)))


def _passing(hits: Hits, marker: Marker, calls: Mapping[str, Call]) -> Hits:
    """Return the hits that are there and whose texts a choosy marker lets pass."""
    passing = [
        (call := calls.get(id_)) is not None and turn < len(call.turns) and marker.holds(call.turns[turn].text)
        for id_, turn in hits.places()
    ]
    return hits.only(np.flatnonzero(passing))


def _brevity(hits: Hits) -> Scores:
    """Return what is left of each score for the length of its turn.

    It is told by where the passage ends: only the first one of a turn can end so soon, and only if it is all of it.
    """
    return (np.minimum(hits.rows[:, 3], BRIEF) + float(BRIEF)) / (2 * BRIEF)
