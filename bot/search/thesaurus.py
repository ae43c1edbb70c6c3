"""The finance thesaurus: which other words a topic goes by. Its groups are data: `thesaurus.toml` and a team's own."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from bot.errors import SettingsError
from bot.search.collocations import Collocations
from bot.search.stems import stem
from bot.search.words import compounds, keys
from bot.search.years import other_ways
from bot.team import Synonym

TEAMS = 64
"""Teams whose groups are kept put together with the shipped ones; the oldest gives way."""


class ThesaurusError(SettingsError):
    """A thesaurus file is malformed."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words for one thing. A question with an entry of `same` also finds the others, and those of `also`.

    `own`: a team's, and told as such.
    """

    name: str
    same: tuple[str, ...]
    also: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """A group that fired: which words of the topic (positions) make up the entry, and what else to look for."""

    at: tuple[int, ...]
    entry: str
    same: tuple[str, ...]
    also: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    text: str
    group: Group

    def fires(self, words: Mapping[str, str]) -> bool:
        """Whether a topic's words, by their stems, make up the entry."""
        return all(
            part in words and inflected(words[part], key) for part, key in zip(self.stems, self.keys, strict=True)
        )


# What inflections add to a word, or put in the place of its last letter: share, shares, sharing; supply, supplies.
_ENDINGS = frozenset({"", "s", "es", "e", "ed", "ing", "y", "ies", "ied", "er", "ers"})


@lru_cache(65_536)
def inflected(one: str, other: str) -> bool:
    """Whether two words of one stem are inflections of each other: product and products, but not productivity."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    last = one[shared - 1 : shared]
    return all(
        rest in _ENDINGS or (rest[:1] == last and rest[1:] in _ENDINGS) for rest in (one[shared:], other[shared:])
    )


def parse(text: str, source: str) -> tuple[Group, ...]:
    """Read groups from TOML; `source` names it in the error."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ThesaurusError(f"{source} is not valid TOML: {error}.") from None
    return tuple(_group(name, table, source) for name, table in tables.items())


