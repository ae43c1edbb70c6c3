"""Whom and what a question can name: people, firms, companies."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.kind import Kind
from bot.query.keywords import generic_words
from bot.query.tables import firm_groups, firm_words, nicknames, words

KEPT = 40_000
"""Names whose words are kept: those of a large library, which are asked for whenever a call comes or goes."""
DOUBLE = 3
"""Letters from which the first half of a double surname is a name to call somebody by: Al-Rashid is nobody's "al"."""
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "prof", "professor"})
_SITE = re.compile(r"(?<=\w)\.(?:com|net|org|io|ai)\b", re.IGNORECASE)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "cfa", "phd", "cpa", "mba", "md"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the loaded calls. `names` are all canonical names of the turns that are this person's."""

    name: str
    names: tuple[str, ...]
    kind: Kind
    firms: tuple[str, ...]
    titles: tuple[str, ...]
    companies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """A house whose analysts ask. `names` are the firms of the turns, verbatim."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """A company whose calls are loaded. `key` is its ticker, or its name where no ticker is known."""

    key: str
    name: str
    ticker: str | None
    names: tuple[str, ...]
    calls: tuple[str, ...]


@lru_cache(KEPT)
def name_words(name: str) -> tuple[str, ...]:
    """Return a person's name as words, less honorifics and suffixes."""
    all_words = words(name)
    kept = tuple(word for word in all_words if word not in _SUFFIXES)
    if len(kept) > 1 and kept[0] in _HONORIFICS:
        kept = kept[1:]
    return kept or all_words


def spellings(name: str) -> set[str]:
    """Return the ways to write a person's whole name: with and without middle names, with nicknames."""
    parts = name_words(name)
    ways = {" ".join(parts)}
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        ways.add(f"{first} {last}")
        ways.add(f"{first[0]} {last}")
        ways.update(f"{nick} {last}" for nick in nicknames().get(first, ()))
        if len(parts) > 2:  # noqa: PLR2004 - a small figure that its line explains
            ways.add(f"{parts[1]} {last}")  # called by the middle name
            ways.add(f"{first} {' '.join(parts[1:-1])}")  # two surnames, known by the first
            ways.add(" ".join(parts[1:]))
    return ways


def surnames(name: str) -> tuple[str, ...]:
    """Return the words by which a person's surname may be called: of a double one (Osei-Thornton), either."""
    parts = name_words(name)
    if "-" not in name:
        return parts[-1:]
    double = next((held for held in map(words, name.split()) if len(held) > 1 and held[-1] == parts[-1]), parts[-1:])
    return tuple(dict.fromkeys((parts[-1], *(each for each in double if len(each) >= DOUBLE))))


def same_first(left: str, right: str) -> bool:
    """Whether two first names may be one person's: equal, an initial, a nickname."""
    if left == right or right in nicknames().get(left, ()):
        return True
    return (len(left) == 1 or len(right) == 1) and left[0] == right[0]


def same_name(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names of one surname may be one person's: `R. Adam Norris` goes by his middle name."""
    if same_first(left[0], right[0]):
        return True
    by_middle = {left[1:-1][:1], right[1:-1][:1]} & {left[:1], right[:1]}
    return bool(by_middle) and (len(left[0]) == 1 or len(right[0]) == 1)


@lru_cache(KEPT)
def brand(name: str) -> tuple[str, ...]:
    """Return the words a firm or company is known by: `Harbor & Lane Capital Markets, LLC` harbor lane."""
    all_words = firm_words(name)
    for index, word in enumerate(all_words):
        if word in generic_words() and any(each not in generic_words() for each in all_words[:index]):
            return all_words[:index]
    return all_words


def bare_site(name: str) -> str:
    """Return a name less the ending of a site: `Amazon.com, Inc.` is Amazon."""
    return _SITE.sub("", name)


def _initials_joined(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return words with the letters that begin them as one: `J. P. Morgan` is JP Morgan."""
    letters = 0
    while letters < len(parts) and len(parts[letters]) == 1:
        letters += 1
    return ("".join(parts[:letters]), *parts[letters:]) if letters > 1 else parts


@lru_cache(KEPT)
def house(name: str) -> str | None:
    """Return the known house a firm's name belongs to, None for one that firms.toml doesn't know."""
    all_words = _initials_joined(firm_words(name))
    for length in range(len(all_words), 0, -1):
        known = firm_groups().get(all_words[:length])
        # A short alias ("MS", "Bear") must be the whole name, so that "Bear Creek" stays itself.
        rest = all_words[length:]
        if known is not None and all(word in generic_words() for word in rest):
            return known
        if known is not None and length > 1:
            return known
    return None
