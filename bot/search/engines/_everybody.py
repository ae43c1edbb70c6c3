"""What a search finds in everybody's turns, for all who want those of some kinds of speakers.

A question looks for one topic in management's turns and then in analysts', by the same plans. To rank everybody's
passages takes as long as to rank those of either, and tells both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from bot.kind import Kind
from bot.search.engine import Concept, Plan
from bot.search.hits import Scores
from bot.search.passages import Ids, Numbers

BITS = 3
"""Of a passage's id, those that tell who speaks in it; the others are its number."""
CODES = {kind: code for code, kind in enumerate(Kind)}
"""By which number an id tells a kind: another order of kinds is another format of the index."""
RANKED = 1_000
"""Passages of everybody's that are ranked where not all are to be counted: so many of them are of either side that
hardly any search is made again."""
KEPT = 32
"""Rankings kept: those of one question, by all its plans."""

Key: TypeAlias = tuple[int, Plan]


def id_of(number: int, kind: Kind) -> int:
    """Return the id of a passage: its number, and who speaks in it."""
    return number << BITS | CODES[kind]


def numbers(ids: Ids) -> Numbers:
    """Return the numbers of passages by their ids."""
    return np.asarray(ids, np.int64) >> BITS


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody's passages by rank: their ids and scores. `complete`: these are all there are."""

    ids: Numbers
    scores: Scores
    complete: bool

    def of(self, kinds: Iterable[Kind]) -> tuple[Numbers, Scores]:
        """Return the numbers and scores of the passages in which one of these kinds speaks."""
        wanted = np.zeros(1 << BITS, np.bool_)
        wanted[[CODES[kind] for kind in kinds]] = True
        places = np.flatnonzero(wanted.take(self.ids & ((1 << BITS) - 1)))
        return self.ids.take(places) >> BITS, self.scores.take(places)


class Rankings:
    """The last few rankings of one state of an index."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[Sequence[Concept], Ranking]] = {}

    @staticmethod
    def serve(plan: Plan) -> bool:
        """Whether others may be asked for next where this plan's are: those of another half of the kinds."""
        return 1 < len(plan.wanted.kinds) <= len(Kind) // 2 and plan.limit * 4 <= RANKED

    def get(self, plan: Plan) -> Ranking | None:
        """Return what is known of everybody's turns by a plan."""
        known = self._held.get(_key(plan))
        return None if known is None else known[1]

    def keep(self, plan: Plan, ranking: Ranking) -> None:
        """Keep what was found of everybody's turns by a plan; the oldest gives way."""
        if len(self._held) >= KEPT:
            del self._held[next(iter(self._held))]
        self._held[_key(plan)] = plan.concepts, ranking  # held, no others are there under their id


def _key(plan: Plan) -> Key:
    # Concepts are compared by being the same object: to compare them takes longer than all else.
    return id(plan.concepts), Plan((), plan.least, plan.must, plan.never, plan.wanted)
