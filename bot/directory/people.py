"""The people of the loaded calls: one entry a person, found by the ways a name is written."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import Any

from bot.directory.card import Card, Row
from bot.directory.found import LIKELY, NOBODY, SHORTEST, Found, best, index, kept
from bot.freezing import draft_of, frozen
from bot.kind import Kind
from bot.parsing.word_set import word_set
from bot.query.entities import Person, brand, house, name_words, same_name, spellings, surnames
from bot.query.spelling import Spellings, near_full, near_single
from bot.query.tables import firm_groups, firm_words, nicknames

NOBODIES = frozenset({Kind.OPERATOR, Kind.HOST})
"""Kinds whose names are nobody's to ask for."""
SURNAMES = word_set(
    """
    williams roberts peters edwards richards stevens stephens phillips daniels michaels matthews andrews
    jacobs rogers adams simons davids hughes abrahams isaacs owens evans collins harris myers phelps samuels
    simmons hopkins jones walters franks gilberts alexanders wills marks brooks
    """
)
"""Surnames that read as a first name with its 's."""
LONG_FIRST = 5
"""Letters from which on a word may be a misspelt first name: shorter ones resemble too many."""
CLIPPED = 4
"""Letters from which on a word may be a surname cut short."""
CHOICES = range(1, 5)
"""People up to whom one is offered for a surname cut short."""


@dataclass(frozen=True)
class People:
    """Everybody of a library, indexed by name."""

    people: tuple[Person, ...]

    def find(self, typed: Sequence[str], *, near: bool = False) -> Found:
        """Resolve folded words to a person: the whole name, a surname, a first name; with `near`, what resembles it."""
        name = " ".join(name_words(" ".join(typed)))
        exact = self.exactly(name)
        if exact:
            return Found(tuple(exact))
        owned = name[:-1] if name.endswith("s") else ""
        if owned and (exact := self.exactly(owned)):  # "revichs question"
            if name not in SURNAMES or not self._given(owned, exact):
                return Found(tuple(exact))
            if near:  # Williams is rarely William's: to be offered
                return Found(tuple(exact), exact=False, sure=False, likeness=LIKELY)
        return self._nearly(name) if near else NOBODY

    def by_first_like(self, word: str) -> Found:
        """Return the people whose first name is one edit from a folded word: to be offered, never used unasked."""
        if len(word) < LONG_FIRST:
            return NOBODY
        names, owners = self._first_names
        near = [each for each in near_single(word, names, LIKELY) if each.edits == 1]
        found = best(word, [(owners[each.index], each) for each in near])
        return replace(found, sure=False)

    def exactly(self, name: str) -> list[Person]:
        """Return the people who go by a name, letter by letter."""
        for held in (self._by_name, self._by_last, self._by_given, self._by_first, self._by_glue):
            if found := held.get(name):
                return found
        return []

    def _nearly(self, name: str) -> Found:
        return kept(self._near, name, self._resembling)

    def _resembling(self, name: str) -> Found:
        if len(name) < SHORTEST:
            return NOBODY
        if " " in name:
            names, owners = self._names
            near = near_full(name, names, LIKELY)
        else:
            last, owners = self._surnames
            near = near_single(name, last, LIKELY)
        return best(name, [(owners[each.index], each) for each in near]) if near else self._clipped(name)

    def _clipped(self, name: str) -> Found:
        """Return the people whose surname a word begins (Zuck): to be offered, never used unasked."""
        if " " in name or len(name) < CLIPPED:
            return NOBODY
        begun = [person for last, owners in self._by_last.items() if last.startswith(name) for person in owners]
        several = tuple(dict.fromkeys(begun))
        return Found(several, exact=False, sure=False, likeness=LIKELY) if len(several) in CHOICES else NOBODY

    @cached_property
    def _near(self) -> dict[str, Found]:
        return {}

    @cached_property
    def _by_name(self) -> dict[str, list[Person]]:
        return index((way, person) for person in self.people for name in person.names for way in spellings(name))

    @cached_property
    def _written(self) -> list[tuple[tuple[str, ...], Person]]:
        """Everybody with the words of each name."""
        return [(name_words(name), person) for person in self.people for name in person.names]

    @cached_property
    def _by_last(self) -> dict[str, list[Person]]:
        return index((last, person) for person in self.people for name in person.names for last in surnames(name))

    def _given(self, name: str, people: list[Person]) -> bool:
        """Whether these are the people of a first name, or of what it is short for."""
        return people is self._by_given.get(name) or people is self._by_first.get(name)

    @cached_property
    def _by_given(self) -> dict[str, list[Person]]:
        return index((words[0], person) for words, person in self._written)

    @cached_property
    def _by_first(self) -> dict[str, list[Person]]:
        known = nicknames()
        return index((way, person) for words, person in self._written for way in {words[0], *known.get(words[0], ())})

    @cached_property
    def _by_glue(self) -> dict[str, list[Person]]:
        return index(("".join(words), person) for words, person in self._written)

    @cached_property
    def _names(self) -> tuple[Spellings, list[list[Person]]]:
        return Spellings.of(list(self._by_name)), list(self._by_name.values())

    @cached_property
    def _surnames(self) -> tuple[Spellings, list[list[Person]]]:
        return Spellings.of(list(self._by_last)), list(self._by_last.values())

    @cached_property
    def _first_names(self) -> tuple[Spellings, list[list[Person]]]:
        return Spellings.of(list(self._by_first)), list(self._by_first.values())


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The people of one surname, and what their place among all others goes by."""

    place: tuple[bool, int, str]
    people: tuple[Person, ...]


def everybody(surnames: Iterable[Namesakes]) -> tuple[Person, ...]:
    """Return the people of all surnames in their order: known kinds first, of them the longest name."""
    return tuple(person for each in sorted(surnames, key=attrgetter("place")) for person in each.people)


def by_surname(cards: Iterable[Card], names: Container[str] | None = None) -> dict[str, Namesakes]:
    """Join the names of calls into people: same surname, first names that may be one, the same kind and house.

    Only those of `names` where given: all that share a surname have to be among them, on all of their calls.
    """
    rows: Counter[tuple[Row, str]] = Counter()  # a company has the same people on many calls
    for card in cards:
        rows.update(zip(card.people, repeat(card.call.ticker or card.call.company or card.call.id)))
    seen: dict[tuple[str, Kind], _Seen] = {}
    for ((name, kind, firm, title), company), times in rows.items():
        held = seen.get((name, kind))
        if held is None:
            left_out = (names is not None and name not in names) or kind in NOBODIES
            if left_out or _nobody(name, kind, firm, title):
                continue
            held = seen[name, kind] = _Seen(name, kind)
        held.kinds[kind] += times
        held.companies.add(company)
        if firm:
            held.firms.add(firm)
        if title:
            held.titles.add(title)
    by_last: dict[str, list[_Seen]] = defaultdict(list)
    # Known kinds first: a speaker of unknown kind joins whom it may be.
    for each in sorted(seen.values(), key=_place):
        groups = by_last[name_words(each.name)[-1]]
        for group in groups:
            if group.may_be(each):
                group.join(each)
                break
        else:
            groups.append(each)
    return {
        last: Namesakes(_place(groups[0]), tuple(frozen([group.person() for group in groups], Person)))
        for last, groups in by_last.items()
    }


def _nobody(name: str, kind: Kind, firm: str | None, title: str | None) -> bool:
    """Whether a label is nobody's name: empty, or a house's, as where a transcript leaves out who asks.

    Where it has a firm of its own, or an executive's title, somebody is called so: a William Blair of another house.
    """
    words = firm_words(name)
    a_house = len(words) > 1 and words in firm_groups()
    own = bool(title) and kind is Kind.EXECUTIVE
    return not name_words(name) or (a_house and not own and (not firm or house(firm) == house(name)))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two whole names of one surname may be one person's."""
    return len(one) > 1 and len(other) > 1 and same_name(one, other)


