"""Long quotations, cut round their match: always one contiguous run of the turn's own words."""

from functools import lru_cache

from bot.answers.answer import Quote
from bot.quoting import excerpt

_excerpt = lru_cache(4_096)(excerpt)  # an entry holds the turn's own string, which is there anyway


def cut(quote: Quote, room: int) -> Quote:
    """Return `quote` in at most `room` characters, whole sentences round its first match where they fit."""
    if quote.end - quote.start <= room:
        return quote
    spans = tuple([(quote.start + start, quote.start + end) for start, end in quote.spans])
    start, end = _excerpt(quote.turn.text, spans, room)
    if end - start > room or start < quote.start or end > quote.end:
        start, end = _hard(quote, room)
    return narrow(quote, start, end)


def narrow(quote: Quote, start: int, end: int) -> Quote:
    """Return the part of `quote` within [start, end) of its turn, with the spans that lie in it."""
    spans = tuple(
        (max(quote.start + a, start) - start, min(quote.start + b, end) - start)
        for a, b in quote.spans
        if quote.start + a < end and quote.start + b > start
    )
    return Quote(quote.call, quote.turn, start, end, spans)


def parts(text: str, room: int) -> list[tuple[int, int]]:
    """Cut a whole turn into consecutive runs of at most `room` characters, at a sentence's end or between words."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = min(start + room, len(text))
        if end < len(text):
            end = _break(text, start, end)
        found.append((start, end))
        start = end
    return found or [(0, 0)]


def _hard(quote: Quote, room: int) -> tuple[int, int]:
    """Cut a sentence longer than the room between words, its first match a third of the way in."""
    text = quote.turn.text
    first = quote.start + (quote.spans[0][0] if quote.spans else 0)
    start = max(quote.start, min(first - room // 3, quote.end - room))
    if start > quote.start:
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    end = min(start + room, quote.end)
    if end < quote.end:
        blank = text.rfind(" ", max(start + 1, first), end)
        end = blank if blank > start else end
    return start, end


def _break(text: str, start: int, end: int) -> int:
    """Return where to cut before `end`: after a sentence in the last third, else after a blank, else at `end`."""
    floor = start + (end - start) * 2 // 3
    for marks in (("\n",), (". ", "? ", "! "), (" ",)):
        best = max(
            text.rfind(mark, floor, end) + len(mark) if text.rfind(mark, floor, end) >= 0 else -1 for mark in marks
        )
        if best > start:
            return min(best, end)
    return end
