"""Two engines as one: a large one that many share, and a small one beside it whose calls only some may see."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from bot.call import Call
from bot.query.topic import AllOf, AnyOf, Near, Node, Phrase, Term
from bot.search.engine import Engine, Plan, Ranked
from bot.search.hits import Hits
from bot.search.layered import Layered
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary
from bot.search.words import keys


class Joined:
    """Finds in `base` and in `own`, best first; `base` learns nothing of `own`, which holds the calls `ids`.

    Each engine weighs a word by how rare it is among its own turns. So that a turn of a small library stands where it
    would in one library of all, its scores are multiplied by how much rarer the query's words are in both together.
    The lengths of turns are still compared with those of their own library.
    """

    def __init__(self, base: Engine, words: Vocabulary, own: Engine, mine: Vocabulary, ids: frozenset[str]) -> None:
        self._base, self._own, self._ids = base, own, ids
        self._base_words, self._own_words = words, mine
        self._words = Layered(words, mine)

    async def find(self, plan: Plan) -> Sequence[Ranked]:
        """Rank the turns of both, best first."""
        if plan.wanted.calls is not None and self._ids.issuperset(plan.wanted.calls):
            return await self._own.find(plan)
        theirs = await self._base.find(plan)
        if plan.wanted.calls is not None and self._ids.isdisjoint(plan.wanted.calls):
            return theirs
        mine = await self._own.find(plan)
        if not mine:
            return theirs
        less, more = self._factor(plan, self._base_words), self._factor(plan, self._own_words)
        base, own = Hits.of(theirs), Hits.of(mine)
        total = None if base.total is None or own.total is None else base.total + own.total
        # A call may have come to the base since, under an id that is taken here.
        base = base.only(np.flatnonzero([id_ not in self._ids for id_ in base.ids()]))
        return base.times(less).and_(own.times(more)).by_score()[: plan.limit].of_all(total)

    async def count(self, plan: Plan) -> int:
        """Count the turns that pass in both."""
        return await self._base.count(plan) + await self._own.count(plan)

    async def add(self, calls: Iterable[Call]) -> None:
        """Index calls among the own ones."""
        new = tuple(calls)
        await self._own.add(new)
        self._ids |= {call.id for call in new}

    async def remove(self, ids: Iterable[str]) -> None:
        """Forget calls of the own ones."""
        await self._own.remove(ids)

    def vocabulary(self) -> Vocabulary:
        """Every full word of the turns of both, with its number of turns."""
        return self._words

    def _factor(self, plan: Plan, words: Vocabulary) -> float:
        """Return what brings an engine's scores to those of one library of all."""
        roots = set[str]().union(*(_roots(clause.node) for part in plan.concepts for clause in part.clauses))
        here = [root for root in roots if words.holds(root)]
        apart = sum(_rarity(root, words) for root in here)
        return sum(_rarity(root, self._words) for root in here) / apart if apart else 1.0


def _rarity(root: str, words: Vocabulary) -> float:
    """Return BM25's weight of a word by the turns that hold it (Robertson's idf, as tantivy has it)."""
    holding = min(sum(words.get(form, 0) for form in words.forms(root)), words.turns)
    return math.log(1 + (words.turns - holding + 0.5) / (holding + 0.5))


def _roots(node: Node) -> set[str]:
    """Return the stems of the words that a node looks for."""
    match node:
        case Term():
            return {stem(key) for key in keys(node.word)}
        case Phrase():
            return {stem(key) for word in node.words for key in keys(word)}
        case Near():
            return _roots(node.left) | _roots(node.right)
        case AllOf() | AnyOf():
            return set[str]().union(*map(_roots, node.parts))
