"""The companies of the loaded calls, and the ways to write them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bot.call import Call
from bot.directory.found import SHORT, SHORTEST
from bot.query.entities import Company, bare_site, brand, house
from bot.query.keywords import generic_words, words_of_many
from bot.query.tables import firm_words, words
from bot.search.english import plain

_ENDINGS = frozenset({"", "group", "corp", "corporation", "chase", "bank", "holdings"})
_JOINING = frozenset({"and", "of", "the", "de"})


def grouped(calls: Iterable[Call]) -> list[Company]:
    """Group calls by company: by ticker where one is known, else by name; a known house goes by its ticker, too."""
    groups: dict[str, list[Call]] = defaultdict(list)
    tickers = {" ".join(brand(call.company)): call.ticker for call in calls if call.company and call.ticker}
    houses = {
        known: (call.ticker, call.company)
        for call in calls
        if call.ticker and call.company and (known := house(call.company)) is not None
    }
    for call in calls:
        ticker = call.ticker or (tickers.get(" ".join(brand(call.company))) if call.company else None)
        if ticker is None and call.company and (known := house(call.company)) in houses:
            own, name = houses[known or ""]
            ticker = own if one_issuer(call.company, name) else None
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


def one_issuer(one: str, other: str) -> bool:
    """Tell whether two names of one known house are one company's: Citi and Citigroup, but no fund or forerunner."""
    short, long = sorted(("".join(brand(one)), "".join(brand(other))), key=len)
    return bool(short) and long.startswith(short) and long[len(short) :] in _ENDINGS


def by_way(companies: Iterable[Company]) -> dict[tuple[str, ...], list[Company]]:
    """Return the companies by every way to write them, as folded words."""
    ways: dict[tuple[str, ...], list[Company]] = {}
    for company in companies:
        for way in _ways(company):
            held = ways.setdefault(way, [])
            if company not in held:
                held.append(company)
    return _drop_shared(ways)


def _drop_shared(ways: dict[tuple[str, ...], list[Company]]) -> dict[tuple[str, ...], list[Company]]:
    """Drop single words that several companies share: American Tower and American Express are not American.

    What is one company's whole name, or what it is known by, is not another's that has it as one word of several.
    """
    kept = {}
    for way, held in ways.items():
        own = held if len(held) == 1 else [each for each in held if _is_name(way, each)]
        if own:
            kept[way] = own
    return kept


_AND = re.compile(r"\b([A-Z])\w*(?:,? and | ?& ?)([A-Z])\w*")
_TERMS = frozenset({"D&A", "E&P", "G&A", "M&A", "P&L", "Q&A", "R&D", "S&M", "T&E", "P&C"})
"""Initials of two words that stand for something else than a company: F&S is Finch & Sorrel, R&D is nobody."""


def _is_name(way: tuple[str, ...], company: Company) -> bool:
    return any(way in {words(name), brand(name)} for name in (*company.names, company.key))


def _ways(company: Company) -> set[tuple[str, ...]]:
    """Return the ways to write a company, as words: names, brand, first word, glued, ticker."""
    ways: set[tuple[str, ...]] = set()
    shared = words_of_many()
    for name in dict.fromkeys(each for known in company.names for each in (known, bare_site(known))):
        full, short = words(name), brand(name)
        ways.update((full, short, ("".join(full),), ("".join(short),), firm_words(name)))
        # "Finch & Sorrel", however the "&" is written; and either word of it, unless it is an everyday one.
        ways.add(full[: full.index(short[-1]) + 1] if short[-1] in full else full)
        ways.update(_less_what_ends_it(full))
        ways.update(short[:length] for length in range(2, len(short)))  # Booz Allen, of Booz Allen Hamilton
        ways.update(_capitals(name))
        ways.update(words(f"{one}&{other}") for one, other in _AND.findall(name) if f"{one}&{other}" not in _TERMS)
        if len(short) > 1:
            ways.add(("".join(short[:2]),))  # netdragon, of Net Dragon Websoft
            own = [
                word for at, word in enumerate(short) if not (at and plain(word))
            ]  # no "centers", of Regency Centers
            ways.update((word,) for word in own if len(word) >= SHORT and word not in shared)
        # "dardens guidance"
        ways.update((f"{word}s",) for word in short if (word,) in ways and not (plain(word) or word.endswith("s")))
    if company.ticker:
        ways.add(words(company.ticker))
    ways.add(words(company.key))
    return {way for way in ways if way and any(way)}


def _capitals(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the first word of a name where it is capital letters: NXP, of NXP Semiconductors."""
    first = name.split(maxsplit=1)[0].strip(".,") if name.split() else ""
    if first.isupper() and first.isalpha() and len(first) >= SHORTEST and not plain(first.lower()):
        yield (first.lower(),)


def _less_what_ends_it(full: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name of several words without the general words at its end: `regions financial`, `marsh and mclennan`."""
    for length in range(len(full) - 1, 1, -1):
        if full[length] not in generic_words():
            return
        if full[length - 1] not in _JOINING:
            yield full[:length]


def shortens(ticker: str, word: str) -> bool:
    """Whether a ticker's letters, doubled ones once, stand in a word in this order from its first on."""
    letters = iter(word)
    once = [letter for at, letter in enumerate(ticker) if letter != ticker[at - 1 : at]]
    long_enough = len(word) > len(ticker) >= SHORTEST and word[0] == ticker[0]
    return long_enough and all(each in letters for each in once)
