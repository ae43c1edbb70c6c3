"""Phrases that an index holds as one word each, beside their words: the many names that things go by.

To find a phrase of two common words (*product margin*) an engine walks through the places of both, half a millisecond
in 100,000 turns, and a topic with a dozen synonyms is looked for several times a question. Held as a word, a phrase is
looked up.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import compress, count, pairwise

from bot.search.stems import stem
from bot.search.words import STOP, keys

JOINT = "_"
"""Stands between the words of a phrase that is one word: no key holds it (see `bot.search.words.WORD`)."""


class Collocations:
    """Phrases by the stems of their words, so that a phrase's inflections are among them, each as a word of its own."""

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        parted = (tuple(map(stem, keys(phrase))) for phrase in phrases)
        self._phrases = frozenset(roots for roots in parted if len(roots) > 1)
        self._known: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = {}
        for roots in sorted(self._phrases):
            place = _anchor(roots)
            self._known.setdefault((roots[place], roots[place + 1]), []).append((place, roots))

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the phrases: an index with other ones can't be asked for these."""
        lines = "\n".join(sorted(map(" ".join, self._phrases)))
        return blake2b(lines.encode(), digest_size=16).hexdigest()

    def within(self, roots: Sequence[str]) -> list[slice]:
        """Return where the phrases stand in a text, in any inflection, by the stems of its words in order."""
        known = self._known
        # No step of Python's own a pair of neighbours, of which there are as many as words.
        places = compress(count(), map(known.__contains__, pairwise(roots)))
        return [
            slice(place - before, place - before + len(phrase))
            for place in places
            for before, phrase in known[roots[place], roots[place + 1]]
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
