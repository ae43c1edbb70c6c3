"""A hyphen at a printed row's end: a divided word's, a compound's, or where a speaker broke off to begin anew."""

import re
from collections.abc import Iterable
from itertools import pairwise

MARKS = ".,;:?!)"
BROKEN = re.compile(r"[A-Za-z][A-Za-z'’]+-")
SUSPENDED = frozenset(("and", "or", "to", "versus"))  # “short- and long-term”
HABIT = 5  # words broken off in the middle of rows: the source prints speech as it was said
PREFIXES = frozenset("non pre post ex co sub mid multi anti semi self pro intra inter cross macro micro re un".split())  # noqa: SIM905


class Hyphens:
    """A document's words, and whether it prints words that were broken off."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.words: set[str] = set()
        self.apart: set[str] = set()
        broken = 0
        for row in rows:
            words = row.split()
            self.words.update(words)
            if "- " in row:
                pairs = [
                    f"{word} {after.rstrip(MARKS)}".lower()
                    for word, after in pairwise(words)
                    if BROKEN.fullmatch(word) is not None and after.lower() not in SUSPENDED
                ]
                self.apart.update(pairs)
                broken += len(pairs)
        self._breaks_off = broken >= HABIT

    def between(self, head: str, tail: str) -> str:
        """Give what stands between a row's last word (less its hyphen) and the next row's first: "", "-" or "- ".

        A divided word's hyphen goes where the whole word stands elsewhere in the document, a compound's stays. A word
        was broken off where it is begun anew, where the document prints the two apart within a row (“non- GAAP”), or
        where it prints such words and the two make no known one.
        """
        head_tail = f"{head}-{tail}".rstrip(MARKS)
        if head_tail in self.words:
            return "-"
        if (head + tail).rstrip(MARKS) in self.words:
            return ""
        anew = tail.lower().startswith(head.lower()) or f"{head}- {tail.rstrip(MARKS)}".lower() in self.apart
        return "- " if anew or (self._breaks_off and head.lower() not in PREFIXES) else "-"
