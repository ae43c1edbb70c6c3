"""Texts as engines index them: the keys and stems of their words, with spaces between."""

from collections.abc import Iterable
from operator import attrgetter

from bot.search.stems import stem
from bot.search.words import WORD, compounds, key, keys

MOST = 300_000
"""Different written words that are remembered at once; numbers make their number endless."""


class Written:
    """What one run of characters without a space (`Margins,` `e-commerce`) is to an index. Compares by identity."""

    __slots__ = ("joined", "keys", "stems", "words")

    def __init__(self, piece: str) -> None:
        found = keys(piece)
        joined = compounds(piece)
        self.keys = " ".join(found)
        self.stems = " ".join(map(stem, found))
        self.joined = " ".join(map(stem, joined))  # the stem of a hyphenated word, written as one
        self.words = tuple(found)


_KEYS, _STEMS, _JOINED, _WORDS = map(attrgetter, ("keys", "stems", "joined", "words"))


class Writing(dict[str, Written]):
    """Remembers how words are written: a text is split at its spaces, and each different piece looked at once.

    Everything here runs over every word of a library, so it maps and joins without a loop of its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.joined: set[str] = set()
        """The hyphenated words that were met, written as one: `ecommerce`."""
        self.surfaces: set[str] = set()
        """Lower-case words that were met and differ from their keys: `nestlé`, `2,500`."""

    def __missing__(self, piece: str) -> Written:
        if len(self) >= MOST:
            self.clear()
        written = Written(piece)
        if written.joined:
            self.joined.update(compounds(piece))
        if piece.lower() not in written.words:
            self.surfaces.update(low for word in WORD.findall(piece) if (low := word.lower()) != key(word))
        self[piece] = written
        return written

    def read(self, text: str) -> list[Written]:
        """Return the pieces of a text, in order; a piece of signs alone has no words."""
        return list(map(self.__getitem__, text.split()))


def exact(pieces: Iterable[Written]) -> str:
    """Return the keys of the words."""
    return " ".join(map(_KEYS, pieces))


def stems(pieces: Iterable[Written]) -> str:
    """Return the stems of the words."""
    return " ".join(map(_STEMS, pieces))


def joined(pieces: Iterable[Written]) -> str:
    """Return the stems of the hyphenated words, each written as one."""
    return " ".join(filter(None, map(_JOINED, pieces)))


def words(pieces: Iterable[Written]) -> set[str]:
    """Return the different words."""
    return set().union(*map(_WORDS, set(pieces)))
