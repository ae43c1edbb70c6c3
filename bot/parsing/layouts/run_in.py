"""Run-in headings that end with a full stop: `CHAIR POWELL. Good afternoon.` (Federal Reserve press conferences)."""

import re
from collections import Counter

from bot.parsing import boilerplate, namelines
from bot.parsing.label import Label
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

# Capitals throughout, one to six words; Mc and de may be small: "CHAIR POWELL.", "MARK MCDONALD.", "MR. DE LA CRUZ."
LABEL = re.compile(
    r"(?P<name>(?:(?:MR|MS|MRS|DR)\.\s)?[A-ZÀ-Þ][A-ZÀ-Þ'’-]{0,20}(?:\s(?:[A-ZÀ-Þ]\.|(?:Mc|Mac|de|De|von|van|O’)?[A-ZÀ-Þ][A-ZÀ-Þ'’-]{0,20}|JR\.)){1,5})\.(?=\s|\Z)"
)
ENOUGH = 5
INNER = re.compile(
    r"(?<=[.?!\])—”] )(?P<name>[A-ZÀ-Þ]{3,20}(?:\s(?:[A-ZÀ-Þ]\.|(?:Mc"
    r"|Mac)?[A-ZÀ-Þ][A-ZÀ-Þ'’-]{1,20})){0,2}\s(?:Mc|Mac)?[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,20})\.(?=\s[A-Z\[])"
)


def labels(sheet: Sheet) -> dict[int, tuple[Label, int]]:
    """Rows that open with a run-in heading, with the offset of the words."""
    found: dict[int, tuple[Label, int]] = {}
    may = [(at, row.text) for at, row in enumerate(sheet.rows) if row.text[:2].isupper()]
    for at, text in may:
        match = LABEL.match(text)
        if match is not None:
            found[at] = Label(match["name"]), match.end()
    names = {label.name for label, _ in found.values()}
    for at, text in may:  # a full stop that the print forgot
        if at not in found:
            words = text[:60].split(" ")
            for count in (2, 3):
                if " ".join(words[:count]) in names:
                    found[at] = Label(" ".join(words[:count])), len(" ".join(words[:count]))
    return dict(sorted(found.items()))


def inner(sheet: Sheet, start: int, end: int) -> list[Mark]:
    """Headings that stand in the middle of a row, after a sentence's end: the print ran two paragraphs together."""
    return [
        Mark(at, Label(match["name"]), after=match.end(), begins=match.start())
        for at in range(start, end)
        for match in INNER.finditer(sheet.rows[at].text)
    ]


def recognise(sheet: Sheet) -> Evidence:
    """Count run-in headings that come back."""
    found = labels(sheet)
    counts = Counter(label.name for label, _ in found.values())
    if len(found) < ENOUGH or not any(count > 2 for count in counts.values()):  # noqa: PLR2004  # somebody comes back
        return NONE
    return Evidence(0.9, f"{len(found)} paragraphs open with a name in capitals and a full stop")


def read(sheet: Sheet) -> Draft:
    """Read the words after each heading."""
    found = labels(sheet)
    start = min(found)
    end = boilerplate.end_of_call(sheet, start)
    marks = [Mark(at, label, after=after) for at, (label, after) in found.items() if at < end]
    marks += inner(sheet, start, end)
    marks = sorted([*marks, *namelines.headings(sheet, start, end)], key=lambda mark: (mark.row, mark.begins))
    told, problems = speeches(sheet, marks, start, end)
    return Draft(told, [], [row.text for row in sheet.rows[:start]], problems)


layout = Layout("run-in headings", recognise, read, most=0.9)
