"""Who and what the loaded calls hold, and how people write it: names, firms, positions, companies, periods."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from bot.call import Call
from bot.kind import Kind
from bot.query.entities import Company, Firm, Person, bare_site, brand, house, name_words, same_name, spellings
from bot.query.keywords import generic_words, namelike_words, ordinary_words
from bot.query.spelling import Likeness, near_full, near_single
from bot.query.tables import firm_words, nicknames, positions, words
from bot.search.english import plain

Entity = TypeVar("Entity", Person, Firm)

# Measured over misspelt names of real calls (tests/test_directory.py, docs/query-language.md): at or above SURE a
# correction is used and told, between the two it is offered, below it is not named at all.
SURE = 0.80
LIKELY = 0.68
# A rival this close makes a correction a choice.
CLEAR = 0.02
# Letters: fewer than SHORTEST resemble nothing, fewer than SHORT are only offered, from LONG on two edits may be sure.
SHORTEST, SHORT, LONG = 3, 4, 9
SAID_ENOUGH = 3
"""Turns that must say a name for it to be taken for the company's own."""
SAMPLE = 40
"""Calls that are looked at to see whether a company's name is also a word."""
NAMELY = 20
"""Times as often as a word of the calls a name must be one: transcribers forget a capital now and then."""
HOLDERS = 4
"""Calls of somebody that are looked at to see whether the name is a word there too."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a name may mean: one entity is an answer, several are a choice. `sure` is False for a mere resemblance."""

    entities: tuple[Person | Firm, ...] = ()
    exact: bool = True
    sure: bool = True
    likeness: float = 1.0


NOBODY = Found(exact=False, sure=False, likeness=0.0)


@dataclass(frozen=True, slots=True)
class _Card:
    """What one call adds to a directory."""

    call: Call
    people: frozenset[tuple[str, Kind, str | None, str | None]]
    words: list[int] = field(default_factory=list, compare=False)  # how many, once they were counted

    @classmethod
    def of(cls, call: Call) -> "_Card":
        people = {
            (turn.person or turn.speaker, turn.kind, turn.firm, turn.title)
            for turn in call.turns
            if turn.person or turn.speaker
        }
        # Whoever is listed without a kind and never speaks may be anything: a heading that was taken for a name.
        listed = (each for each in call.participants if each.kind is not Kind.UNKNOWN)
        people.update((each.name, each.kind, each.firm, each.title) for each in listed)
        return cls(call, frozenset((name, kind, firm, title) for name, kind, firm, title in people if name))


