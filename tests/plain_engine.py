"""A search engine in plain Python, slow and obvious: what every real one is compared with."""

import math
import re
from collections.abc import Iterable, Mapping

from bot.call import Call
from bot.query.topic import AllOf, AnyOf, Near, Node, Phrase, Term
from bot.search import shelf
from bot.search.engine import Clause, Engine, Plan, Ranked
from bot.search.spans import Spans
from bot.search.vocabulary import Vocabulary, Words
from bot.search.words import keys


class Plain:
    """Looks at every turn, for every question."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}
        self._vocabulary = Vocabulary()

    async def find(self, plan: Plan) -> tuple[Ranked, ...]:
        scored, spans = [], Spans(self._vocabulary)
        for call, turn in shelf.turns(self.calls, plan.wanted):
            score = self._score(turn.text, plan, spans)
            if score is not None:
                scored.append(Ranked(call.id, turn.index, 0, len(turn.text), score))
        return tuple(sorted(scored, key=lambda hit: -hit.score)[: plan.limit])

    async def count(self, plan: Plan) -> int:
        return len(
            await self.find(Plan(plan.concepts, plan.least, plan.must, plan.never, plan.wanted, limit=1_000_000))
        )

    async def add(self, calls: Iterable[Call]) -> None:
        for call in calls:
            await self.remove([call.id])
            self.calls[call.id] = call
            self._vocabulary.add(Words.of(call))

    async def remove(self, ids: Iterable[str]) -> None:
        for id_ in ids:
            if id_ in self.calls:
                self._vocabulary.remove(Words.of(self.calls.pop(id_)))

    def vocabulary(self) -> Mapping[str, int]:
        return self._vocabulary

    def _score(self, text: str, plan: Plan, spans: Spans) -> float | None:
        if any(self._earned(text, clause, spans) for clause in plan.never):
            return None
        must = [self._earned(text, clause, spans) for clause in plan.must]
        concepts = [
            [earned for clause in concept.clauses if (earned := self._earned(text, clause, spans)) is not None]
            for concept in plan.concepts
        ]
        held = [earned for earned in concepts if earned]
        if None in must or len(held) < min(plan.least, len(plan.concepts)):
            return None
        return sum(earned for earned in must if earned) + sum(map(sum, held))

    def _earned(self, text: str, clause: Clause, spans: Spans) -> float | None:
        times = len(spans.of(text, clause.node, exact=clause.exact))
        if not times:
            return None
        rare = sum(math.log(1 + len(self.calls) * 10 / (1 + self._turns(word))) for word in _words(clause.node))
        return clause.weight * rare * times / (times + 0.3 + len(re.findall(r"\w+", text)) / 100)

    def _turns(self, word: str) -> int:
        return self._vocabulary.get(word, 0)


def _words(node: Node) -> list[str]:
    match node:
        case Term(word=word):
            return keys(word)
        case Phrase(words=words):
            return keys(" ".join(words))
        case Near(left=left, right=right):
            return [*_words(left), *_words(right)]
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return [word for part in parts for word in _words(part)]


async def build(calls: Iterable[Call]) -> Engine:
    engine = Plain()
    await engine.add(calls)
    return engine
