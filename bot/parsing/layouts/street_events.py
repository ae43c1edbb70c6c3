"""StreetEvents (Thomson, Refinitiv): turns between rules, `Name,  Firm - Role    [n]`, lists and notices ruled off too.

The vendor's own summary ("Event Brief") stands before the speech and is nobody's words; definitions and disclaimer
stand after it.
"""

from bot.kind import Kind
from bot.parsing import boilerplate, roster
from bot.parsing.label import Label, affiliation, read_label
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import is_part, part_kind
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.participant import Participant
from bot.section import Section

MOST_DIGITS = 4
MOST_BLANKS = 8  # before a label's number
LONGEST_LABEL = 221
RULE = frozenset("-=_*—─")
SHORTEST_RULE = 8
ENOUGH = 3
LONGEST = 260
SHORT = 90


def is_rule(text: str) -> bool:
    """Tell whether a row is nothing but a rule."""
    return len(text) >= SHORTEST_RULE and text[0] in RULE and not text.strip(text[0])


def ruled(sheet: Sheet) -> list[int]:
    """Rows that stand alone between two rules."""
    rules = _rules(sheet)
    return [at for at in range(1, len(sheet.rows) - 1) if at - 1 in rules and at + 1 in rules and at not in rules]


def _rules(sheet: Sheet) -> frozenset[int]:
    return frozenset(at for at, text in sheet.marked if is_rule(text))


def _before_number(text: str) -> str | None:
    """Give what stands before a bracketed number at a row's end; None where none stands there."""
    at = text.rfind("[") if text[-1:] == "]" else -1
    if at < 1 or not text[at + 1 : -1].isdecimal() or len(text) - at - 2 > MOST_DIGITS or text[0].isspace():
        return None
    bare = text[:at].rstrip()
    label = bare if at - len(bare) <= MOST_BLANKS else text[: at - MOST_BLANKS]
    return label if len(label) <= LONGEST_LABEL and "\n" not in label else None


def recognise(sheet: Sheet) -> Evidence:
    """Count labels between rules."""
    between = ruled(sheet)
    numbered = [at for at in between if _before_number(sheet.rows[at].text) is not None]
    if len(numbered) >= ENOUGH:
        return Evidence(0.97, f"{len(numbered)} numbered labels stand between rules")
    labels = [at for at in between if _label(sheet.rows[at].text) is not None]
    if len(labels) >= ENOUGH:
        return Evidence(0.88, f"{len(labels)} labels stand between rules")
    return NONE


def read(sheet: Sheet) -> Draft:
    """Read what stands under each ruled label; a ruled heading ends the speech before it."""
    rows = sheet.rows
    marks: list[Mark] = []
    people: list[Participant] = []
    rules = _rules(sheet)
    first: int | None = None
    numbered = _numbered(sheet, rules)
    heads = _headings(sheet, rules, numbered=numbered)
    for place, at in enumerate(heads):
        stop = heads[place + 1] if place + 1 < len(heads) else len(rows)
        label = _label(rows[at].text) if not numbered or _before_number(rows[at].text) is not None else None
        listed = roster.section_kind(rows[at].text)
        if listed is not None:
            people += _people([rows[each].text for each in range(at + 1, stop) if each not in rules], listed)
            marks.append(Mark(at, None, speech=False))
        elif label is not None:
            first = at if first is None else first
            marks.append(Mark(at, label))
        else:
            part = boilerplate.heading(rows[at].text)
            section = {"qa": Section.QA, "prepared": Section.PREPARED}.get(part or "")
            marks.append(Mark(at, None, section=section, speech=section is not None))
    start = first if first is not None else len(rows)
    before = [mark for mark in marks if mark.row < start and mark.section is not None]
    if before:
        start = before[-1].row
    found, problems = speeches(sheet, marks, start, len(rows), drop=rules)
    head = [rows[at].text for at in range(min(start, heads[0] if heads else start)) if at not in rules]
    return Draft(found, people, head, problems)


def _numbered(sheet: Sheet, rules: frozenset[int]) -> bool:
    rows = sheet.rows
    return sum(_before_number(rows[at].text) is not None for at in range(len(rows)) if at - 1 in rules) >= ENOUGH


def _headings(sheet: Sheet, rules: frozenset[int], *, numbered: bool) -> list[int]:
    """Rows under a rule that are labels or headings; the row that follows a label's own lower rule is speech."""
    rows = sheet.rows
    found: list[int] = []
    speech = -1
    for at in range(1, len(rows)):
        text = rows[at].text
        if at == speech or at - 1 not in rules or at in rules:
            continue
        if _before_number(text) is not None and len(text) < LONGEST:
            found.append(at)
            speech = at + 2 if at + 1 in rules else at + 1
        elif roster.section_kind(text) is not None or boilerplate.heading(text) or boilerplate.ends(text):
            found.append(at)
        elif (
            at + 1 in rules
            and len(text) < SHORT
            and (_label(text) is not None if not numbered else text[-1] not in ".?!")
        ):
            found.append(at)
            speech = at + 2 if not numbered else -1
    return found


def _label(text: str) -> Label | None:
    """`Name,  Firm - Role    [n]`; without a number only what has a label's shape."""
    numbered = _before_number(text)
    if numbered is None:
        if roster.section_kind(text) is not None or boilerplate.heading(text) is not None:
            return None
        return read_label(text, commas=True)
    name, _, rest = numbered.partition(",  ")
    if not rest:
        name, _, rest = numbered.partition(", ")
    name = " ".join(name.split())
    firm, _, title = (part.strip() for part in rest.partition(" - "))
    if firm and not title:
        known, title_ = affiliation([firm])
        firm, title = known or "", title_ or ""
    kind = part_kind(name) if is_part(name) else None
    return Label(name, firm or None, title or None, None if kind is Kind.UNKNOWN else kind)


def _people(lines: list[str], kind: Kind) -> list[Participant]:
    """Read a list of ` * Name` over `Firm - Role`."""
    found: list[Participant] = []
    name: str | None = None
    for line in lines:
        text = line.strip()
        if text.startswith("*"):
            if name:
                found.append(Participant(name, kind, None, None))
            name = " ".join(text.strip("* ").split())
        elif name:
            firm, _, title = (part.strip() for part in text.partition(" - "))
            found.append(Participant(name, roster.listed_kind(kind, firm, title), firm or None, title or None))
            name = None
    if name:
        found.append(Participant(name, kind, None, None))
    return found


layout = Layout("StreetEvents", recognise, read, most=0.97)