@dataclass(frozen=True)
class Directory:
    """The names of a library. Immutable; `with_calls` and `without` make another, sharing what stayed."""

    cards: Mapping[str, _Card] = field(default_factory=dict)

    @classmethod
    def of(cls, calls: Iterable[Call]) -> "Directory":
        """Build from calls."""
        return cls({call.id: _Card.of(call) for call in calls})

    def with_calls(self, calls: Iterable[Call]) -> "Directory":
        """Return a directory that knows these calls too (one of the same id is replaced)."""
        return Directory({**self.cards, **{call.id: _Card.of(call) for call in calls}})

    def without(self, ids: Iterable[str]) -> "Directory":
        """Return a directory that forgot these calls; this very one where it held none of them."""
        gone = self.cards.keys() & set(ids)
        if not gone:
            return self
        return Directory({name: card for name, card in self.cards.items() if name not in gone})

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The loaded calls."""
        return tuple(card.call for card in self.cards.values())

    # --- people -----------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody who speaks or is listed, one entry a person; operators are nobody."""
        return tuple(_people(self.cards.values()))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every printed title, verbatim."""
        found = {title for card in self.cards.values() for _, _, _, title in card.people if title}
        return tuple(sorted(found))

    def titled(self, position: str) -> tuple[str, ...]:
        """Return the printed titles that say a position of titles.toml."""
        return self.positions[position]

    @cached_property
    def positions(self) -> dict[str, tuple[str, ...]]:
        """The printed titles that say each position."""
        return {each.name: tuple(title for title in self.titles if each.says(title)) for each in positions()}

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

    @cached_property
    def calls_by_name(self) -> dict[str, set[str]]:
        """The ids of the calls on which a person or firm (verbatim) is."""
        held: dict[str, set[str]] = {}
        for card in self.cards.values():
            for name, _, firm, _ in card.people:
                held.setdefault(name, set()).add(card.call.id)
                if firm:
                    held.setdefault(firm, set()).add(card.call.id)
        return held

    @cached_property
    def newest(self) -> tuple[Call, ...]:
        """The loaded calls, newest first."""
        return tuple(sorted(self.calls, key=newest_first))

    @cached_property
    def turns(self) -> int:
        """How many turns are loaded."""
        return sum(len(call.turns) for call in self.calls)

    def words_of(self, call: Call) -> int:
        """How many words a loaded call has; counted once a call, and kept with it as long as it is loaded."""
        card = self.cards.get(call.id)
        if card is None or card.call is not call:
            return _words_in(call)
        if not card.words:
            card.words.append(_words_in(call))
        return card.words[0]

    @cached_property
    def houses(self) -> dict[tuple[str, ...], str]:
        """The name a firm is shown by, for its printed names."""
        return {firm.names: firm.name for firm in self.firms}

    def person(self, typed: Sequence[str], *, near: bool = False) -> Found:
        """Resolve folded words to a person: the whole name, a surname, a first name; with `near`, what resembles it."""
        name = " ".join(name_words(" ".join(typed)))
        exact = self._exactly(name)
        if exact:
            return Found(tuple(exact))
        if name.endswith("s") and (exact := self._exactly(name[:-1])):  # "revichs question"
            return Found(tuple(exact))
        return self._nearly(name) if near else NOBODY

    def _exactly(self, name: str) -> list[Person]:
        for index in (self._by_name, self._by_last, self._by_first, self._by_glue):
            if found := index.get(name):
                return found
        return []

    def _nearly(self, name: str) -> Found:
        if len(name) < SHORTEST:
            return NOBODY
        texts, owners = self._names if " " in name else self._surnames
        near = near_full(name, texts, LIKELY) if " " in name else near_single(name, texts, LIKELY)
        return _best(name, [(owners[each.index], each) for each in near])

    @cached_property
    def _by_name(self) -> dict[str, list[Person]]:
        return _index((way, person) for person in self.people for name in person.names for way in spellings(name))

    @cached_property
    def _by_last(self) -> dict[str, list[Person]]:
        return _index((name_words(name)[-1], person) for person in self.people for name in person.names)

    @cached_property
    def _by_first(self) -> dict[str, list[Person]]:
        return _index(
            (way, person)
            for person in self.people
            for name in person.names
            for way in {name_words(name)[0], *nicknames().get(name_words(name)[0], ())}
        )

    @cached_property
    def _by_glue(self) -> dict[str, list[Person]]:
        return _index(("".join(name_words(name)), person) for person in self.people for name in person.names)

    @cached_property
    def _names(self) -> tuple[list[str], list[list[Person]]]:
        return list(self._by_name), list(self._by_name.values())

    @cached_property
    def _surnames(self) -> tuple[list[str], list[list[Person]]]:
        return list(self._by_last), list(self._by_last.values())

    def ordinary(self, word: str) -> bool:
        """Whether a name is also a word of the calls (price, grant): standing freely, it is a topic."""
        if word in ordinary_words():
            return True
        if word in namelike_words():
            return not self.proper(word)
        if not plain(word):
            return False
        known = self._ordinary.get(word)
        if known is None:
            known = self._ordinary[word] = self._used(word) or not self.proper(word)
        return known

    def _used(self, word: str) -> bool:
        """Whether somebody of that name is on a call that uses the word in lower case."""
        whole = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
        turns = (turn.text for card in self._by_word.get(word, ())[:HOLDERS] for turn in card.call.turns)
        return any(word in text and whole.search(text) for text in turns)

    @cached_property
    def _by_word(self) -> dict[str, list[_Card]]:
        """The calls on which somebody has a word in the name."""
        held: dict[str, list[_Card]] = {}
        for card in self.cards.values():
            for word in {word for row in card.people for word in name_words(row[0])}:
                held.setdefault(word, []).append(card)
        return held

    @cached_property
    def _ordinary(self) -> dict[str, bool]:
        return {}

    # --- firms ------------------------------------------------------------------------------------------------------

    @cached_property
    def firms(self) -> tuple[Firm, ...]:
        """The houses that ask, one entry a house, however it is written."""
        named: dict[str, set[str]] = defaultdict(set)
        for card in self.cards.values():
            for _, kind, firm, _ in card.people:
                if firm and kind is not Kind.EXECUTIVE:
                    named[house(firm) or " ".join(brand(firm))].add(firm)
        return tuple(
            Firm(known if known in firms or house(known) == known else min(firms, key=len), tuple(sorted(firms)))
            for known, firms in sorted(named.items())
        )

    def firm(self, typed: Sequence[str], *, near: bool = False) -> Found:
        """Resolve folded words to a firm: its name, a short form, initials; with `near`, what resembles it."""
        name = firm_words(" ".join(typed))
        for candidate in (" ".join(name), "".join(name)):
            if found := self._by_firm.get(candidate):
                return Found(tuple(found))
        known = house(" ".join(typed))
        if known and known in self._by_house:
            return Found((self._by_house[known],))
        short = brand(" ".join(typed))
        if found := self._by_firm.get(" ".join(short)):
            return Found(tuple(found))
        if not near or len("".join(name)) < SHORTEST:
            return NOBODY
        texts, owners = self._firm_names
        ranked = near_full(" ".join(name), texts, LIKELY) or near_full("".join(name), texts, LIKELY)
        return _best(" ".join(name), [(owners[each.index], each) for each in ranked])

    @cached_property
    def _by_house(self) -> dict[str, Firm]:
        return {known: firm for firm in self.firms if (known := house(firm.names[0]))}

    @cached_property
    def _by_firm(self) -> dict[str, list[Firm]]:
        return _index(
            (way, firm) for firm in self.firms for name in (*firm.names, firm.name) for way in _firm_ways(name)
        )

    @cached_property
    def _firm_names(self) -> tuple[list[str], list[list[Firm]]]:
        ways = {way: firms for way, firms in self._by_firm.items() if len(way) >= SHORTEST}
        return list(ways), list(ways.values())

    # --- companies --------------------------------------------------------------------------------------------------

    @cached_property
    def companies(self) -> tuple[Company, ...]:
        """The companies whose calls are loaded."""
        return tuple(_companies(self.calls))

    @cached_property
    def by_company(self) -> dict[tuple[str, ...], list[Company]]:
        """Every way to write a company, as folded words."""
        ways: dict[tuple[str, ...], list[Company]] = {}
        for company in self.companies:
            for way in _company_ways(company):
                held = ways.setdefault(way, [])
                if company not in held:
                    held.append(company)
        return _drop_shared(ways)

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

    def proper(self, word: str) -> bool:
        """Whether the calls write a word as a name (Apple), hardly ever as a word of theirs (target): by a sample."""
        known = self._proper.get(word)
        if known is None:
            step = max(1, len(self.calls) // SAMPLE)
            named = {id_ for company in self.company((word,)) for id_ in company.calls[:HOLDERS]}
            calls = [*self.calls[::step][:SAMPLE], *(self.cards[id_].call for id_ in sorted(named))]
            whole = re.compile(rf"(?<![\w.@/]){re.escape(word)}(?!\w|\.\w)")  # apple.com is no apple
            words = names = 0
            for turn in (turn for call in calls for turn in call.turns):
                names += turn.text.count(word.capitalize()) + turn.text.count(word.upper())
                words += len(whole.findall(turn.text)) if word in turn.text else 0
            known = self._proper[word] = words * NAMELY <= names
        return known

    @cached_property
    def _proper(self) -> dict[str, bool]:
        return {}

    def named(self, word: str) -> bool:
        """Whether a folded word is a company, a house or somebody's name."""
        known = house(word) is not None or self.company((word,)) or self.firm([word]).entities
        return bool(known or self._exactly(word))

    def company_like(self, typed: Sequence[str]) -> tuple[Company, ...]:
        """Return the companies whose name resembles the words enough to be meant."""
        ways = [way for way in self.by_company if len("".join(way)) > 3]  # noqa: PLR2004 - a small figure that its line explains
        near = near_full(" ".join(typed), [" ".join(way) for way in ways], SURE, 1)
        return tuple(self.by_company[ways[near[0].index]]) if near else ()

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
        for company in self._unnamed:
            if _shortens(company.key.lower(), word):
                texts = (turn.text for id_ in company.calls[:HOLDERS] for turn in self.cards[id_].call.turns)
                if sum(word.capitalize() in text for text in texts) >= SAID_ENOUGH:
                    return company
        return None

    @cached_property
    def _unnamed(self) -> tuple[Company, ...]:
        return tuple(company for company in self.companies if not company.names and company.ticker)

    def calls_of(self, companies: Sequence[str]) -> tuple[Call, ...]:
        """Return the loaded calls of companies (by key), all where none is given."""
        if not companies:
            return self.newest
        ids = {name for company in self.companies if company.key in companies for name in company.calls}
        return tuple(call for call in self.newest if call.id in ids)


