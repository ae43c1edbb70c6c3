"""Turns by what a filter asks for, without a topic: everything somebody said, newest call first."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bot.call import Call
from bot.search.roles import role
from bot.search.wanted import Wanted
from bot.turn import Turn


def newest_first(calls: Iterable[Call]) -> list[Call]:
    """Order calls by date, newest first; those without a date by fiscal period, then by id."""
    return sorted(calls, key=_age, reverse=True)


def _age(call: Call) -> tuple[str, tuple[int, int], str]:
    period = (call.year or 0, call.quarter or 0)
    date = call.date.isoformat() if call.date else f"{period[0]:04}-{3 * period[1]:02}"
    return date, period, call.id


def passes(call: Call, turn: Turn, wanted: Wanted) -> bool:
    """Whether a turn passes every filter."""
    if wanted.calls is not None and call.id not in wanted.calls:
        return False
    if wanted.kinds and turn.kind not in wanted.kinds:
        return False
    if wanted.sections and turn.section not in wanted.sections:
        return False
    named = (
        (wanted.persons, turn.person or turn.speaker),
        (wanted.firms, turn.firm),
        (wanted.titles, turn.title),
    )
    if any(values and (value is None or folded(value) not in set(map(folded, values))) for values, value in named):
        return False
    if wanted.questions is not None and not role(call, turn)[0 if wanted.questions else 1]:
        return False
    return wanted.exchanges is None or (call.id, turn.exchange) in wanted.exchanges


@lru_cache(20_000)
def folded(value: str) -> str:
    """Return a name as filters compare it: case and spaces aside."""
    return " ".join(value.casefold().split())


def turns(calls: Mapping[str, Call], wanted: Wanted) -> Iterator[tuple[Call, Turn]]:
    """Yield the turns that pass, newest call first, in the order they were spoken."""
    ids = set(calls if wanted.calls is None else wanted.calls)
    if wanted.exchanges is not None:
        ids &= {call for call, _ in wanted.exchanges}
    for call in newest_first(calls[id_] for id_ in ids if id_ in calls):
        yield from ((call, turn) for turn in call.turns if passes(call, turn, wanted))
