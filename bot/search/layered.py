"""The words of two vocabularies as one. Neither learns of the other: a word of one corrects nothing elsewhere."""

from collections.abc import Iterator
from typing import TypeVar, overload

from bot.search.vocabulary import Vocabulary

T = TypeVar("T")


class Layered(Vocabulary):
    """A view of `base` and `own`, as they are at each look. It holds no word itself, and is never added to."""

    def __init__(self, base: Vocabulary, own: Vocabulary) -> None:
        super().__init__()
        self._base, self._own = base, own

    @property
    def version(self) -> object:
        """What changes with every change of the words of either."""
        return self._base.version, self._own.version

    @property
    def turns(self) -> int:
        """How many turns the words are from."""
        return self._base.turns + self._own.turns

    def __getitem__(self, word: str) -> int:
        turns = self.get(word, 0)
        if not turns:
            raise KeyError(word)
        return turns

    @overload
    def get(self, word: str, default: None = None, /) -> int | None: ...
    @overload
    def get(self, word: str, default: T, /) -> int | T: ...
    def get(self, word: str, default: object = None, /) -> object:
        """Return the turns that hold a word, of both together."""
        return (self._base.get(word, 0) + self._own.get(word, 0)) or default

    def __contains__(self, word: object) -> bool:
        return word in self._base or word in self._own

    def __iter__(self) -> Iterator[str]:
        yield from self._base
        yield from (word for word in self._own if word not in self._base)

    def __len__(self) -> int:
        return len(self._base) + sum(word not in self._base for word in self._own)

    def counted(self) -> list[tuple[str, int]]:
        """Return the words and their turns as they are now; safe while another thread adds words."""
        counts = dict(self._base.counted())
        for word, turns in self._own.counted():
            counts[word] = counts.get(word, 0) + turns
        return list(counts.items())

    def surfaces(self, word: str) -> tuple[str, ...]:
        """Return how a word (a key) is written in lower case where that is not the key itself."""
        return _both(self._base.surfaces(word), self._own.surfaces(word))

    def forms(self, root: str) -> tuple[str, ...]:
        """Return the words that share a stem."""
        return _both(self._base.forms(root), self._own.forms(root))

    def holds(self, root: str) -> bool:
        """Whether any word has this stem."""
        return self._base.holds(root) or self._own.holds(root)

    def names(self, word: str) -> bool:
        """Whether a word (a key) is part of the name of somebody, a firm or a company of either."""
        return self._base.names(word) or self._own.names(word)

    def joined(self, root: str) -> bool:
        """Whether some hyphenated word, written as one, has this stem."""
        return self._base.joined(root) or self._own.joined(root)


def _both(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(some + more)) if more else some