def _shortens(ticker: str, word: str) -> bool:
    """Whether a ticker's letters, doubled ones once, stand in a word in this order from its first on."""
    letters = iter(word)
    once = [letter for at, letter in enumerate(ticker) if letter != ticker[at - 1 : at]]
    long_enough = len(word) > len(ticker) >= SHORTEST and word[0] == ticker[0]
    return long_enough and all(each in letters for each in once)


def _words_in(call: Call) -> int:
    return sum(len(turn.text.split()) for turn in call.turns)


def newest_first(call: Call) -> tuple[int, int, int, str]:
    """Order calls by time, the newest first; those without a period last."""
    return (-(call.year or 0), -(call.quarter or 0), -(call.date.toordinal() if call.date else 0), call.id)


def _best(typed: str, ranked: Sequence[tuple[Sequence[Person] | Sequence[Firm], Likeness]]) -> Found:
    """Choose among what resembles a name: one clear best, or all that are about as near."""
    if not ranked:
        return NOBODY
    top = ranked[0][1]
    entities: list[Person | Firm] = []
    for owners, each in ranked:
        if each.edits == top.edits or top.score - each.score <= CLEAR:
            entities.extend(owner for owner in owners if owner not in entities)
    return Found(tuple(entities), exact=False, sure=_sure(typed, top), likeness=top.score)


