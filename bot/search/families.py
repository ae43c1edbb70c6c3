"""Words that share a stem and mean other things (families.toml): severance is not several, customs are no customers."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.search.stems import stem
from bot.search.thesaurus import inflected
from bot.search.vocabulary import Vocabulary


def kin(word: str, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Return the words of the library that a word (a key) is searched by: of its stem, those that mean the same.

    None where all that it holds of the stem do. Empty where it holds only others.
    """
    families = _families().get(root := stem(word))
    own = None if families is None else _family(word, families)
    if families is None or own is None:
        return None
    forms = vocabulary.forms(root)
    held = tuple(form for form in forms if _family(form, families) == own)
    return held if len(held) < len(forms) else None


def _family(word: str, families: Mapping[str, int]) -> int | None:
    """Return which family of its stem a word belongs to; None for one that is no inflection of any listed word."""
    listed = families.get(word)
    if listed is not None:
        return listed
    heads = [head for head in families if inflected(head, word)]
    return families[max(heads, key=lambda head: _shared(head, word))] if heads else None


def _shared(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


@cache
def _families() -> Mapping[str, Mapping[str, int]]:
    """Return the listed words of each stem, with the number of their family."""
    lines = tomllib.loads((files("bot.search") / "families.toml").read_text(encoding="utf-8"))["apart"]
    held = [[family.split() for family in line.split("|")] for line in lines]
    return {
        stem(families[0][0]): {word: number for number, family in enumerate(families) for word in family}
        for families in held
    }