def _place(one: "_Seen") -> tuple[bool, int, str]:
    return one.kind is Kind.UNKNOWN, -len(one.name), one.name


_Person: Any = draft_of(Person)


class _Seen:
    """A name as it was seen over the calls, while people are being joined."""

    __slots__ = ("companies", "firms", "kind", "kinds", "name", "names", "titles")

    def __init__(self, name: str, kind: Kind) -> None:
        self.name = name
        self.kind = kind
        self.names = {name: 1}  # how often; no counters: thousands of them take longer to make than to use
        self.kinds = {kind: 0}
        self.firms: set[str] = set()
        self.titles: set[str] = set()
        self.companies: set[str] = set()

    def may_be(self, other: "_Seen") -> bool:
        """Whether another name of the same surname and kind is the same person."""
        # Nobody is an analyst on one call of a company and its executive on the next: there a label was misread.
        clash = self.kind is not other.kind and Kind.UNKNOWN not in {self.kind, other.kind}
        if clash and not self.shares(other):
            return False
        yours = name_words(other.name)
        written = [mine for mine in map(name_words, self.names) if _alike(mine, yours)]
        if not written:
            return False
        if any(mine == yours or (mine[0] == yours[0] and 2 in {len(mine), len(yours)}) for mine in written):  # noqa: PLR2004 - a small figure that its line explains
            # An analyst who changed houses is one person; executives of two companies are not.
            return self.kind is not Kind.EXECUTIVE or self.shares(other)
        return self.shares(other) or bool(_houses(self.firms) & _houses(other.firms))

    def shares(self, other: "_Seen") -> bool:
        """Whether both are on calls of one company."""
        return not self.companies.isdisjoint(other.companies)

    def join(self, other: "_Seen") -> None:
        for name, times in other.names.items():
            self.names[name] = self.names.get(name, 0) + times
        for kind, times in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + times
        self.firms |= other.firms
        self.titles |= other.titles
        self.companies |= other.companies

    def person(self) -> Person:
        """Return the joined person, as a draft, under the name with fewest middle names."""
        names, shown, kind = sorted(self.names), self.name, self.kind
        if len(names) > 1:
            shown = min(names, key=lambda name: (abs(len(name_words(name)) - 2), -self.names[name], -len(name), name))
        if len(self.kinds) > 1:
            kind = max(self.kinds, key=lambda kind: (kind is not Kind.UNKNOWN, self.kinds[kind], kind))
        firms, titles, companies = map(_sorted, (self.firms, self.titles, self.companies))
        drafted: Person = _Person(shown, tuple(names), kind, firms, titles, companies)
        return drafted


def _sorted(held: set[str]) -> tuple[str, ...]:
    return tuple(sorted(held)) if len(held) > 1 else tuple(held)  # as nearly all are


def _houses(firms: Iterable[str]) -> set[str]:
    return {house(firm) or " ".join(brand(firm)) for firm in firms}