def _sure(typed: str, near: Likeness) -> bool:
    """Whether a likeness is a misspelling: few edits for the length of what was typed."""
    letters = len(typed.replace(" ", ""))
    return near.score >= SURE and near.edits <= (0 if letters < SHORT else 1 if letters < LONG else 2)


def _index(pairs: Iterable[tuple[str, Entity]]) -> dict[str, list[Entity]]:
    """Group entities by a way to write them, each once."""
    index: dict[str, dict[int, Entity]] = {}  # by identity: a common first name is hundreds of people's
    for way, entity in pairs:
        index.setdefault(way, {})[id(entity)] = entity
    return {way: list(held.values()) for way, held in index.items()}


def _people(cards: Iterable[_Card]) -> list[Person]:
    """Join the names of all calls into people: same surname, first names that may be one, the same kind and house."""
    seen: dict[tuple[str, Kind], _Seen] = {}
    for card in cards:
        company = card.call.ticker or card.call.company or card.call.id
        for name, kind, firm, title in card.people:
            if kind in {Kind.OPERATOR, Kind.HOST} or not name_words(name):
                continue
            held = seen.get((name, kind))
            if held is None:
                held = seen[name, kind] = _Seen(name, kind)
            held.add(firm, title, company)
    by_last: dict[str, list[_Seen]] = defaultdict(list)
    # Known kinds first: a speaker of unknown kind joins whom it may be.
    for each in sorted(seen.values(), key=lambda one: (one.kind is Kind.UNKNOWN, -len(one.name), one.name)):
        groups = by_last[name_words(each.name)[-1]]
        for group in groups:
            if group.may_be(each):
                group.join(each)
                break
        else:
            groups.append(each)
    return [group.person() for groups in by_last.values() for group in groups]


class _Seen:
    """A name as it was seen over the calls, while people are being joined."""

    def __init__(self, name: str, kind: Kind) -> None:
        self.name = name
        self.kind = kind
        self.names = Counter({name: 1})
        self.kinds: Counter[Kind] = Counter()
        self.firms: Counter[str] = Counter()
        self.titles: Counter[str] = Counter()
        self.companies: Counter[str] = Counter()

    def add(self, firm: str | None, title: str | None, company: str) -> None:
        self.companies[company] += 1
        self.kinds[self.kind] += 1
        if firm:
            self.firms[firm] += 1
        if title:
            self.titles[title] += 1

    def may_be(self, other: "_Seen") -> bool:
        """Whether another name of the same surname and kind is the same person."""
        mine, yours = name_words(self.name), name_words(other.name)
        # Nobody is an analyst on one call of a company and its executive on the next: there a label was misread.
        clash = self.kind is not other.kind and Kind.UNKNOWN not in {self.kind, other.kind}
        if clash and not self.shares(other):
            return False
        if len(mine) == 1 or len(yours) == 1 or not same_name(mine, yours):
            return False
        if mine == yours or (mine[0] == yours[0] and 2 in {len(mine), len(yours)}):  # noqa: PLR2004 - a small figure that its line explains
            # An analyst who changed houses is one person; executives of two companies are not.
            return self.kind is not Kind.EXECUTIVE or self.shares(other)
        return self.shares(other) or bool(_houses(self.firms) & _houses(other.firms))

    def shares(self, other: "_Seen") -> bool:
        """Whether both are on calls of one company."""
        return not self.companies.keys().isdisjoint(other.companies)

    def join(self, other: "_Seen") -> None:
        self.names += other.names
        self.kinds += other.kinds
        self.firms += other.firms
        self.titles += other.titles
        self.companies += other.companies

    def person(self) -> Person:
        """Return the joined person under the name with fewest middle names."""
        names = sorted(self.names)
        shown = min(names, key=lambda name: (abs(len(name_words(name)) - 2), -self.names[name], -len(name), name))
        return Person(
            shown,
            tuple(names),
            max(self.kinds, key=lambda kind: (kind is not Kind.UNKNOWN, self.kinds[kind], kind)),
            tuple(sorted(self.firms)),
            tuple(sorted(self.titles)),
            tuple(sorted(self.companies)),
        )


