"""Times by the calendar, on which calls were held: days, weeks, months, dates."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from bot.query.clock import Clock, When

MONTHS = {
    month: number
    for number, months in enumerate(
        ("january jan", "february feb", "march", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1)
    for month in months.split()
}  # fmt: skip
_SIDES = {"since": "since", "after": "after", "before": "before", "until": "until", "till": "until", "through": "until"}
_DAYS = {said: said for said in ("today", "yesterday", "this week", "last week", "this month", "last month")}
_HELD = frozenset({"call", "calls", "report", "reports", "transcripts", "transcript"})
_ASKED = frozenset({"question", "questions", "asked"})
_OPENING = frozenset({"about", "and", "for", "from", "how", "in", "just", "now", "of", "only", "what"})
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
LONGEST = 31
"""Days of a month."""
LONGEST_MONTH = 5
"""Words that a month and what begins a range with it may have: `from may 28 of 2026`."""
_MOVING = frozenset(
    "move moves went goes go rose fell grew ran runs run shift shifts slip slips slid push delay".split()  # noqa: SIM905 - one string wraps as prose
)
_FROM, _TO = frozenset({"from", "between"}), frozenset({"to", "and", "through", "until", "till", "thru"})
_BEFORE_MONTHS = frozenset({"", "the", "in", "on", "from", "at", "all", "last", "this", "their", "its"})
_BEFORE_CALLS = frozenset({"", "in", "on", "from", "at", "the", "all", "which", "what", "list", "show", "any", "asked"})
_DATE = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")


def month(clock: Clock, at: int) -> When | None:
    """`in November`, `28 november 2012`, `since september`, `from may to august`: when the call was held."""
    side = _SIDES.get(clock.word(at), "") or _range_side(clock, at)
    place = at + bool(side)
    day, place = _day_before(clock, place)
    named = day > 0
    month = MONTHS.get(clock.word(place))
    if month is None:
        return None
    begin = _calls_before(clock, at)
    day, end = (day, place + 1) if day else _day_of_month(clock, place + 1)
    year = clock.year(end)
    if year:
        return When(begin, year[1], month=(month, year[0]), side=side, day=day)
    # "costs after january 1 price increases" is what is asked about: at its end, a question may be about calls
    last = side in {"before", "after"} and not day and end == len(clock.words)
    if side and (side == "since" or begin < at or at == 0 or last or _range_side(clock, at)):
        return When(begin, end, month=(month, None), side=side, day=day)
    before = {"in", "during", "of"} | ({"on"} if day or clock.word(at) != "may" else set())
    held = clock.word(end) in _HELD and clock.word(at) != "may"  # "microsoft october call"
    led = named or held or clock.word(at - 1) in before
    led = led or (clock.word(end) in _HELD and clock.word(at - 1) in _BEFORE_MONTHS)
    return When(begin, end, month=(month, None), day=day) if led and not side else None


def range_of(words: Sequence[str], at: int) -> tuple[int, int, int] | None:
    """Return where a range of months begins that holds a place, its first month and its last; None where none does."""
    for begun in range(max(0, at - LONGEST_MONTH - 1), at + 2):
        near = words[begun : begun + 2 * LONGEST_MONTH]
        if len(near) < 4 or near[0] not in _FROM or near[1] not in MONTHS:  # noqa: PLR2004 - from, may, to, august
            continue
        last = next((month for to, month in pairwise(near[2:]) if to in _TO and month in MONTHS), None)
        if last is not None:
            return begun, MONTHS[near[1]], MONTHS[last]
    return None


def _range_side(clock: Clock, at: int) -> str:
    """Return the side of a month at either end of a range, "since" or "until": `from may to august`.

    What moved from one month to another is what is asked about.
    """
    if clock.word(at) in _FROM and clock.word(at + 1) in MONTHS and not _moves(clock.word(at - 1)):
        end = _month_end(clock, at + 1)
        return "since" if clock.word(end) in _TO and clock.word(end + 1) in MONTHS else ""
    if clock.word(at) in _TO and clock.word(at + 1) in MONTHS:
        begun = range(max(0, at - LONGEST_MONTH), at - 1)
        ranged = (place for place in begun if _range_side(clock, place) == "since")
        return "until" if any(_month_end(clock, place + 1) == at for place in ranged) else ""
    return ""


def _moves(word: str) -> bool:
    """Whether a word before "from may to august" says that something went from the one to the other."""
    return word.endswith("ed") or word in _MOVING


def _month_end(clock: Clock, at: int) -> int:
    """Return where a month ends, its day and its year with it."""
    end = _day_of_month(clock, at + 1)[1]
    year = clock.year(end)
    return year[1] if year else end


def _day_before(clock: Clock, at: int) -> tuple[int, int]:
    """Read the day before a month (`28 january`, `28th of january`), 0 for none, and return where the month stands."""
    found = _DAY.fullmatch(clock.word(at))
    behind = at + 1 + (clock.word(at + 1) == "of")
    days = int(found[1]) if found else 0
    return (days, behind) if 0 < days <= LONGEST and clock.word(behind) in MONTHS else (0, at)


def _day_of_month(clock: Clock, at: int) -> tuple[int, int]:
    """Read `28`, `28th` behind a month; 0 for none. Returns where it ends, too."""
    found = _DAY.fullmatch(clock.word(at))
    return (int(found[1]), at + 1) if found and 0 < int(found[1]) <= LONGEST else (0, at)


def days(clock: Clock, at: int) -> When | None:
    """Read `calls today`, `this week's calls`, `questions from last month`: only beside what was held or asked then.

    Elsewhere such words are somebody's topic: `traffic last month`.
    """
    length, said = next(((n, days) for n in (2, 1) if (days := _day(clock, at, n))), (0, ""))
    if not said:
        return None
    end = at + length
    behind = end + (clock.word(end) in {"earnings", "conference"})
    if clock.word(behind) in _HELD:  # "today's calls"
        return When(at, behind + 1, days=said)
    start = at - (clock.word(at - 1) in {"from", "of", "in", "held", "on"})
    before = start - (clock.word(start - 1) in {"asked", "held", "loaded"})
    begin = _calls_before(clock, before)
    if begin < before:
        return When(begin, end, days=said)
    alone = end == len(clock.words) and all(word in _OPENING for word in clock.words[:at])  # "and last month?"
    if alone or clock.word(before - 1) in _ASKED:
        return When(at, end, days=said)
    return None


def _calls_before(clock: Clock, at: int) -> int:
    """Return where `in calls` begins that stands before a time: all of it is the time."""
    at -= clock.word(at - 1) in {"held", "dated"}
    if clock.word(at - 1) not in _HELD or (at > 1 and clock.word(at - 2) not in _BEFORE_CALLS):
        return at  # "support calls last week"
    return at - 1 - (clock.word(at - 2) in {"in", "on", "from", "at"})


def _day(clock: Clock, at: int, length: int) -> str:
    said = " ".join(clock.word(place) for place in range(at, at + length))
    return _DAYS.get(said.replace("past ", "last ").replace("current ", "this ").replace("todays", "today"), "")


def dates(clock: Clock, at: int) -> When | None:
    """Read `2026-10-28`, `2026-10-01 to 2026-10-28`, `since 2026-10-01`: nobody writes a topic so."""
    if clock.word(at) in {"between", "from"}:
        first, last = _date(clock, at + 1), _date(clock, at + 3)
        joined = clock.word(at + 2) in {"and", "to", "until", "through"}
        return When(_calls_before(clock, at), at + 4, dates=(first, last)) if first and last and joined else None
    side = _SIDES.get(clock.word(at), "")
    first, step = _date(clock, at + bool(side)), at + bool(side) + 1
    if first is None:
        return None
    either = bool(side) and [clock.word(at - 2), clock.word(at - 1)] == ["on", "or"]  # "on or after"
    begin = _calls_before(clock, at - 2 * either - (clock.word(at - 1) == "on"))
    if side in {"since", "after"}:
        return When(begin, step, dates=(first + dt.timedelta(side == "after" and not either), None))
    if side:
        return When(begin, step, dates=(None, first - dt.timedelta(side == "before" and not either)))
    last = _date(clock, step + 1) if clock.word(step) in {"to", "until", "till", "through"} else None
    return When(begin, step, dates=(first, first)) if last is None else When(begin, step + 2, dates=(first, last))


def _date(clock: Clock, at: int) -> dt.date | None:
    word = clock.word(at)
    try:
        return dt.date.fromisoformat(word) if _DATE.fullmatch(word) else None
    except ValueError:  # 2026-02-30
        return None
