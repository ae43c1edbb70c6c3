"""From turns that were found to quotes, hits and the turns beside them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from bot.answers.answer import Context, Hit, Quote, Relation
from bot.call import Call
from bot.quoting import ROOM, excerpt, within
from bot.search.findings import Match
from bot.turn import Turn


def quote(call: Call, turn: Turn, spans: Sequence[tuple[int, int]] = (), room: int = ROOM) -> Quote:
    """Cut the quote of a turn around its matches."""
    start, end = _excerpt(turn.text, tuple(spans), room)
    return Quote(call, turn, start, end, within(spans, start, end), tuple(spans))


# The same turns stand beside many answers, and a long one costs 0.3 ms to cut into sentences.
_excerpt = lru_cache(4_096)(excerpt)


def hits(calls: Mapping[str, Call], matches: Iterable[Match]) -> tuple[Hit, ...]:
    """Turn matches into hits, each quoted around its match."""
    made = []
    for match in matches:
        call = calls[match.call]
        made.append(Hit(quote(call, call.turns[match.turn], match.spans), match.why, match.score))
    return tuple(made)


def answers(of: int, hit: Hit, spans: Mapping[int, Sequence[tuple[int, int]]] | None = None) -> tuple[Context, ...]:
    """Return the answers to a question turn: those given before the next question of its exchange, else all of it."""
    call, turn = hit.quote.call, hit.quote.turn
    exchange = call.exchange_of(turn)
    if exchange is None:
        return ()
    later = [index for index in exchange.question_turns if index > turn.index]
    until = later[0] if later else len(call.turns)
    given = [index for index in exchange.answer_turns if turn.index < index < until]
    given = given or [index for index in exchange.answer_turns if index > turn.index]
    spans = spans or {}
    return tuple(Context(of, Relation.ANSWER, quote(call, call.turns[index], spans.get(index, ()))) for index in given)


def question_before(of: int, hit: Hit) -> tuple[Context, ...]:
    """Return the question a turn answers: the last of its exchange before it; who asks on answers nobody."""
    call, turn = hit.quote.call, hit.quote.turn
    exchange = call.exchange_of(turn)
    if exchange is None or turn.index in exchange.question_turns:
        return ()
    asked = [index for index in exchange.question_turns if index < turn.index]
    return tuple(Context(of, Relation.QUESTION, quote(call, call.turns[index])) for index in asked[-1:])


def turn_of(calls: Mapping[str, Call], match: Match) -> Turn:
    """Return the turn a match names."""
    return calls[match.call].turns[match.turn]
