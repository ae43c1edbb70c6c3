"""Two columns: the name (and firm) at the left, the words set in at the right (bank house styles, exchange filings).

Two labels whose words are one line each may have run together in the print; they are told apart by the names that
stand alone elsewhere, and by the lines their words stand on. So may the firm of one and the name of the next.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.parsing import boilerplate, namelines
from bot.parsing.label import BRACKETED, Label, read_label
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import fold, is_name, is_part
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

APART = 25.0  # points (or characters) between the columns
NEAR = 6.0
ENOUGH = 4
FIRM_FIRST = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]\s{0,3}(\S.{0,80})?\Z")
LONG = 4  # words of a label whose ends may be names that never stand alone
LONGEST = 120  # characters in the left column


def beside(sheet: Sheet) -> list[int]:
    """Rows of the left column that stand on one line with words of the right column."""
    rows = sheet.rows
    found: list[int] = []
    for at in range(len(rows) - 1):
        here, words = rows[at].line, rows[at + 1].line
        if here.indent is None or words.indent is None or words.indent - here.indent < APART:
            continue
        if here.number == words.number and here.page == words.page and len(rows[at].text) <= LONGEST:
            found.append(at)
    return found


def labels(sheet: Sheet) -> dict[int, Label]:
    """Rows beside words that have a label's shape."""
    shaped = sheet.labels
    return {at: shaped[at] for at in beside(sheet) if at in shaped}


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
    whole = Counter(fold(label.name) for label in (*found.values(), *others.values()))
    for piece in _pieces(found.values()):
        whole[piece] += 1
    for at in beside(sheet):
        _read_beside(sheet, at, marks, whole, drop)
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


def _read_beside(sheet: Sheet, at: int, marks: list[Mark], whole: Mapping[str, int], drop: set[int]) -> None:
    """Add the marks of a row in the left column: one, or two where names have run together; none where it is no label.

    A firm in brackets before a name is that of the label above.
    """
    text = sheet.rows[at].text
    label = sheet.labels.get(at)
    above = FIRM_FIRST.match(text) if label is None else None
    if above is not None:
        label = read_label(above[2]) if above[2] else None
        if (above[2] and label is None) or not marks:
            return
        last = marks[-1]
        if last.label is not None and last.label.firm is None:
            marks[-1] = last._replace(label=replace(last.label, firm=above[1].strip()))
        drop.add(at)
        if label is not None:
            marks.append(Mark(_second(sheet, at, drop), label, after=0))
        return
    name, firm = (label.name, label.firm) if label is not None else (text, None)
    if label is None and (bracketed := BRACKETED.match(text)) is not None:
        name, firm = bracketed[1].strip(), bracketed[2].strip()
    halves = _halves(name, whole) if at + 2 < len(sheet.rows) else None
    if label is None and halves is None:
        return
    firm = firm or _firm_below(sheet, at, drop)
    if halves is not None:
        drop.add(at)
        marks.append(Mark(at, Label(halves[0])))
        marks.append(Mark(_second(sheet, at, drop), Label(halves[1], firm), after=0))
    elif label is not None:
        marks.append(Mark(at, replace(label, firm=firm)))


def _second(sheet: Sheet, at: int, drop: set[int]) -> int:
    """Find the row at which the second of two that have run together begins: past the one line beside the first."""
    return next((each for each in range(at + 2, min(at + 4, len(sheet.rows))) if each not in drop), at + 2)


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


def _halves(name: str, whole: Mapping[str, int]) -> tuple[str, str] | None:
    """Two names in one, the better cut first: both known, else one known and the other a full name."""
    words = name.split()
    known = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)) if _both(words, cut, whole)]
    if known:
        return known[0]
    for cut in range(2, len(words) - 1):
        one, other = " ".join(words[:cut]), " ".join(words[cut:])
        if is_name(one) and is_name(other) and (fold(one) in whole) != (fold(other) in whole):
            return one, other
    return None


def _both(words: list[str], cut: int, whole: Mapping[str, int]) -> bool:
    """Tell whether both halves stand alone elsewhere; of two single words often, for together they may be one name.

    A part ("Operator") is nobody's name, unless the whole names a part.
    """
    halves = (" ".join(words[:cut]), " ".join(words[cut:]))
    counts = [whole.get(fold(half), 0) for half in halves]
    if is_part(" ".join(words)):
        return False
    if len(words) == 2 and not any(map(is_part, halves)):  # noqa: PLR2004  # given name and given name
        return min(counts) > 1 and whole.get(fold(" ".join(words)), 0) == 1
    return all(count or is_part(half) for half, count in zip(halves, counts, strict=True))


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


layout = Layout("names in a column", recognise, read, most=0.75)
