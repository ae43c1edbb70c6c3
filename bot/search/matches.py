"""Matches as columns, each made when somebody looks at it: a question may find ten thousand turns and show three."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import overload

from bot.call import Call
from bot.search.findings import Findings, Marker, Match, Why
from bot.turn import Turn


@dataclass(frozen=True, slots=True, eq=False)
class Matches(Sequence[Match]):
    """Matches in rank order, as columns: the id of the call, the turn's index in it, the score.

    `calls` are those they are of. What they were found by, `marker`, says why and where once it is asked.
    """

    ids: Sequence[str]
    turns: Sequence[int]
    scores: Sequence[float]
    marker: Marker
    calls: Mapping[str, Call]

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> Match: ...
    @overload
    def __getitem__(self, place: slice) -> "Matches": ...
    def __getitem__(self, place: int | slice) -> "Match | Matches":
        if isinstance(place, slice):
            return Matches(self.ids[place], self.turns[place], self.scores[place], self.marker, self.calls)
        return self._made(self.ids[place], self.turns[place], self.scores[place])

    def __iter__(self) -> Iterator[Match]:
        return map(self._made, self.ids, self.turns, self.scores)

    def _made(self, id_: str, turn: int, score: float) -> Match:
        call = self.calls.get(id_)
        if call is None or turn >= len(call.turns):  # it left since
            return Match(id_, turn, score, Why.MATCHED, ())
        return Match(id_, turn, score, None, None, self.marker, call.turns)


def places(matches: Sequence[Match]) -> Iterable[tuple[str, int]]:
    """Return the place of each match: its call's id and its turn's index."""
    if type(matches) is Matches:
        return zip(matches.ids, matches.turns, strict=True)
    return [(match.call, match.turn) for match in matches]


def ids_of(matches: Sequence[Match]) -> Sequence[str]:
    """Return the id of each match's call."""
    return matches.ids if type(matches) is Matches else [match.call for match in matches]


def turns_of(matches: Sequence[Match], calls: Mapping[str, Call]) -> list[Turn]:
    """Return the turn of each match, in its call as it is now."""
    if type(matches) is Matches:
        return [calls[id_].turns[turn] for id_, turn in zip(matches.ids, matches.turns, strict=True)]
    return [calls[match.call].turns[match.turn] for match in matches]


def only(matches: Sequence[Match], kept: Sequence[int]) -> Sequence[Match]:
    """Return the matches at these places of the list, in this order."""
    if len(kept) < 2 or type(matches) is not Matches:  # noqa: PLR2004 - itemgetter gives a tuple from two on
        return tuple([matches[place] for place in kept])
    chosen = itemgetter(*kept)
    return Matches(chosen(matches.ids), chosen(matches.turns), chosen(matches.scores), matches.marker, matches.calls)


def whole(found: Findings) -> Findings:
    """Return findings less the matches that hold only part of the topic: what is counted."""
    if not found.partly:
        return found
    kept = [rank for rank, place in enumerate(places(found.matches)) if place not in found.partly]
    return replace(
        found, matches=only(found.matches, kept), total=found.total - len(found.matches) + len(kept), partly=frozenset()
    )
