"""Cutting quotes out of turns: contiguous, whole sentences, and checked against the source before they leave."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.turn import Turn

ROOM = 700
"""Characters a quote may have where a turn is longer: about what is read at a glance on a phone."""

# A sentence ends at . ! ? … with its closing quotes, before a blank and a capital, a figure or an opening quote.
# A run of such marks is tried from its first one only: from each of them, a thousand would cost a million steps.
# It begins with a set of signs, to which `re` leaps: three times as fast as two ways to begin.
_END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<=[.!?…])(?<![.!?…]{2})[.!?…]*[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9$€£]))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Inc|Corp|Ltd|Co|vs|No|approx|Jr|Sr|Gen|Sen|Rep|Messrs|i\.e|e\.g|U\.S|U\.K|a\.m|p\.m|[A-Z]))\.$"
)


class MisquoteError(AssertionError):
    """A quote does not stand in its turn: a mistake of ours, which must never reach a reader."""


@lru_cache(2_048)  # an entry holds the turn's own string, which is there anyway: a turn is cut to several lengths
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a text as half-open character ranges without the blanks around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if text[match.start()] != "\n" and _ABBREVIATION.search(text, max(0, match.start() - 8), match.start() + 1):
            continue
        _keep(found, text, start, match.end())
        start = match.end()
    _keep(found, text, start, len(text))
    return tuple(found)


def excerpt(text: str, spans: Sequence[tuple[int, int]], room: int = ROOM) -> tuple[int, int]:
    """Return the characters [start, end) to quote: the whole text where it is short, else whole sentences.

    The sentence with most matched words is always whole, however long; then sentences around it join while they fit
    in `room` characters, those after it first, as an answer follows its claim.
    """
    if len(text) <= room:
        return _stripped(text, 0, len(text))
    parts = sentences(text)
    if not parts:
        return 0, len(text)
    core = _fullest(text, parts, spans)
    left = right = core
    # A match that runs over a sentence's end takes the next one too.
    for start, end in spans:
        if parts[core][0] <= start < parts[core][1] < end:
            right = max(right, *(index for index, part in enumerate(parts) if part[0] < end))
    while True:
        after = right + 1 < len(parts) and parts[right + 1][1] - parts[left][0] <= room
        # Not back over the start of a paragraph: a claim reads best from where its paragraph begins.
        before = left > 0 and parts[right][1] - parts[left - 1][0] <= room
        before = before and "\n" not in text[parts[left - 1][1] : parts[left][0]]
        if after and (not before or right - core <= core - left + 1):
            right += 1
        elif before:
            left -= 1
        else:
            return parts[left][0], parts[right][1]


def within(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans that lie in [start, end), as offsets into that run."""
    return tuple((left - start, right - start) for left, right in spans if start <= left < right <= end)


def fingerprint(turn: Turn) -> str:
    """Return 12 hex characters of the SHA-256 of a turn's text: a button tells by it that a call has changed."""
    return _fingerprint(turn.text)


@lru_cache(4_096)  # an entry holds the turn's own string, which is there anyway; turns are shown again
def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def check(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], quoted: str) -> None:
    """Check that a quote is this run of its turn's text and its spans lie in it. Raises MisquoteError."""
    if not 0 <= start <= end <= len(text) or text[start:end] != quoted:
        raise MisquoteError(f"a quote of [{start}, {end}) from {len(text)} characters")
    if any(not 0 <= left < right <= end - start for left, right in spans):
        raise MisquoteError(f"spans outside a quote of {end - start} characters")


def _fullest(text: str, parts: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> int:
    """Return in which sentence most matched words start, the first of several: a phrase is one match of its words."""
    starts = [start for start, _ in parts]
    held: Counter[int] = Counter()
    for start, end in spans:
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < parts[index][1]:
            held[index] += len(text[start:end].split())
    return max(held, key=lambda index: (held[index], -index), default=0)


def _keep(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    left, right = _stripped(text, start, end)
    if left < right:
        found.append((left, right))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
