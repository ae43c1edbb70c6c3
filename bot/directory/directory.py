"""Who and what the loaded calls hold, and how people write it: names, firms, positions, companies, periods."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA

from bot.call import Call
from bot.directory import companies, firms, people
from bot.directory.card import Card, words_in
from bot.directory.catalogue import Catalogue
from bot.directory.extent import Extent
from bot.directory.firms import Firms
from bot.directory.found import LONG, SURE, Found
from bot.directory.people import People
from bot.directory.rolls import Rolls
from bot.directory.usage import HOLDERS, READ, Usage
from bot.kind import Kind
from bot.query.entities import Company, Firm, Person, house
from bot.query.spelling import Spellings, near_full
from bot.query.tables import positions, positions_in
from bot.search.english import plain

FREELY = 5
"""Letters of a word from which it may be a misspelt company, though nothing beside it says so."""
SAID_ENOUGH = 3
"""Turns that must say a name for it to be taken for the company's own."""


@dataclass(frozen=True)
class Directory:
    """The names of a library. Immutable; `with_calls` and `without` make another, sharing what stayed."""

    cards: Mapping[str, Card] = field(default_factory=dict)
    _before: list[Rolls] = field(default_factory=list, compare=False, repr=False)
    """What a directory of nearly these cards made of its own, until this one has made its rolls of it."""

    @classmethod
    def of(cls, calls: Iterable[Call]) -> "Directory":
        """Build from calls."""
        return cls({call.id: Card.of(call) for call in calls})

    def with_calls(self, calls: Iterable[Call]) -> "Directory":
        """Return a directory that knows these calls too (one of the same id is replaced)."""
        return Directory({**self.cards, **{call.id: Card.of(call) for call in calls}}, self._made())

    def without(self, ids: Iterable[str]) -> "Directory":
        """Return a directory that forgot these calls; this very one where it held none of them."""
        gone = self.cards.keys() & set(ids)
        if not gone:
            return self
        return Directory({name: card for name, card in self.cards.items() if name not in gone}, self._made())

    def _made(self) -> list[Rolls]:
        """Return what is made already for the next directory to go on from."""
        return [self._rolls] if "_rolls" in vars(self) else self._before[:]

    @cached_property
    def _rolls(self) -> Rolls:
        before = self._before[:]
        made = before[0].after(self.cards) if before else Rolls.of(self.cards)
        self._before.clear()  # what was before holds calls that may be gone
        return made

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The loaded calls."""
        return tuple(card.call for card in self.cards.values())

    # --- people -----------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who speaks or is listed, one entry a person; operators are nobody."""
        return people.everybody(self._rolls.surnames.values())

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every printed title, verbatim."""
        return tuple(sorted(self._rolls.titles))

    def titled(self, position: str) -> tuple[str, ...]:
        """Return the printed titles that say a position of titles.toml."""
        return self.positions[position]

    @cached_property
    def positions(self) -> dict[str, tuple[str, ...]]:
        """The printed titles that say each position."""
        said = {each.name: list[str]() for each in positions()}
        for title in self.titles:
            for position in positions_in(title):
                said[position].append(title)
        return {position: tuple(titles) for position, titles in said.items()}

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """For each position the names of the people who hold it on some call: another call may print no title."""
        by_title: dict[str, set[str]] = defaultdict(set)
        for each in self.people:
            for title in each.titles:
                by_title[title].update(each.names)
        return {
            position: tuple(sorted(set[str]().union(*(by_title[title] for title in titles))))
            for position, titles in self.positions.items()
        }

    @cached_property
    def shown(self) -> dict[str, str]:
        """The name a person is shown by, for each of the person's names."""
        return {name: person.name for person in self.people for name in person.names}

    @cached_property
    def people_by_name(self) -> dict[str, list[Person]]:
        """The people who go by a name."""
        held: dict[str, list[Person]] = {}
        for person in self.people:
            for name in person.names:
                held.setdefault(name, []).append(person)
        return held

    @cached_property
    def kinds(self) -> dict[str, set[Kind]]:
        """The kinds of the people who go by a name."""
        held: dict[str, set[Kind]] = {}
        for person in self.people:
            for name in person.names:
                held.setdefault(name, set()).add(person.kind)
        return held

    @cached_property
    def company_names(self) -> dict[str, str]:
        """The name a company is shown by, for its key."""
        return {company.key: company.name for company in self.companies}

    @cached_property
    def call_names(self) -> dict[str, str]:
        """What to call each call in a sentence: one company has one name, however its transcripts write it."""
        held = {}
        for call in self.calls:
            company = self.company_by_call.get(call.id)
            period = [str(call.period)] if call.period else []
            held[call.id] = " ".join([company.name, *period]) if company else call.name
        return held

    @cached_property
    def company_by_call(self) -> dict[str, Company]:
        """The company of each call whose company is known."""
        return {name: company for company in self.companies for name in company.calls}

    def whose(self, call: Call) -> str:
        """Return what tells a call's company from others: its key, and of an unknown one what the call says of it."""
        company = self.company_by_call.get(call.id)
        return company.key if company is not None else call.ticker or call.company or call.id

    @property
    def calls_by_name(self) -> Mapping[str, set[str]]:
        """The ids of the calls on which a person or firm (verbatim) is."""
        return self._rolls.calls

    @property
    def newest(self) -> tuple[Call, ...]:
        """The loaded calls, newest first."""
        return self._rolls.newest

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each call, by its id, in the order of `newest`."""
        return {call.id: place for place, call in enumerate(self.newest)}

    @cached_property
    def extent(self) -> Extent:
        """How far all loaded calls reach."""
        return self.extent_of(self.newest)

    def extent_of(self, calls: Sequence[Call]) -> Extent:
        """Return how far calls reach: of how many companies, one of unknown company for itself, from when to when."""
        held = (self.company_by_call.get(call.id) for call in calls)
        companies = {company.name if company else call.id for company, call in zip(held, calls, strict=True)}
        dated = [(call.year or 0, call.quarter or 0, at) for at, call in enumerate(calls) if call.year is not None]
        first, last = (calls[end(dated)[2]].period if dated else None for end in (min, max))
        return Extent(len(companies), first, last)

    @cached_property
    def turns(self) -> int:
        """How many turns are loaded."""
        return sum(len(call.turns) for call in self.calls)

    def words_of(self, call: Call) -> int:
        """How many words a loaded call has; counted once a call, and kept with it as long as it is loaded."""
        card = self.cards.get(call.id)
        if card is None or card.call is not call:
            return words_in(call)
        return card.count()

    @cached_property
    def houses(self) -> dict[tuple[str, ...], str]:
        """The name a firm is shown by, for its printed names."""
        return {firm.names: firm.name for firm in self.firms}

    def person(self, typed: Sequence[str], *, near: bool = False) -> Found:
        """Resolve folded words to a person: the whole name, a surname, a first name; with `near`, what resembles it."""
        return self._persons.find(typed, near=near)

    def first_name_like(self, word: str) -> Found:
        """Return the people whose first name a folded word may misspell."""
        return self._persons.by_first_like(word)

    @cached_property
    def _persons(self) -> People:
        return People(self.people)

    def ordinary(self, word: str) -> bool:
        """Whether a name is also a word of the calls (price, grant): standing freely, it is a topic."""
        return self.usage.ordinary(word)

    def says(self, word: str) -> bool:
        """Whether any loaded call says a folded word."""
        return self.usage.said(word)

    # --- firms ------------------------------------------------------------------------------------------------------

    @cached_property
    def firms(self) -> tuple[Firm, ...]:
        """The houses that ask, one entry a house, however it is written."""
        return firms.joined(self._rolls.firms)

    def firm(self, typed: Sequence[str], *, near: bool = False) -> Found:
        """Resolve folded words to a firm: its name, a short form, initials; with `near`, what resembles it."""
        return self._houses.find(typed, near=near)

    @cached_property
    def _houses(self) -> Firms:
        return Firms(self.firms)

    # --- companies --------------------------------------------------------------------------------------------------

    @cached_property
    def companies(self) -> tuple[Company, ...]:
        """The companies whose calls are loaded."""
        return tuple(companies.grouped(self.calls))

    @cached_property
    def by_company(self) -> dict[tuple[str, ...], list[Company]]:
        """Every way to write a company, as folded words."""
        return companies.by_way(self.companies)

    @cached_property
    def longest_company(self) -> dict[str, int]:
        """How many words the longest way to write a company has, by its first word."""
        longest: dict[str, int] = {}
        for way in self.by_company:
            longest[way[0]] = max(longest.get(way[0], 0), len(way))
        return longest

    def company(self, typed: Sequence[str]) -> tuple[Company, ...]:
        """Resolve folded words to companies, letter by letter (no resemblance)."""
        return tuple(self.by_company.get(tuple(typed), ()))

    @cached_property
    def issuing_houses(self) -> dict[str, tuple[Company, ...]]:
        """The companies that are known houses, by the house."""
        held: dict[str, tuple[Company, ...]] = {}
        for company in self.companies:
            for known in {known for name in company.names if (known := house(name)) is not None}:
                held[known] = (*held.get(known, ()), company)
        return held

    def proper(self, word: str) -> bool:
        """Whether the calls write a word as a name (Apple), hardly ever as a word of theirs (target): by a sample."""
        return self.usage.proper(word)

    @cached_property
    def usage(self) -> Usage:
        """What the loaded calls make of words that may be names."""
        return Usage(self.cards, self.by_company, self._rolls.names.keys())

    def named(self, word: str) -> bool:
        """Whether a folded word is a company, a house or somebody's name."""
        known = house(word) is not None or self.company((word,)) or self.firm([word]).entities
        return bool(known or self._persons.exactly(word))

    def company_like(self, typed: Sequence[str]) -> tuple[Company, ...]:
        """Return the companies whose name resembles the words enough to be meant."""
        ways, texts = self._long_ways
        near = near_full(" ".join(typed), texts, SURE, 1)
        return tuple(self.by_company[ways[near[0].index]]) if near else ()

    def company_misspelt(self, word: str) -> Company | None:
        """Return the company whose name, of one word, a word misspells: one edit from it, two from nine letters on.

        None for what is, or resembles, a plain word, somebody's name, or several companies'; and for what a call says.
        """
        if len(word) < FREELY or not word.isalpha() or plain(word) or self.named(word):
            return None
        ways, texts = self._long_ways
        edits = 1 if len(word) < LONG else 2
        near = [ways[each.index] for each in near_full(word, texts, SURE, 2)]
        alike = [
            way
            for way in near
            if len(way) == 1 and way[0][0] == word[0] and OSA.distance(word, way[0]) <= edits and self.proper(way[0])
        ]
        meant = {company.key: company for way in alike for company in self.by_company[way]}
        if len(meant) != 1:
            return None
        within = any(word in way[0] for way in alike)  # whoever says the name says it
        return None if not within and self.turns <= READ and self.says(word) else next(iter(meant.values()))

    @cached_property
    def _long_ways(self) -> tuple[list[tuple[str, ...]], Spellings]:
        """The ways to write a company that are long enough to be resembled, as words and as text."""
        ways = [way for way in self.by_company if len("".join(way)) > 3]  # noqa: PLR2004 - a small figure that its line explains
        return ways, Spellings.of([" ".join(way) for way in ways])

    def nameless(self, name: str) -> Company | None:
        """Return the company without a known name whose calls, and no other company's, say a name several times."""
        saying = []
        for company in self.companies:
            turns = (turn.text for call in self.calls_of((company.key,)) for turn in call.turns)
            if not company.names and sum(name in text for text in turns) >= SAID_ENOUGH:
                saying.append(company)
        return saying[0] if len(saying) == 1 else None

    def abbreviated(self, word: str) -> Company | None:
        """Return the company without a known name whose ticker shortens a word (tesla, TSLA) that its calls say."""
        for company in self._unnamed.get(word[:1], ()):
            if companies.shortens(company.key.lower(), word):
                texts = (turn.text for id_ in company.calls[:HOLDERS] for turn in self.cards[id_].call.turns)
                if sum(word.capitalize() in text for text in texts) >= SAID_ENOUGH:
                    return company
        return None

    @cached_property
    def _unnamed(self) -> dict[str, list[Company]]:
        """The companies without a known name, by the letter their ticker begins with."""
        held: dict[str, list[Company]] = {}
        for company in self.companies:
            if not company.names and company.ticker:
                held.setdefault(company.key.lower()[:1], []).append(company)
        return held

    def calls_of(self, companies: Sequence[str]) -> tuple[Call, ...]:
        """Return the loaded calls of companies (by key), all where none is given."""
        return self.catalogue.calls_of(companies)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The loaded calls by company."""
        return Catalogue.of(self.newest, self.company_by_call)
