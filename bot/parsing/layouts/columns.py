"""Two columns: the name (and firm) at the left, the words set in at the right (bank house styles, exchange filings).

Two labels whose words are one line each may have run together in the print; they are told apart by the names that
stand alone elsewhere, and by the lines their words stand on.
"""

from collections import Counter
from collections.abc import Iterable

from bot.parsing import boilerplate, namelines
from bot.parsing.label import BRACKETED, Label
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import fold
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

APART = 25.0  # points (or characters) between the columns
NEAR = 6.0
ENOUGH = 4
LONG = 4  # words of a label that may be two


def labels(sheet: Sheet) -> dict[int, Label]:
    """Rows of the left column that stand on one line with words of the right column."""
    rows = sheet.rows
    found: dict[int, Label] = {}
    for at, label in sheet.labels.items():
        if at + 1 >= len(rows):
            continue
        here, beside = rows[at].line, rows[at + 1].line
        if here.indent is None or beside.indent is None or beside.indent - here.indent < APART:
            continue
        if here.number == beside.number and here.page == beside.page:
            found[at] = label
    return found


def recognise(sheet: Sheet) -> Evidence:
    """Count the labels beside words."""
    found = labels(sheet)
    if len(found) < ENOUGH:
        return NONE
    return Evidence(0.75, f"{len(found)} names stand in a column beside the words")


def read(sheet: Sheet) -> Draft:
    """Read the right column under the names of the left; what stands before is read as names over words."""
    found = labels(sheet)
    others = namelines.accepted(sheet)
    first = min(found)
    start = min(namelines.body(sheet, others), first)
    end = boilerplate.end_of_call(sheet, first)
    marks: list[Mark] = []
    drop: set[int] = set()
    whole = frozenset(fold(label.name) for label in (*found.values(), *others.values()))
    whole |= _pieces(found.values())
    for at, label in found.items():
        marks += _split(sheet, at, label, whole, drop)
    marks += [
        Mark(at, label)
        for at, label in others.items()
        if at not in found and start <= at and (at < first or label.is_part)
    ]
    marks += namelines.headings(sheet, start, end)
    marks = sorted((mark for mark in marks if mark.row < end), key=lambda mark: mark.row)
    told, problems = speeches(sheet, marks, start, end, drop=frozenset(drop))
    head = sheet.rows[:start]
    return Draft(told, namelines.listed(head), [row.text for row in head], problems)


def _split(sheet: Sheet, at: int, label: Label, whole: frozenset[str], drop: set[int]) -> list[Mark]:
    """One mark, or two where two names that stand alone elsewhere have run together."""
    firm = _firm_below(sheet, at, drop)
    halves = _halves(label.name, whole)
    if halves is None or at + 2 >= len(sheet.rows):
        return [Mark(at, Label(label.name, label.firm or firm, label.title, label.kind, label.asks, label.stray))]
    second = next((each for each in range(at + 2, min(at + 4, len(sheet.rows))) if each not in drop), at + 2)
    return [Mark(at, Label(halves[0])), Mark(second, Label(halves[1], label.firm or firm), after=0)]


def _pieces(labels: Iterable[Label]) -> frozenset[str]:
    """Give the openings and ends that several long labels share: names that never stand alone."""
    counts: Counter[str] = Counter()
    for name in {label.name for label in labels}:
        words = name.split()
        if len(words) >= LONG:
            counts.update(
                {
                    fold(" ".join(words[:2])),
                    fold(" ".join(words[:3])),
                    fold(" ".join(words[-2:])),
                    fold(" ".join(words[-3:])),
                }
            )
    return frozenset(piece for piece, count in counts.items() if count > 1)


def _halves(name: str, whole: frozenset[str]) -> tuple[str, str] | None:
    """Two names in one, the better cut first: both known, else one known and the other a full name."""
    words = name.split()
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(2, len(words) - 1)]
    for both in (True, False):
        for one, other in cuts:
            known = (fold(one) in whole) + (fold(other) in whole)
            if known == 2 or (not both and known == 1):  # noqa: PLR2004  # both halves
                return one, other
    return None


def _firm_below(sheet: Sheet, at: int, drop: set[int]) -> str | None:
    """Find a firm in brackets on the next line of the left column."""
    rows = sheet.rows
    left = rows[at].line.indent or 0.0
    for below in range(at + 1, min(at + 5, len(rows))):
        row = rows[below]
        if row.line.indent is not None and abs(row.line.indent - left) < NEAR:
            found = BRACKETED.match(f"Xx {row.text}") if row.text.startswith("(") else None
            if found is not None:
                drop.add(below)
                return found[2].strip()
            return None
    return None


layout = Layout("names in a column", recognise, read)
