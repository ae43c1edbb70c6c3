"""Phrases that an index holds as one word each, beside their words: the many names that things go by.

To find a phrase of two common words (*product margin*) an engine walks through the places of both, half a millisecond
in 100,000 turns, and a topic with a dozen synonyms is looked for several times a question. Held as a word, a phrase is
looked up.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TypeAlias

import numpy as np

from bot.search.stems import stem
from bot.search.words import STOP, keys

Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int32]]"

JOINT = "_"
"""Stands between the words of a phrase that is one word: no key holds it (see `bot.search.words.WORD`)."""


class Collocations:
    """Phrases by the stems of their words, so that a phrase's inflections are among them, each as a word of its own."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        parted = (tuple(map(stem, keys(phrase))) for phrase in phrases)
        self._phrases = frozenset(roots for roots in parted if len(roots) > 1)
        anchors = [(roots, _anchor(roots)) for roots in sorted(self._phrases)]
        self._lefts = _numbered(roots[place] for roots, place in anchors)
        self._rights = _numbered(roots[place + 1] for roots, place in anchors)
        self._known: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        for roots, place in anchors:
            pair = self._lefts[roots[place]] * self._width + self._rights[roots[place + 1]]
            self._known.setdefault(pair, []).append((place, roots))
        self._pairs = np.array(sorted(self._known), np.int64)

    @property
    def _width(self) -> int:
        return len(self._rights) + 1

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the phrases: an index with other ones can't be asked for these."""
        lines = "\n".join(sorted(map(" ".join, self._phrases)))
        return blake2b(lines.encode(), digest_size=16).hexdigest()

    def sides(self, root: str) -> tuple[int, int]:
        """Return what stands for a stem as the left and as the right one of a telling pair, 0 for none."""
        return self._lefts.get(root, 0), self._rights.get(root, 0)

    def within(self, lefts: Numbers, rights: Numbers, roots: Callable[[slice], tuple[str, ...]]) -> list[slice]:
        """Return where the phrases stand in a text, in any inflection, by the sides of its words in order.

        `roots` gives the stems of some of them.
        """
        places = np.flatnonzero((lefts[:-1] > 0) & (rights[1:] > 0))
        pairs = lefts[places].astype(np.int64) * self._width + rights[places + 1]
        if len(pairs):
            telling = self._pairs.take(np.searchsorted(self._pairs, pairs), mode="clip") == pairs
            places, pairs = places[telling], pairs[telling]
        maybe = [
            (slice(place - before, place - before + len(phrase)), phrase)
            for place, pair in zip(places.tolist(), pairs.tolist(), strict=True)
            for before, phrase in self._known[pair]
            if place >= before
        ]
        return [here for here, phrase in maybe if len(phrase) == 2 or roots(here) == phrase]  # noqa: PLR2004  # the pair

    def hold(self, roots: Sequence[str]) -> bool:
        """Whether a phrase of these stems is among them, in any inflection."""
        return tuple(roots) in self._phrases


def _numbered(roots: Iterable[str]) -> dict[str, int]:
    return {root: number for number, root in enumerate(sorted(set(roots)), 1)}


def _anchor(roots: Sequence[str]) -> int:
    """Return the place of the two neighbours that a phrase is looked for by: best ones that tell something."""
    return min(range(len(roots) - 1), key=lambda place: sum(root in STOP for root in roots[place : place + 2]))


NONE = Collocations()
"""No phrases: each is looked for by its words."""


def as_word(words: Iterable[str], *, stems: bool = False) -> str:
    """Return what stands for a phrase of these keys, or of these stems, which is another word."""
    return JOINT * stems + JOINT.join(words)