def groups_of(path: Path) -> tuple[Group, ...]:
    """Read a team's own file. Raises ThesaurusError, which names it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ThesaurusError(f"{path} can't be read ({error.__class__.__name__}): it must be a TOML file.") from error
    return parse(text, path.name)


def _group(name: str, table: object, source: str) -> Group:
    if not isinstance(table, dict) or not set(table) <= {"same", "also"}:
        raise ThesaurusError(f"{source}: [{name}] holds something else than `same` and `also`.")
    lists = [table.get(part, []) for part in ("same", "also")]
    for words in lists:
        if not isinstance(words, list) or not all(isinstance(word, str) and keys(word) for word in words):
            raise ThesaurusError(f"{source}: the lists of [{name}] hold something else than words in quotes.")
    if not lists[0]:
        raise ThesaurusError(f"{source}: [{name}] has no word in `same`.")
    return Group(name, tuple(lists[0]), tuple(lists[1]))


class Thesaurus:
    """Groups, looked up by the words of a topic. Groups of one name add up: a team extends a shipped one."""

    def __init__(self, groups: Iterable[Group]) -> None:
        merged: dict[str, Group] = {}
        for group in groups:
            known = merged.get(group.name, Group(group.name, ()))
            same, also = (tuple(dict.fromkeys(a + b)) for a, b in ((known.same, group.same), (known.also, group.also)))
            merged[group.name] = Group(group.name, same, also)
        self.groups = tuple(merged.values())
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        for group in self.groups:
            self._enter(group)
        self._stems = {root for entries in self._entries.values() for entry in entries for root in entry.stems}
        self._teams: dict[tuple[Synonym, ...], Thesaurus] = {}

    def _enter(self, group: Group) -> None:
        for text in group.same:
            words = tuple(keys(text))
            stems = tuple(map(stem, words))
            self._entries[stems[0]].append(_Entry(words, stems, text, group))
            if compounds(text) and len(words) == len(compounds(text)) + 1:  # "ecommerce" is "e-commerce" too
                joined = "".join(words)
                self._entries[stem(joined)].append(_Entry((joined,), (stem(joined),), text, group))

    def of_team(self, synonyms: tuple[Synonym, ...]) -> "Thesaurus":
        """Return a thesaurus of these groups and a team's own words; this one stays as it is."""
        if not synonyms:
            return self
        found = self._teams.get(synonyms)
        if found is None:
            found = Thesaurus(())
            found.groups = self.groups + tuple(map(_own, synonyms))
            found._entries = defaultdict(list, {root: list(held) for root, held in self._entries.items()})
            for group in found.groups[len(self.groups) :]:
                found._enter(group)
            found._stems = self._stems | {stem(key) for each in synonyms for text in _texts(each) for key in keys(text)}
            if len(self._teams) >= TEAMS:
                del self._teams[next(iter(self._teams))]
            self._teams[synonyms] = found
        return found

    @cached_property
    def collocations(self) -> Collocations:
        """The phrases among the words of its groups."""
        return Collocations(text for group in self.groups for text in (*group.same, *group.also))

    @cached_property
    def single_words(self) -> frozenset[str]:
        """The words that are an entry or a synonym by themselves, as keys: capex, ebitda."""
        texts = (keys(text) for group in self.groups for text in (*group.same, *group.also))
        return frozenset(found[0] for found in texts if len(found) == 1)

    @classmethod
    def shipped(cls, *own: Path) -> "Thesaurus":
        """Read the groups that come with Earshot, then a team's own files; without these, each process has but one."""
        return cls((*_shipped().groups, *(group for path in own for group in groups_of(path)))) if own else _shipped()

    def knows(self, key: str) -> bool:
        """Whether a word (a key) stands in some entry, in any inflection, or is a year."""
        return stem(key) in self._stems or bool(other_ways(key))

    def expand(self, words: Sequence[str]) -> tuple[Expansion, ...]:
        """Find the groups that a topic's words (keys, in order) fire.

        An entry fires when all its words are there, in any order and inflection. Longer entries come first and use
        their words up: "net interest margin" does not also mean margins in general. A year goes by its other ways, too.
        """
        at: dict[str, tuple[int, ...]] = {}
        for position, word in enumerate(words):
            at.setdefault(stem(word), (position,))
        for position, (left, right) in enumerate(pairwise(words)):
            at.setdefault(stem(left + right), (position, position + 1))  # "cyber attack" is "cyberattack" too
        typed = {part: "".join(words[place] for place in places) for part, places in at.items()}
        near = (entry for root in at for entry in self._entries.get(root, ()))
        found = [entry for entry in near if entry.fires(typed)]
        fired: dict[str, Expansion] = {}
        used: dict[int, frozenset[int]] = {}  # position -> the words of the entry that used it
        for entry in sorted(found, key=lambda entry: -sum(len(at[part]) for part in entry.stems)):
            places = frozenset(place for part in entry.stems for place in at[part])
            if any(used.get(place, places) != places for place in places) or entry.group.name in fired:
                continue
            used |= dict.fromkeys(places, places)
            others = tuple(text for text in entry.group.same if text != entry.text)
            group = entry.group
            fired[group.name] = Expansion(tuple(sorted(places)), entry.text, others, group.also, group.own)
        for place, word in enumerate(words):
            if place not in used and (others := other_ways(word)):
                fired[word] = Expansion((place,), word, others, ())
        return tuple(fired.values())


@cache
def _shipped() -> Thesaurus:
    """Read the groups that come with Earshot: once, for whoever loads calls anew; nobody changes them."""
    text = files("bot.search").joinpath("thesaurus.toml").read_text(encoding="utf-8")
    return Thesaurus(parse(text, "thesaurus.toml"))


def _own(synonym: Synonym) -> Group:
    """Return a team's synonym as a group; its name is none that a file can hold."""
    return Group(f"team: {synonym.word}", _texts(synonym), own=True)


def _texts(synonym: Synonym) -> tuple[str, ...]:
    return tuple(dict.fromkeys((synonym.word, *synonym.means)))
