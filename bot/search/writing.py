"""Texts as engines index them: their words' keys and stems, one space between two."""

from typing import NamedTuple

from bot.search.stems import stem
from bot.search.words import WORD, compounds, key, keys

MOST = 300_000
"""Different written words that are remembered at once; numbers make their number endless."""


class Written(NamedTuple):
    """What one run of characters without a space (`Margins,` `e-commerce`) is to an index."""

    keys: str
    stems: str
    joined: str  # the stem of a hyphenated word written as one
    words: tuple[str, ...]
    surfaces: tuple[str, ...]  # lower-case words that differ from their keys


class Writing(dict[str, Written]):
    """Remembers how words are written: a text is split at its spaces, and each different piece looked at once."""

    def __missing__(self, piece: str) -> Written:
        if len(self) >= MOST:
            self.clear()
        found = keys(piece)
        joined = compounds(piece)
        lowered = piece.lower()
        written = Written(
            " ".join(found),
            " ".join(map(stem, found)),
            " ".join(map(stem, joined)),
            tuple(dict.fromkeys([*found, *joined])),
            () if lowered in found else surfaces(piece),
        )
        self[piece] = written
        return written

    def read(self, text: str) -> list[Written]:
        """Return the pieces of a text that hold words, in order."""
        return [written for written in map(self.__getitem__, text.split()) if written.words]


def surfaces(piece: str) -> tuple[str, ...]:
    """Return the lower-case words of a piece that differ from their keys: `nestlé`, `2,500`."""
    return tuple(low for word in WORD.findall(piece) if (low := word.lower()) != key(word))
