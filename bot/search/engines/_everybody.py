"""What a search finds in everybody's turns, for all who want those of some speakers, calls or parts of them.

A question looks for one topic in management's turns and then in analysts', and people ask about one in several ways. To
rank everybody's passages takes hardly longer than to rank some people's, and then tells all of those.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias, TypeVar

import numpy as np

from bot.kind import Kind
from bot.search.engine import Plan
from bot.search.hits import Flags, Hits
from bot.search.passages import Ids, Numbers
from bot.search.wanted import Wanted

BITS = 3
"""Of a passage's id, those that tell who speaks in it; the others are its number."""
CODES = {kind: code for code, kind in enumerate(Kind)}
"""By which number an id tells a kind: another order of kinds is another format of the index."""
RANKED = 1_000
"""Passages of everybody's that are ranked where not all are to be counted: so many of them are of either side that
hardly any search is made again."""
KEPT = 256
"""Rankings kept, one or two a topic: those that people ask about at the moment. So many plans are noted as come before,
and so many as too many to rank: what is noted for longer would be ranked to be forgotten."""
TURNS = 400_000
"""Turns in all of them together, at most: 40 bytes each."""
PASSED = 16
"""Filters of which it is kept what passes them: a byte a passage each. So many are noted as come before."""
AGAIN = 2
"""Times that somebody has come with a topic before everybody's turns are ranked by it: one question comes twice."""
ANYBODYS = Wanted()

Key: TypeAlias = tuple[int, int, int, int]
K = TypeVar("K")
V = TypeVar("V")


def id_of(number: int, kind: Kind) -> int:
    """Return the id of a passage: its number, and who speaks in it."""
    return number << BITS | CODES[kind]


def numbers(ids: Ids) -> Numbers:
    """Return the numbers of passages by their ids."""
    return np.asarray(ids, np.int64) >> BITS


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody's turns by rank, each by its best passage. `complete`: these are all there are.

    `numbers` are those of the passages, `codes` say who speaks in them. What a turn passes, all its passages pass.
    """

    hits: Hits
    numbers: Numbers
    codes: Numbers
    complete: bool

    @classmethod
    def of(cls, ids: Numbers, hits: Hits, *, complete: bool) -> "Ranking":
        """Return the ranking of passages, `hits` of these `ids`."""
        first = hits.firsts()
        if first is not None:
            hits, ids = hits.only(first), ids.take(first)
        return cls(hits, ids >> BITS, ids & ((1 << BITS) - 1), complete)

    def among(self, kinds: Iterable[Kind], passing: "Flags | None", most: int) -> tuple[Hits, int]:
        """Return the best `most` turns in which one of these `kinds` speaks, and how many there are; of no kind, all.

        `passing` tells of each passage whether it is wanted, None of none that it is not.
        """
        flags = None if passing is None else passing.take(self.numbers)
        spoken = tuple(kinds)
        if spoken:
            said = _of_kinds(spoken).take(self.codes)
            flags = said if flags is None else flags & said
        if flags is None:
            return self.hits[:most], len(self.hits)
        places = flags.nonzero()[0]
        return self.hits.only(places[:most]), len(places)


@cache
def _of_kinds(kinds: tuple[Kind, ...]) -> Flags:
    """Tell of each code whether it is that of one of these kinds."""
    wanted = np.zeros(1 << BITS, np.bool_)
    wanted[[CODES[kind] for kind in kinds]] = True
    return wanted


class Rankings:
    """The last rankings of one state of an index, and what passes the filters that people come with again."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[Plan, Ranking]] = {}
        self._since = 0  # turns of those that came since there was made room
        self._met: dict[Key, tuple[Plan, int]] = {}
        self._crowded: dict[Key, Plan] = {}
        self._passing: dict[Wanted, tuple[Flags | None]] = {}
        self._wanted: dict[Wanted, None] = {}

    @staticmethod
    def serve(plan: Plan) -> bool:
        """Whether others may be asked for next where this plan's are: those of another half of the kinds."""
        return 1 < len(plan.wanted.kinds) <= len(Kind) // 2 and plan.limit * 4 <= RANKED

    def due(self, plan: Plan) -> bool:
        """Whether everybody's turns are worth ranking: others come next, or somebody has been here with this topic.

        They are not where they were too many to be counted so, and are to be counted.
        """
        key = _key(plan)
        if plan.counted and key in self._crowded:
            return False
        if self.serve(plan):
            return True
        met = self._met.get(key)
        times = 0 if met is None else met[1]
        if times >= AGAIN:
            return True
        _keep(self._met, key, (plan, times + 1), KEPT)
        return False

    def get(self, plan: Plan) -> Ranking | None:
        """Return what is known of everybody's turns by a plan, where that tells as much as is asked for."""
        key = _key(plan)
        known = self._held.get(key)
        if known is None or (plan.counted and not known[1].complete):
            return None
        _keep(self._held, key, known, KEPT)
        return known[1]

    def keep(self, plan: Plan, ranking: Ranking | None) -> None:
        """Keep what was found of everybody's turns by a plan, or that they are too many: None."""
        if ranking is None:
            _keep(self._crowded, _key(plan), plan, KEPT)
            return
        _keep(self._held, _key(plan), (plan, ranking), KEPT)
        self._since += len(ranking.hits)
        if self._since > TURNS // 2:
            self._make_room()

    def _make_room(self) -> None:
        """Drop the oldest rankings until they hold half of what they may, or less."""
        held = tuple(self._held.items())
        kept = sum(len(each.hits) for _, (_, each) in held)
        for key, (_, each) in held:
            if kept <= TURNS // 2:
                break
            self._held.pop(key, None)
            kept -= len(each.hits)
        self._since = 0

    def passing(self, wanted: Wanted, look: "Callable[[Wanted], Flags | None]") -> "tuple[bool, Flags | None]":
        """Tell what passes filters, kinds aside: None where all does. The first of the pair says whether it is known.

        Who comes for the first time with some filters is better served by a search within them, and so is who names
        calls or exchanges, of which few pass. What `look` finds for whoever comes next is kept; it gives None where too
        much passes.
        """
        if wanted.calls is not None or wanted.exchanges is not None:
            return False, None
        if wanted == Wanted(kinds=wanted.kinds):
            return True, None
        others = replace(wanted, kinds=()) if wanted.kinds else wanted
        known = self._passing.get(others)  # looked up once: a thread beside may drop it at any moment
        if known is None and others not in self._wanted:
            _keep(self._wanted, others, None, PASSED)
            return False, None
        known = known or (look(others),)
        _keep(self._passing, others, known, PASSED)
        return known[0] is not None, known[0]


def _keep(held: dict[K, V], key: K, value: V, most: int) -> None:
    """Keep a value as the latest. The oldest gives way: threads at once may drop the same one."""
    held.pop(key, None)
    if len(held) >= most:
        held.pop(next(iter(tuple(held))), None)
    held[key] = value


def _key(plan: Plan) -> Key:
    # What a topic is read as is kept: its parts are compared by being the same object. To compare them takes longer. A
    # plan is held beside what is kept of it, so that no others are there under their ids.
    return id(plan.concepts), plan.least, id(plan.must), id(plan.never)
