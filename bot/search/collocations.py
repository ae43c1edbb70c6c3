"""Phrases that an index holds as one word each, beside their words: the many names that things go by.

To find a phrase of two common words (*product margin*) an engine walks through the places of both, half a millisecond
in 100,000 turns, and a topic with a dozen synonyms is looked for several times a question. Held as a word, a phrase is
looked up.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import blake2b

from bot.search.stems import stem
from bot.search.words import STOP, keys

LEFT, RIGHT = 1, 2
# A word that may be the left one of a phrase's telling pair, before one that may be the right one.
PAIR = re.compile(rb"[\1\3](?=[\2\3])")
MARKED = 50_000
"""Words of which it is remembered that no phrase is looked for by them."""
JOINT = "_"
"""Stands between the words of a phrase that is one word: no key holds it (see `bot.search.words.WORD`)."""


class Collocations:
    """Phrases by the stems of their words, so that a phrase's inflections are among them, each as a word of its own."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        parted = (tuple(map(stem, keys(phrase))) for phrase in phrases)
        self._phrases = frozenset(roots for roots in parted if len(roots) > 1)
        self._known: dict[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        self._marks: dict[str, int] = defaultdict(int)
        for roots in sorted(self._phrases):
            place = _anchor(roots)
            self._known[roots[place : place + 2]].append((place, roots))
            self._marks[roots[place]] |= LEFT
            self._marks[roots[place + 1]] |= RIGHT

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the phrases: an index with other ones can't be asked for these."""
        lines = "\n".join(sorted(map(" ".join, self._phrases)))
        return blake2b(lines.encode(), digest_size=16).hexdigest()

    def within(self, roots: Sequence[str]) -> list[slice]:
        """Return where the phrases stand in a text, in any inflection, by the stems of its words in order."""
        if len(self._marks) > MARKED:
            self._marks = defaultdict(int, {root: mark for root, mark in self._marks.items() if mark})
        marks = bytes(map(self._marks.__getitem__, roots))  # a sign a word: much less than a step of Python's a word
        return [
            slice(place - before, place - before + len(phrase))
            for place in map(re.Match.start, PAIR.finditer(marks))
            for before, phrase in self._known.get(tuple(roots[place : place + 2]), ())
            if place >= before and tuple(roots[place - before : place - before + len(phrase)]) == phrase
        ]

    def hold(self, roots: Sequence[str]) -> bool:
        """Whether a phrase of these stems is among them, in any inflection."""
        return tuple(roots) in self._phrases


NONE = Collocations()
"""No phrases: each is looked for by its words."""


def _anchor(roots: Sequence[str]) -> int:
    """Return the place of the two neighbours that a phrase is looked for by: best ones that tell something."""
    return min(range(len(roots) - 1), key=lambda place: sum(root in STOP for root in roots[place : place + 2]))


def as_word(words: Iterable[str]) -> str:
    """Return what stands for a phrase of these keys, or of these stems."""
    return JOINT.join(words)


def is_phrase(word: str) -> bool:
    """Whether a word of an index stands for a phrase."""
    return JOINT in word
