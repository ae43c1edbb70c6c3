"""Spelling: an unknown word becomes the library's own word nearest to it, or stays as it is.

The guards, in order: a word whose stem is in the library, in the thesaurus, a name, a number or plain English is never
corrected, nor is one of fewer than four letters. Up to six letters one edit is forgiven, above that two; doubling the
wrong letter is no second one, and where one edit makes another plain English word two are not forgiven. The closest
full word of the library wins, among equals the one that more turns hold.
(Full words, never stems: the stem of a misspelling is no misspelling of the stem.) Where the library has none, a word
of the thesaurus does: its other names may well be in the library.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.english import plain
from bot.search.stems import stem
from bot.search.thesaurus import Thesaurus
from bot.search.vocabulary import Vocabulary
from bot.search.words import keys

SHORTEST = 4
"""Letters below which a word is never corrected."""
SHORT = 6
"""Letters up to which one edit is forgiven, not two: `config` is no misspelt `confirm`."""
INLINE = 4_000
"""Words of the library up to which comparing them all takes under a millisecond, less than a thread is worth."""
REMEMBERED = 4_096
"""Words whose correction is kept until the vocabulary changes."""
ROOT = 4
"""Letters with which two plain words begin alike that may be of one root."""
NEAR = 0.7
"""Share of a word's letters that must agree for a word of the library to be offered as near."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words as arrays, with the turns that hold each; the vocabulary's as it was at one version."""

    version: object
    words: Sequence[str]
    turns: "np.ndarray[tuple[int], np.dtype[np.int64]]"


class Speller:
    """Corrects words against one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, thesaurus: Thesaurus) -> None:
        self._vocabulary = vocabulary
        self._thesaurus = thesaurus
        self._words = _Words(-1, (), np.zeros(0, np.int64))
        self._terms = _terms(thesaurus)
        self._known: dict[str, str | None] = {}
        self._near: dict[str, tuple[str, ...]] = {}

    def knows(self, word: str) -> bool:
        """Whether a word (a key) must be left as it is."""
        return (
            len(word) < SHORTEST
            or not word.isalpha()
            or self._vocabulary.holds(stem(word))
            or self._thesaurus.knows(word)
            or self._vocabulary.names(word)
            or plain(word)
        )

    async def correct(self, words: Iterable[str]) -> dict[str, str]:
        """Return, for the words (keys) that need it, the word of the library each was meant to be."""
        doubtful = list(dict.fromkeys(word for word in words if not self.knows(word)))
        if not doubtful:
            return {}
        known = await self._arranged()
        new = [word for word in doubtful if word not in self._known]
        if new:
            for held in (known, self._terms):
                missed = [word for word in new if self._known.get(word) is None]
                distances = await self._distances(missed, held)
                for word, row in zip(missed, distances, strict=True):
                    right = _closest(word, row, held)
                    slip = right is None or row.min() < 2 or len(word) <= SHORT or not self._otherwise(word)  # noqa: PLR2004 - two edits
                    self._known[word] = right if slip else None
        return {word: right for word in doubtful if (right := self._known[word]) is not None}

    def _otherwise(self, word: str) -> bool:
        """Whether a word is one slip from plain English that no call says: `occured` is no misspelt "occupied"."""
        meant = [other for other in _slips(word) if plain(other)]
        return bool(meant) and not any(self._vocabulary.holds(stem(other)) for other in meant)

    async def near(self, words: Iterable[str], limit: int = 3) -> tuple[str, ...]:
        """Return words of the library to offer where nothing was found: those that occur, or else look alike."""
        typed = [word for word in dict.fromkeys(words) if len(word) >= SHORTEST]
        occurring = tuple(word for word in typed if word in self._vocabulary)[:limit]
        known = await self._arranged()
        if occurring or not (typed and known.words):
            return occurring if len(typed) > 1 else ()  # one word that occurs, though not here, is no news
        new = [word for word in typed if word not in self._near]
        if new:
            distances = await self._distances(new, known, most=len(max(new, key=len)) // 2)
            for word, row in zip(new, distances, strict=True):
                order = np.lexsort((-known.turns, row))[:limit]
                near = (known.words[at] for at in order if row[at] <= (1 - NEAR) * len(word))
                # What is plain English is spelt right: a word that only looks like it (`tone`, done) says nothing else.
                self._near[word] = tuple(each for each in near if not plain(word) or _one_root(word, each))
        return tuple(dict.fromkeys(near for word in typed for near in self._near[word]))[:limit]

    async def _arranged(self) -> _Words:
        if self._words.version != self._vocabulary.version:
            version = self._vocabulary.version
            named = self._vocabulary.names
            items = [
                (word, turns)
                for word, turns in self._vocabulary.counted()
                if len(word) >= SHORTEST and word.isalpha() and (not named(word) or plain(word))
            ]  # nobody's name: those are looked up as names
            self._words = _Words(
                version, [word for word, _ in items], np.array([turns for _, turns in items], np.int64)
            )
            self._known.clear()
            self._near.clear()
        elif len(self._known) + len(self._near) > REMEMBERED:
            self._known.clear()
            self._near.clear()
        return self._words

    async def _distances(
        self, words: Sequence[str], known: _Words, most: int = 2
    ) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
        def compare() -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
            return process.cdist(words, known.words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)

        # cdist lets the event loop run, `extract` would hold it (and everybody) for the whole comparison.
        return compare() if len(known.words) * len(words) <= INLINE else await asyncio.to_thread(compare)


@lru_cache(4)  # whoever loads calls anew has the same thesaurus
def _terms(thesaurus: Thesaurus) -> _Words:
    """Return the full words of the thesaurus's entries: what a question may name by another word than the calls do."""
    found = sorted({key for group in thesaurus.groups for text in group.same for key in keys(text)})
    words = [word for word in found if len(word) >= SHORTEST and word.isalpha()]
    return _Words(0, words, np.zeros(len(words), np.int64))


def _closest(word: str, row: "np.ndarray[tuple[int], np.dtype[np.uint8]]", known: _Words) -> str | None:
    forgiven = 1 if len(word) <= SHORT else 2
    if not len(row):
        return None
    if row.min() <= forgiven:
        return known.words[int(np.lexsort((-known.turns, row))[0])]
    if len(word) > SHORT:
        return None
    # The wrong letter doubled is one slip, though it takes two edits: tarrif.
    single = _undoubled(word)
    alike = [at for at in np.flatnonzero(row == forgiven + 1).tolist() if _undoubled(known.words[at]) == single]
    return known.words[max(alike, key=lambda at: int(known.turns[at]))] if alike else None


def _slips(word: str) -> Iterator[str]:
    """Yield what a word is one edit from."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase)
    yield from (left + letter + right for left, right in cuts for letter in ascii_lowercase)


def _undoubled(word: str) -> str:
    """Return a word with its doubled letters once."""
    return "".join(letter for letter, before in zip(word, f" {word}", strict=False) if letter != before)


def _one_root(word: str, other: str) -> bool:
    """Whether two words begin alike, as those of one root do."""
    return len(word) >= ROOT and word[:ROOT] == other[:ROOT]
