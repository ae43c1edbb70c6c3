"""Words that a page's letter and word spacing has split in two, put together by the document's own vocabulary."""

import dataclasses
from collections import Counter
from collections.abc import Sequence

from bot.reading.row import Row

STRAYS = 8  # single letters, that are no word, from which on a document is held to have the malady
WORDS = frozenset("aAI&QOoxX-–—•*")
TIMES = 3  # the whole word must be this many times as frequent as its rarer half


def close_words(rows: Sequence[Row]) -> tuple[list[Row], int]:
    """Give the rows with split words closed, and how many there were; untouched where the document is sound.

    Two neighbours are one word if the whole stands elsewhere in the document and one of the halves hardly does.
    """
    counts = Counter(word.strip('.,;:?!()“”"') for row in rows for word in row.text.split())
    strays = sum(times for word, times in counts.items() if len(word) == 1 and word.islower() and word not in WORDS)
    if strays < STRAYS:
        return list(rows), 0
    out: list[Row] = []
    closed = 0
    for row in rows:
        text, times = _closed(row.text, counts)
        closed += times
        out.append(dataclasses.replace(row, text=text) if times else row)
    return out, closed


def _closed(text: str, counts: Counter[str]) -> tuple[str, int]:
    words = text.split(" ")
    out = words[:1]
    times = 0
    for word in words[1:]:
        left, right = out[-1], word.rstrip('.,;:?!)”"')
        whole = left.lstrip('(“"') + right
        rarer = min(counts[left.lstrip('(“"')], counts[right])
        if left[-1:].isalpha() and right[:1].isalpha() and right[:1].islower() and counts[whole] > TIMES * rarer:
            out[-1] = left + word
            times += 1
        else:
            out.append(word)
    return " ".join(out), times
