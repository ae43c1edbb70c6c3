"""The forms of all intents, and which of them may read a question."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from bot.query.intents import intents
from bot.query.keywords import Words
from bot.query.pattern import Form, Matched, Matcher, Reader, Way, spoken

if TYPE_CHECKING:
    from bot.answers.intent import Intent

SHORT, KEPT = 24, 1_024
"""Words up to which it is kept how the forms read them, and of how many such questions."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that reads the tokens."""

    intent: "Intent"
    form: Form
    matched: Matched


def candidates(matcher: Matcher) -> Iterator[Candidate]:
    """Yield what reads the tokens of a matcher, the best first, of equally good ones in the order of the forms.

    What forms read depends on the words that any of them knows and on how many stand between: a question is read as
    the last one was that differs in other words alone, as most do.
    """
    known = _index().words
    words = tuple([word if word in known else "" for word in matcher.words])
    found = _kept if len(words) <= SHORT else _found
    for order, way in found(words, matcher.near):
        intent, form = forms()[order]
        yield Candidate(intent, form, matcher.matched(way))


def prepare() -> None:
    """Compile every form."""
    _index()
    for _, form in forms():
        _ = form.linked


@cache
def forms() -> "tuple[tuple[Intent, Form], ...]":
    """Return every form with its intent."""
    return tuple((intent, form) for intent in intents().values() for form in intent.forms)


def _found(words: tuple[str, ...], near: tuple[str | None, ...]) -> tuple[tuple[int, Way], ...]:
    """Return the ways to read words, each with its form's place, the best first."""
    found = []
    reader = Reader(words, near)
    for order in _index().readable(words, near):
        form = forms()[order][1]
        for way in reader.ways(form) if form.parts else ():
            # A form that names somebody is tried before one that takes the name for a topic's word.
            score = way.keywords - 0.5 * len(way.misspelt) + 0.25 * form.soft + form.weight
            if way.keywords:
                found.append((-score, order, way))
    found.sort(key=lambda each: each[:2])
    return tuple([(order, way) for _, order, way in found])


_kept = lru_cache(KEPT)(_found)


@dataclass(frozen=True, slots=True)
class _Index:
    """All forms by the words they can't do without; a set of forms is a number, a bit a form."""

    words: frozenset[str]  # that any form knows
    opening: Mapping[str | None, int]  # by the word they begin with; those that begin with any by None
    closing: Mapping[str | None, int]
    needs: tuple[Mapping[str | None, int], ...]  # by their first need, their second …; those that have none by None
    members: Mapping[Words, int]  # the literals that are needed, a bit a literal, by what each may be
    longest: Mapping[str, int]  # how many words the longest of these has, by its first
    needed: tuple[int, ...]  # the literals that each form needs

    def readable(self, words: Words, near: Sequence[str | None]) -> Iterator[int]:
        """Yield the forms, by their place, that may read words: most lack one they need."""
        present = {None, *words, *near}
        left = _any(self.opening, {None, words[0], near[0]}) & _any(self.closing, {None, words[-1], near[-1]})
        for need in self.needs:
            left &= _any(need, present)
        absent = 0 if any(near) else ~self._standing(words)
        while left:
            lowest = left & -left
            order = lowest.bit_length() - 1
            if not self.needed[order] & absent:
                yield order
            left ^= lowest

    def _standing(self, words: Words) -> int:
        """Return the literals that stand in words, letter by letter."""
        found = 0
        for at, word in enumerate(words):
            for length in range(1, self.longest.get(word, 0) + 1):
                found |= self.members.get(words[at : at + length], 0)
        return found


def _any(held: Mapping[str | None, int], words: set[str | None]) -> int:
    """Return the forms of any of these words."""
    found = 0
    for word in words:
        found |= held.get(word, 0)
    return found


@cache
def _index() -> _Index:
    known = [form for _, form in forms()]
    outlines = [form.outline for form in known]
    needs = [[literal.heads for literal in outline.needs] for outline in outlines]
    literals = {literal: 1 << at for at, literal in enumerate({each: 0 for one in outlines for each in one.needs})}
    members: dict[Words, int] = {}
    for literal, bit in literals.items():
        for member in chain.from_iterable(literal.members.values()):
            members[member] = members.get(member, 0) | bit
    return _Index(
        frozenset[str]().union(*(spoken(form.parts) for form in known)),
        _by_word([outline.opening for outline in outlines]),
        _by_word([outline.closing for outline in outlines]),
        tuple(map(_by_word, zip_longest(*needs))),
        members,
        {member[0]: len(member) for member in sorted(members, key=len)},
        tuple(sum(literals[literal] for literal in set(outline.needs)) for outline in outlines),
    )


def _by_word(asked: Iterable[frozenset[str] | None]) -> Mapping[str | None, int]:
    """Return the forms by each of the words that each asks for, those that ask for none by None."""
    held: dict[str | None, int] = {}
    for order, words in enumerate(asked):
        for word in words if words is not None else (None,):
            held[word] = held.get(word, 0) | 1 << order
    return held
