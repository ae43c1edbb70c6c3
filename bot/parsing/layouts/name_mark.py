"""A name before a mark that is no colon: `[NAME] words`, `NAME<tab>words`, `NAME – words`, `NAME | words`.

Between two bars may stand what somebody is: `NAME | ROLE | words`.
"""

import re
from collections import Counter
from dataclasses import replace

from bot.parsing import boilerplate, namelines
from bot.parsing.label import Label, affiliation, read_label, split_commas
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.lowered import holds
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import fold
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

# Each finds a name's end and the words' beginning; linear: one bounded class up to a literal.
MARKS = {
    "two bars": re.compile(r"(?P<name>[^|]{2,60}?)\s?\|\s{0,3}(?P<role>[^|]{0,80}?)\s?\|\s{1,3}(?=\S)"),
    "brackets": re.compile(r"[\[<{](?P<name>[^\[\]<>{}]{2,80})[\]>}]:?\s{1,4}(?=\S)"),
    "a tab": re.compile(r"(?P<name>[^\t]{2,80}?)\s{0,3}\t\s{0,3}(?=\S)"),
    "a bar": re.compile(r"(?P<name>[^|]{2,60}?)\s?\|\s(?=\S)"),
    "a dash": re.compile(r"(?P<name>[^–—]{2,60}?)\s(?:–|—|--|-)\s(?=\S)"),
}
MAY = re.compile(r"[\]>}\t|–—-](?<!\S[–—-])")  # what each of the marks holds; a dash stands behind a blank
HELD = {"two bars": ("|",), "brackets": tuple("]>}"), "a tab": ("\t",), "a bar": ("|",), "a dash": tuple("–—-")}
WORDY = 4  # characters that are words and no mark
LONGEST = 150  # characters in which a name and its marks stand
ENOUGH = 4  # lines that make a layout
MOST = 0.7  # of the blocks or rows open so, or of the names come back


def labels(sheet: Sheet) -> tuple[str, dict[int, tuple[Label, int]]]:
    """Find the mark before which most names stand, and the rows that open with one: label and offset of the words."""
    may = [at for at, row in enumerate(sheet.rows) if MAY.search(row.text, 1, LONGEST)]
    found = {
        how: _labels(sheet, pattern, [at for at in may if holds(sheet.rows[at].text, HELD[how])])
        for how, pattern in MARKS.items()
    }
    how = max(found, key=lambda each: len(found[each]))
    return how, found[how]


def _labels(sheet: Sheet, pattern: re.Pattern[str], may: list[int]) -> dict[int, tuple[Label, int]]:
    found: dict[int, tuple[Label, int]] = {}
    for at in may:
        row = sheet.rows[at]
        match = pattern.match(row.text, 0, LONGEST)
        wordy = match is not None and len(row.text) - match.end() >= WORDY
        label = read_label(match["name"], commas=True) if match and wordy else None
        if match and label is not None and (label.is_part or not sheet.lower(fold(label.name).split(" ")[0])):
            found[at] = _with_role(replace(label, stray=""), match.groupdict().get("role")), match.end()
    names = Counter(fold(label.name) for label, _ in found.values())
    if len(found) < ENOUGH or len(names) < 2:  # noqa: PLR2004  # somebody answers
        return {}
    spoken = sum(namelines.is_prose(sheet.rows[at].text[after:]) for at, (_, after) in found.items())
    again = sum(count > 1 for count in names.values())
    heads = sum(row.gap for row in sheet.rows) or len(sheet.rows)
    mostly = len(found) >= MOST * heads or again >= MOST * len(names)
    return found if spoken >= MOST * len(found) and mostly else {}


def _with_role(label: Label, role: str | None) -> Label:
    """Add what stands between two bars to a label that says nothing of it."""
    if not role or label.firm or label.title:
        return label
    firm, title = affiliation(split_commas(role))
    return replace(label, firm=firm, title=title)


def recognise(sheet: Sheet) -> Evidence:
    """Count the rows that open with a name before a mark, and words after it."""
    how, found = labels(sheet)
    if not found:
        return NONE
    names = {label.name for label, _ in found.values()}
    return Evidence(0.55, f"{len(found)} lines open with a name and {how} ({len(names)} speakers)")


def read(sheet: Sheet) -> Draft:
    """Read the words after the marks."""
    _, found = labels(sheet)
    start = min(found)
    end = boilerplate.end_of_call(sheet, start)
    marks = [Mark(at, label, after=after) for at, (label, after) in found.items() if at < end]
    marks = sorted([*marks, *namelines.headings(sheet, start, end)], key=lambda mark: mark.row)
    told, problems = speeches(sheet, marks, start, end)
    head = sheet.rows[:start]
    return Draft(told, namelines.listed(head), [row.text for row in head], problems)


layout = Layout("name before a mark", recognise, read, most=0.55)
