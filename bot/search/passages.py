"""Where a long turn is cut, so that a remark of ten minutes is found by the minute that is about the topic."""

import re

# A sentence's end: a stop or line break and the space after it.
SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*\s+|\n+")

LONG = 1600
"""Characters (some 260 words) above which a turn is cut."""
ROOM = 900
"""Characters (some 150 words, the reference's passage) that a passage aims at."""
LAP = 300
"""Characters at most that two passages share: a sentence, so that a phrase across their border is found."""


def cut(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text's passages: whole sentences, neighbours sharing the last one where it is short."""
    if len(text) <= LONG:
        return ((0, len(text)),)
    passages: list[tuple[int, int]] = []
    start, last = 0, 0  # of the passage, and of its last sentence
    for match in SENTENCE_END.finditer(text):
        end = match.end()
        if end - start >= ROOM:
            passages.append((start, end))
            start = last if start < last and end - last <= LAP else end
        last = end
    if start < len(text):
        passages.append((start, len(text)))
    return tuple(passages)
