"""A time that is set beside another by how far it lies before it: `vs last quarter`, `against a year ago`."""

from collections.abc import Sequence

from bot.call import Call
from bot.period import Period
from bot.query.clock import Clock, When
from bot.query.errors import NotUnderstoodError
from bot.query.query import Span
from bot.query.small_words import AGAINST
from bot.query.tokens import Token

COMPARING = frozenset({"compare", "compares", "compared", "comparing", "contrast"})
"""Words behind which `to` and `with` set something beside what was said."""
QUARTERS = 4
_LED = frozenset({"to", "with", *AGAINST})
_QUARTER = frozenset({"quarter", "qtr", "call", "quater"})
_BEFORE = frozenset({"before", "earlier", "ago", "prior"})
_PREVIOUS = frozenset({"last", "previous", "prior", "preceding"})
_SAME = frozenset({"same", "comparable", "corresponding"})
_PERIOD = _QUARTER | {"period", "time", "point"}
_WAYS = (
    (_PREVIOUS, frozenset({"year"}), QUARTERS),
    (_PREVIOUS, _QUARTER, 1),
    (_QUARTER, _BEFORE, 1),
    (frozenset({"year"}), _BEFORE, QUARTERS),
    (frozenset({"year-ago", "prior-year", "last-year", "previous-year"}), _PERIOD, QUARTERS),
    (frozenset({"prior-quarter", "previous-quarter"}), _PERIOD, 1),
)
"""The first word of a distance, the second, and how many quarters it is."""


def compares(tokens: Sequence[Token]) -> bool:
    """Whether a question begins with a word of comparing."""
    return bool(tokens) and tokens[0].word in COMPARING


def beside(clock: Clock, at: int) -> When | None:
    """Read a time that lies a quarter or a year before another: its `beside` is how many quarters."""
    comparing = any(word in COMPARING for word in clock.words[:at])
    if clock.word(at) not in (_LED if comparing else AGAINST):
        return None
    start = at + 1 + (clock.word(at + 1) in {"the", "a", "an", "one", "its", "their"})
    found = _back(clock, start)
    if found is None or "year" in clock.words[:at]:  # "this year vs last year" is two years
        return None
    end, back = found
    begins = at - (clock.word(at - 1) in COMPARING and at > 1)  # "compared to last quarter", behind a topic
    return When(begins, end, beside=back)


def _back(clock: Clock, at: int) -> tuple[int, int] | None:
    """Return where the words of a distance end, and how many quarters it is."""
    word, behind = clock.word(at), clock.word(at + 1)
    if word in _SAME and behind in _PERIOD:  # "the same quarter of last year"
        inner = _back(clock, at + 2 + (clock.word(at + 2) in {"of", "a", "the", "in"}))
        return inner if inner is not None and inner[1] == QUARTERS else None
    for first, second, back in _WAYS:
        if word in first and behind in second:
            end = at + 2
            return end + (back == QUARTERS and clock.word(end) in _PERIOD), back
    return None


def span_beside(when: When, base: Span | None, calls: Sequence[Call]) -> Span:
    """Return a period and the one that lies before it: the one asked for before, else the newest of these calls.

    Of several companies, whose quarters differ, the newest two calls of each stand for a quarter and the one before.
    Raises NotUnderstoodError where no call is of the other period, or nothing tells which is meant.
    """
    period = _period(base, calls)
    if period is not None and period.quarter is None and when.beside < QUARTERS:  # "2026 vs last quarter"
        raise NotUnderstoodError(
            f"Which quarter of {period} do you mean? Name both, as `q3 2026 vs q2 2026`.", when.start, when.end
        )
    if period is None and when.beside == 1:
        return Span("last 2 quarters", newest=2)
    if period is None:
        raise NotUnderstoodError("Which quarter do you mean? Name both, as `q3 2026 vs q3 2025`, or a company.")
    count = period.year * QUARTERS + (period.quarter or 1) - 1 - when.beside
    other = Period(count // QUARTERS, count % QUARTERS + 1 if period.quarter else None)
    if not any(call.year == other.year and other.quarter in {None, call.quarter} for call in calls):
        raise NotUnderstoodError(
            f"No call of {other} is loaded to set beside {period}. `calls` lists what is loaded.", when.start, when.end
        )
    return Span(f"{other} and {period}", only=(other, period))


def _period(base: Span | None, calls: Sequence[Call]) -> Period | None:
    """Return the one period that was asked for; without one, the newest of a company's calls."""
    if base is not None and base.first is not None and base.first == base.last:
        return base.first
    if base is not None and base.only:
        return max(base.only, key=lambda each: (each.year, each.quarter or 0))
    if len({call.ticker or call.company or call.id for call in calls}) != 1:
        return None
    held = [(call.year, call.quarter) for call in calls if call.year and call.quarter]
    return Period(*max(held)) if held else None
