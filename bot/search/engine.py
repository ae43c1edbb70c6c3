"""The port every search engine stands behind. Correction, thesaurus, exchanges, spans and quotes stay above it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from bot.call import Call
from bot.query.topic import Node
from bot.search.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Clause:
    """One scored part of a plan: a turn that holds `node` earns BM25 times `weight`; `exact` compares unstemmed."""

    node: Node
    weight: float = 1.0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing a topic is about, by all its names: a turn that holds any of the clauses holds it, and earns each."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is asked.

    At least `least` of `concepts` (none given: every turn that passes), all of `must`, none of `never`, within
    `wanted`; the best `limit` (at least 1) by score. `counted`: how many turns there are beyond them is wanted, too.
    """

    concepts: tuple[Concept, ...] = ()
    least: int = 1
    must: tuple[Clause, ...] = ()
    never: tuple[Clause, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    limit: int = 100
    counted: bool = False

    def within(self, wanted: Wanted, limit: int, *, counted: bool = False) -> "Plan":
        """Return this plan for the turns that pass other filters, and another limit."""
        return Plan(self.concepts, self.least, self.must, self.never, wanted, limit, counted)


class Ranked(NamedTuple):
    """A turn (a passage of it, for long ones) as the engine ranks it. `start`, `end`: the passage's characters."""

    call: str
    turn: int
    start: int
    end: int
    score: float


class Searching(Protocol):
    """What a search asks of an engine. Only this port is async: the engine may be a network away."""

    async def find(self, plan: Plan) -> Sequence[Ranked]:
        """Rank turns, best first.

        An engine that learns on its way what `count` would tell of a plan that is `counted` says so: `Hits.total`.
        """
        ...

    async def count(self, plan: Plan) -> int:
        """Count the turns that pass, whatever the plan's limit; many thousands may be counted by passage."""
        ...


class Engine(Searching, Protocol):
    """A search engine: what is searched, and kept current."""

    async def add(self, calls: Iterable[Call]) -> None:
        """Index calls; they are found by the next `find`. A call of the same id is replaced."""
        ...

    async def remove(self, ids: Iterable[str]) -> None:
        """Forget calls at once."""
        ...

    def vocabulary(self) -> Mapping[str, int]:
        """Every full word (lower case) of the indexed turns, with the number of turns that hold it.

        Of a long turn, each passage that holds it may count.
        """
        ...