def _houses(firms: Iterable[str]) -> set[str]:
    return {house(firm) or " ".join(brand(firm)) for firm in firms}


def _firm_ways(name: str) -> set[str]:
    """Return the ways to write a firm that mean no other: in full, its brand, glued, its initials."""
    full, short = firm_words(name), brand(name)
    ways = {" ".join(full), "".join(full), " ".join(short), "".join(short)}
    if len(short) > 1:
        ways.add("".join(word[0] for word in short))  # "H&L", also typed HL
        ways.add("&".join(word[0] for word in short))
        if short[0] not in _words_of_many() and len(short[0]) >= SHORT:
            ways.add(short[0])
    return {way for way in ways if way}


def _words_of_many() -> frozenset[str]:
    """Return the words that alone are no firm's and no company's."""
    return generic_words() | ordinary_words() | namelike_words()


def _drop_shared(ways: dict[tuple[str, ...], list[Company]]) -> dict[tuple[str, ...], list[Company]]:
    """Drop single words that several companies share: American Tower and American Express are not American."""
    return {way: held for way, held in ways.items() if len(held) == 1 or any(_is_name(way, each) for each in held)}


def _is_name(way: tuple[str, ...], company: Company) -> bool:
    return any(way in {words(name), brand(name)} for name in (*company.names, company.key))


def _companies(calls: Iterable[Call]) -> list[Company]:
    """Group calls by company: by ticker where one is known, else by name."""
    groups: dict[str, list[Call]] = defaultdict(list)
    tickers = {" ".join(brand(call.company)): call.ticker for call in calls if call.company and call.ticker}
    for call in calls:
        ticker = call.ticker or (tickers.get(" ".join(brand(call.company))) if call.company else None)
        if key := ticker or call.company:
            groups[key].append(call)
    made = []
    for key, members in sorted(groups.items()):
        names = Counter(call.company for call in members if call.company)
        aliases = {alias for call in members for alias in call.aliases}
        shown = max(names, key=lambda name: (names[name], -len(name), name)) if names else key
        ticker = next((call.ticker for call in members if call.ticker), None)
        ids = tuple(call.id for call in members)
        made.append(Company(key, shown, ticker, tuple(sorted({*names, *aliases})), ids))
    return made


def _company_ways(company: Company) -> set[tuple[str, ...]]:
    """Return the ways to write a company, as words: names, brand, first word, glued, ticker."""
    ways: set[tuple[str, ...]] = set()
    shared = _words_of_many()
    for name in dict.fromkeys(each for known in company.names for each in (known, bare_site(known))):
        full, short = words(name), brand(name)
        ways.update((full, short, ("".join(full),), ("".join(short),), firm_words(name)))
        # "Finch & Sorrel", however the "&" is written; and either word of it, unless it is an everyday one.
        ways.add(full[: full.index(short[-1]) + 1] if short[-1] in full else full)
        ways.update(short[:length] for length in range(2, len(short)))  # Booz Allen, of Booz Allen Hamilton
        if len(short) > 1:
            ways.update((word,) for word in short if len(word) >= SHORT and word not in shared)
        # "dardens guidance"
        ways.update((f"{word}s",) for word in short if (word,) in ways and not (plain(word) or word.endswith("s")))
    if company.ticker:
        ways.add(words(company.ticker))
    ways.add(words(company.key))
    return {way for way in ways if way and any(way)}
