"""From a topic to findings: what stands above every engine."""

from collections.abc import Mapping

from bot.call import Call
from bot.query.topic import Node, Topic
from bot.search.engine import Clause, Concept, Engine, Plan
from bot.search.findings import Findings, Match, Why
from bot.search.spans import Spans, merged
from bot.search.vocabulary import Vocabulary
from bot.search.wanted import Wanted


async def find(
    topic: Topic, wanted: Wanted, engine: Engine, calls: Mapping[str, Call], vocabulary: Vocabulary, *, limit: int
) -> Findings:
    """Find the turns about a topic, best first."""
    nodes: tuple[Node, ...] = (*topic.ranked, *topic.required)
    plan = Plan(
        concepts=tuple(Concept((Clause(node),)) for node in topic.ranked),
        must=tuple(Clause(node) for node in topic.required),
        never=tuple(Clause(node) for node in topic.excluded),
        wanted=wanted,
        limit=max(limit, 200),
    )
    spans = Spans(vocabulary)
    matches = []
    for ranked in await engine.find(plan):
        call = calls.get(ranked.call)
        if call is None:
            continue
        text = call.turns[ranked.turn].text
        held = merged(span for node in nodes for span in spans.of(text, node))
        if held:
            matches.append(Match(ranked.call, ranked.turn, ranked.score, Why.MATCHED, tuple(held)))
    return Findings(tuple(matches[:limit]), len(matches))
