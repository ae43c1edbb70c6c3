"""A team's names for companies, people and firms, put in the place they stand for before a question is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.query.reading import How, Reading
from bot.query.tokens import Shape, Token, tokens
from bot.team import Alias, Sort

ARTICLES = frozenset({"the", "our", "my"})
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A question's tokens with aliases replaced, and what was replaced by what."""

    tokens: tuple[Token, ...]
    readings: tuple[Reading, ...] = ()


def alias_words(name: str) -> Words:
    """Return an alias as it is compared: its words, folded, less an article before them."""
    found = tuple(token.word for token in tokens(name) if token.shape is Shape.WORD and token.word)
    return found[1:] if len(found) > 1 and found[0] in ARTICLES else found


def renamed(cut: Sequence[Token], aliases: tuple[Alias, ...]) -> Renamed:
    """Put the names that aliases stand for in their place, the longest alias first.

    Words in double quotes and words with a minus are left as they are: they are looked for as typed. The new tokens
    stand where the alias stood, so that an error points at what was typed.
    """
    known = _by_words(aliases)
    if not known:
        return Renamed(tuple(cut))
    longest = max(map(len, known))
    made: list[Token] = []
    readings: list[Reading] = []
    at = 0
    while at < len(cut):
        alias, length = _alias_at(cut, at, known, longest)
        if alias is None:
            made.append(cut[at])
            at += 1
            continue
        run = list(cut[at : at + length])
        if made and made[-1].word in ARTICLES and made[-1].shape is Shape.WORD and made[-1].field is None:
            run.insert(0, made.pop())
        made += _target(alias, run)
        readings.append(_reading(alias, run))
        at += length
    return Renamed(tuple(made), tuple(dict.fromkeys(readings)))


@lru_cache(256)
def _by_words(aliases: tuple[Alias, ...]) -> Mapping[Words, Alias]:
    return {words: alias for alias in aliases if (words := alias_words(alias.name))}


def _alias_at(cut: Sequence[Token], at: int, known: Mapping[Words, Alias], longest: int) -> tuple[Alias | None, int]:
    """Return the longest alias that begins at a token, and how many tokens it has."""
    for length in range(min(longest, len(cut) - at), 0, -1):
        run = cut[at : at + length]
        if any(token.shape is not Shape.WORD or token.minus or token.prefix or token.cash for token in run):
            continue
        if any(token.field is not None for token in run[1:]) or (length > 1 and run[0].field is not None):
            continue
        alias = known.get(tuple(token.word for token in run))
        if alias is not None:
            return alias, length
    return None, 0


def _target(alias: Alias, run: Sequence[Token]) -> list[Token]:
    """Return the tokens of what an alias stands for, in the place of `run`; the value of a field stays one token."""
    start, end, last = run[0].start, run[-1].end, run[-1]
    if last.field is not None:
        text = " ".join(alias.target.split())
        (only,) = tokens(f'"{text}"')
        return [replace(only, start=start, end=end, field=last.field)]
    named = [replace(token, start=start, end=end) for token in tokens(alias.target)]
    if alias.sort is Sort.COMPANY and len(named) == 1:
        named = [replace(named[0], cash=True)]  # as $TSLA is: no word of plain English, whatever the ticker
    return [*named[:-1], *(replace(token, possessive=last.possessive) for token in named[-1:])]


def _reading(alias: Alias, run: Sequence[Token]) -> Reading:
    typed = " ".join(token.text for token in run)
    return Reading(How.ASSUMED, typed, f"{alias.target}, your team's alias", run[0].start, run[-1].end)
