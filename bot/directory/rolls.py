"""What the cards of a directory say together, so kept that a call that comes or goes changes only what it says."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.call import Call, newest_first
from bot.directory.card import Card
from bot.directory.people import Namesakes, by_surname
from bot.kind import Kind
from bot.query.entities import name_words

FEW = 4
"""One card in so many may have come or gone for what was before to be of use."""


@dataclass(frozen=True, slots=True)
class Rolls:
    """What cards say together. Immutable; `after` makes another, the same as `of` the other cards, sharing the rest."""

    cards: Mapping[str, Card]
    surnames: Mapping[str, Namesakes]
    calls: Mapping[str, set[str]]
    """The ids of the calls on which a person or firm (verbatim) is."""
    names: Counter[str]
    """The names of people, nobody left out."""
    titles: Counter[str]
    firms: Counter[str]
    """The firms that not only executives are of."""
    newest: tuple[Call, ...]

    @classmethod
    def of(cls, cards: Mapping[str, Card]) -> "Rolls":
        """Read all cards."""
        calls = _with({}, cards.values())
        newest = tuple(sorted((card.call for card in cards.values()), key=newest_first))
        return cls(cards, by_surname(cards.values()), calls, *_counted(cards.values()), newest)

    def after(self, cards: Mapping[str, Card]) -> "Rolls":
        """Return what these cards say, those of before in the order of before among them."""
        gone = [card for id_, card in self.cards.items() if cards.get(id_) is not card]
        come = [card for id_, card in cards.items() if self.cards.get(id_) is not card]
        if (len(gone) + len(come)) * FEW > len(cards):
            return Rolls.of(cards)
        calls = _with(_without(self.calls, gone), come)
        surnames, newest = self._renamed(cards, calls, (*gone, *come)), self._renewed(gone, come)
        (names, titles, firms), (no_names, no_titles, no_firms) = _counted(come), _counted(gone)
        names = _recounted(self.names, names, no_names)
        titles = _recounted(self.titles, titles, no_titles)
        firms = _recounted(self.firms, firms, no_firms)
        return Rolls(cards, surnames, calls, names, titles, firms, newest)

    def _renamed(
        self, cards: Mapping[str, Card], calls: Mapping[str, set[str]], changed: Sequence[Card]
    ) -> dict[str, Namesakes]:
        """Return the people by surname: those whose surname no changed card has are as they were."""
        written = {row[0] for card in changed for row in card.people}
        lasts = {words[-1] for words in map(name_words, written) if words}
        same = chain.from_iterable(self.surnames[last].people for last in lasts if last in self.surnames)
        names = written.union(*(person.names for person in same))
        ids = set[str]().union(*(calls.get(name, ()) for name in names))
        kept = {last: people for last, people in self.surnames.items() if last not in lasts}
        return kept | by_surname((card for id_, card in cards.items() if id_ in ids), names)

    def _renewed(self, gone: Iterable[Card], come: Iterable[Card]) -> tuple[Call, ...]:
        left = {card.call.id for card in gone}
        newest = [call for call in self.newest if call.id not in left]
        for card in come:
            insort(newest, card.call, key=newest_first)
        return tuple(newest)


def _counted(cards: Iterable[Card]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    rows = list(chain.from_iterable(card.people for card in cards))
    return (
        Counter([name for name, _, _, _ in rows]),
        Counter([title for _, _, _, title in rows if title]),
        Counter([firm for _, kind, firm, _ in rows if firm and kind is not Kind.EXECUTIVE]),
    )


def _recounted(before: Counter[str], come: Counter[str], gone: Counter[str]) -> Counter[str]:
    counts = before.copy()
    counts.update(come)
    for name, times in gone.items():
        counts[name] -= times
        if not counts[name]:
            del counts[name]
    return counts


def _with(calls: Mapping[str, set[str]], cards: Iterable[Card]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = dict(calls)
    own: dict[str, set[str]] = {}  # sets made here, others are those of before
    for card in cards:
        for name in _on(card):
            ids = own.get(name)
            if ids is None:
                ids = held[name] = own[name] = set(held.get(name, ()))
            ids.add(card.call.id)
    return held


def _without(calls: Mapping[str, set[str]], cards: Iterable[Card]) -> Mapping[str, set[str]]:
    held = dict(calls)
    for card in cards:
        for name in set(_on(card)):
            held[name] = held[name] - {card.call.id}
            if not held[name]:
                del held[name]
    return held


def _on(card: Card) -> Iterator[str]:
    for name, _, firm, _ in card.people:
        yield name
        if firm:
            yield firm
