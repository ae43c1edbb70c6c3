"""Plain English: the words that are never taken for a misspelling of something else.

The list is symspellpy's frequency dictionary (MIT): words of a large spelling list with their counts in books, most
frequent first. It is read as data; the package itself is never imported.
"""

import tomllib
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from bot.errors import SettingsError
from bot.search.thesaurus import Thesaurus

FEWEST = 30_000
"""Counts in the list below which a word is too rare to be plain: it leaves some 66,000 of 82,000, among them
"buybacks" and "headwinds", and drops what is mostly names and old spellings."""


class NoWordListError(SettingsError):
    """The word list is missing: install symspellpy, which brings it."""


@cache
def plain_english() -> frozenset[str]:
    """Return the words, lower case, without apostrophes."""
    spec = find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        raise NoWordListError("The list of English words is missing; install the package symspellpy.")
    path = Path(next(iter(spec.submodule_search_locations))) / "frequency_dictionary_en_82_765.txt"
    # A word and its count in turn, most frequent first; no word holds a space.
    fields = path.read_text(encoding="utf-8-sig").replace("'", "").split()
    words, counts = fields[::2], fields[1::2]
    return frozenset(words[: bisect_right(counts, -FEWEST, key=lambda count: -int(count))])


@cache
def _known() -> frozenset[str]:
    """Return the plain words, those that the list lacks, and the field's own: capex is nobody misspelt."""
    lacking = tomllib.loads(files("bot.search").joinpath("english.toml").read_text(encoding="utf-8"))["words"]
    return plain_english().union(lacking, Thesaurus.shipped().single_words)


def plain(word: str) -> bool:
    """Whether a word (lower case) is plain English, or a word of finance as the thesaurus has it."""
    return word in _known()
