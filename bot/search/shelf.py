"""Turns by what a filter asks for, without a topic: everything somebody said, newest call first."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.call import Call, newest_first
from bot.search.roles import role
from bot.search.wanted import Wanted
from bot.turn import Turn


class Filter:
    """Says of turns whether they pass all that is wanted. Thousands are asked about: what can be is made once."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._calls = None if wanted.calls is None else frozenset(wanted.calls)
        self._persons, self._firms, self._titles = (
            frozenset(map(folded, values)) for values in (wanted.persons, wanted.firms, wanted.titles)
        )

    def passes(self, call: Call, turn: Turn) -> bool:
        """Whether a turn passes every filter."""
        wanted = self._wanted
        if not ((self._calls is None or call.id in self._calls) and self._spoken(turn)):
            return False
        if wanted.questions is not None and not role(call, turn)[0 if wanted.questions else 1]:
            return False
        return wanted.exchanges is None or (call.id, turn.exchange) in wanted.exchanges

    def _spoken(self, turn: Turn) -> bool:
        """Whether a turn is spoken by whom, and where in a call, it is wanted."""
        wanted = self._wanted
        return (
            (not wanted.kinds or turn.kind in wanted.kinds)
            and (not wanted.sections or turn.section in wanted.sections)
            and (not self._persons or folded(turn.person or turn.speaker or "") in self._persons)
            and (not self._firms or folded(turn.firm or "") in self._firms)
            and (not self._titles or folded(turn.title or "") in self._titles)
        )


@lru_cache(20_000)
def folded(value: str) -> str:
    """Return a name as filters compare it: case and spaces aside."""
    return " ".join(value.casefold().split())


def turns(calls: Mapping[str, Call], wanted: Wanted) -> Iterator[tuple[Call, Turn]]:
    """Yield the turns that pass, newest call first, in the order they were spoken."""
    ids = set(calls if wanted.calls is None else wanted.calls)
    if wanted.exchanges is not None:
        ids &= {call for call, _ in wanted.exchanges}
    passes = Filter(wanted).passes
    for call in sorted((calls[id_] for id_ in ids if id_ in calls), key=newest_first):
        yield from ((call, turn) for turn in call.turns if passes(call, turn))
