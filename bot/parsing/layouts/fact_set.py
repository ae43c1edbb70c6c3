"""FactSet corrected transcripts: dotted rules between turns, a name over `Role, Firm`, `Operator:` run in.

In the questions a Q or an A stands at the end of the line under the name. Where the rules are lost on the way, names
over roles are labels from the management's discussion on.
"""

import re
from dataclasses import replace

from bot.parsing import boilerplate, colonlines, namelines, roster
from bot.parsing.label import Label, affiliation, is_title, read_label, split_commas
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import is_name, is_part
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

RULE = re.compile(r"[.·…_\s]{20,}\Z")
ENOUGH = 5
FEW = 2
HEAD = "MANAGEMENT DISCUSSION SECTION"
ASKED = re.compile(r"\s{1,200}(?P<mark>[QA])\Z")
LONGEST_ROLE = 120


def rules(sheet: Sheet) -> frozenset[int]:
    """Rows that are dotted rules."""
    return frozenset(
        at
        for at, text in sheet.marked
        if len(text) > 20 and RULE.match(text)  # noqa: PLR2004  # a figure that its name says
    )


def discussion(sheet: Sheet) -> int | None:
    """Find the row under the heading that only this vendor prints over the speech."""
    return next((at + 1 for at, text in sheet.brief if text.strip(" *#").upper() == HEAD), None)


def over_roles(sheet: Sheet, start: int) -> frozenset[int]:
    """Rows from `start` on that are a name over a role, with words under it."""
    marks = {at: _mark(sheet, at) for at in sheet.labels if start <= at < len(sheet.rows) - 2}
    return frozenset(at for at, mark in marks.items() if mark is not None and mark.rows > 1)


def recognise(sheet: Sheet) -> Evidence:
    """Count dotted rules with a label under them, or without rules the roles that end in Q or A."""
    dotted = rules(sheet)
    if len(dotted) < ENOUGH:
        start = discussion(sheet)
        if start is None:
            return NONE
        asked = sum(ASKED.search(sheet.rows[at + 1].text) is not None for at in over_roles(sheet, start))
        return Evidence(0.9, f"{asked} names stand over a role with a Q or an A") if asked > FEW else NONE
    under = [at for at in dotted if at + 1 < len(sheet.rows) and _mark(sheet, at + 1) is not None]
    if len(under) * 2 < len(dotted):
        return NONE
    return Evidence(0.95, f"{len(under)} labels stand under dotted rules")


def read(sheet: Sheet) -> Draft:
    """Read what stands between the rules."""
    dotted = rules(sheet)
    rows = sheet.rows
    start = discussion(sheet) if len(dotted) < ENOUGH else None
    if start is None:
        labels = frozenset(at + 1 for at in dotted)
        first = next((at - 1 for at in sorted(labels) if at < len(rows) and _mark(sheet, at) is not None), 0)
    else:
        labels, first = over_roles(sheet, start), start
    end = boilerplate.end_of_call(sheet, first)
    marks: list[Mark] = []
    for at in range(first, end):
        if at in labels:
            mark = _mark(sheet, at)
            if mark is not None:
                marks.append(mark)
                continue
        elif (again := _again(sheet, at, marks)) is not None:
            marks.append(again)
            continue
        if at in colonlines.accepted_parts(sheet):
            label, after = sheet.colons[at]
            marks.append(Mark(at, label, after=after))
    marks += namelines.headings(sheet, first, end)
    marks.sort(key=lambda mark: mark.row)
    found, problems = speeches(sheet, marks, first, end, drop=dotted)
    head = rows[:first]
    return Draft(found, namelines.listed(head), [row.text for row in head if not RULE.match(row.text)], problems)


def _again(sheet: Sheet, at: int, marks: list[Mark]) -> Mark | None:
    """Read a label that the print repeats at the top of a page over words that go on."""
    rows = sheet.rows
    before = marks[-1].label if marks else None
    if before is None or at == 0 or rows[at].line.page == rows[at - 1].line.page or rows[at].text != before.name:
        return None
    mark = _mark(sheet, at)
    if mark is None or mark.label is None:
        return None
    return mark._replace(label=replace(mark.label, continued=True))


def _mark(sheet: Sheet, at: int) -> Mark | None:
    """Read a label under a rule: `Operator: words`, or a name over its role."""
    rows = sheet.rows
    inline = sheet.colons.get(at)
    if inline is not None and inline[0].is_part:
        return Mark(at, inline[0], after=inline[1])
    name = rows[at].text
    asked = ASKED.search(name)
    bare = name[: asked.start()] if asked else name
    if not (is_name(bare) or is_part(bare)):
        return None
    label = read_label(bare)
    if label is None:
        return None
    asks = asked["mark"] == "Q" if asked else None
    if at + 1 < len(rows) and len(rows[at + 1].text) < LONGEST_ROLE and not label.is_part:
        beside = rows[at + 1].text
        marked = ASKED.search(beside)
        role = beside[: marked.start()] if marked else beside
        if marked or is_title(role) or roster.ANALYST.search(role):
            head, comma, last = role.rpartition(", ")
            firm, title = affiliation(split_commas(role))
            if firm is None and comma and is_title(head) and not is_title(last):
                firm, title = last, head
            asks = marked["mark"] == "Q" if marked else asks
            return Mark(at, Label(label.name, firm, title, label.kind, asks), rows=2)
    return Mark(at, Label(label.name, None, None, label.kind, asks))


layout = Layout("FactSet", recognise, read, most=0.95)
