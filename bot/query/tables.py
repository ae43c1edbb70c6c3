"""The editable tables of names: firms' other names, nicknames, positions."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.query.tokens import fold


@dataclass(frozen=True, slots=True)
class Position:
    """A position people ask for: what they type, and the runs of words by which a printed title says it."""

    name: str
    typed: tuple[tuple[str, ...], ...]
    runs: tuple[str, ...]  # each with a space around every word
    without: frozenset[str]


@lru_cache(40_000)  # the names of a large library are asked for a dozen times while its directory is made
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, firm or title; `&` and hyphens part words, dots and apostrophes vanish."""
    parted = text.replace("&", " and ").replace("-", " ").replace("/", " ").replace(",", " ").replace("(", " ")
    folded = (fold(part.strip('()[]:;!?"“”')) for part in parted.split())
    return tuple(word for word in folded if word)


def firm_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a firm's name without `and` and `the`, which people leave out."""
    all_words = words(name)
    return tuple(word for word in all_words if word not in {"and", "the"}) or all_words


@cache
def positions() -> tuple[Position, ...]:
    """Return the positions of titles.toml."""
    return tuple(
        Position(
            name=row["name"],
            typed=tuple(words(typed) for typed in row["typed"]),
            runs=tuple(f" {' '.join(each)} " for each in row["words"]),
            without=frozenset(row.get("not", ())),
        )
        for row in _read("titles.toml")["title"]
    )


@lru_cache(20_000)
def positions_in(title: str) -> tuple[str, ...]:
    """Return the positions that a printed title names."""
    held = words(title)
    says = f" {' '.join(held)} ".__contains__
    return tuple([each.name for each in positions() if any(map(says, each.runs)) and each.without.isdisjoint(held)])


@cache
def position_of() -> Mapping[tuple[str, ...], str]:
    """Return, for every way to type a position (as words), its name."""
    return {words_: position.name for position in positions() for words_ in (*position.typed, words(position.name))}


@cache
def nicknames() -> Mapping[str, frozenset[str]]:
    """Return, for a first name, the first names that may stand for it (nicknames.toml)."""
    stands: dict[str, set[str]] = {}
    for group in _read("nicknames.toml")["groups"]:
        # The first of a row is the full name: Bob and Rob are both Robert, and each other.
        for name in group:
            stands.setdefault(name, set()).update(group)
    return {name: frozenset(others) for name, others in stands.items()}


@cache
def first_names() -> frozenset[str]:
    """Return common first names (nicknames.toml)."""
    return frozenset(_read("nicknames.toml")["firsts"]).union(nicknames())


@cache
def firm_groups() -> Mapping[tuple[str, ...], str]:
    """Return, for every way to write a known house (as words), the name it is known by (firms.toml)."""
    return {firm_words(name): group[0] for group in _read("firms.toml")["groups"] for name in group}


@cache
def _read(name: str) -> dict[str, list]:  # type: ignore[type-arg]  # rows differ by table; each reader names its shape
    return tomllib.loads((files("bot.query") / name).read_text(encoding="utf-8"))
