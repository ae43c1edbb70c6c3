"""Initials before a colon, with a legend of them in front: `MQ: words` after `MQ: Marta Quill, Treasurer`."""

from bot.kind import Kind
from bot.parsing import boilerplate, namelines
from bot.parsing.initials import legend
from bot.parsing.label import Label
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import is_part, part_kind
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

ENOUGH = 3


def _labels(sheet: Sheet) -> dict[int, tuple[Label, int]]:
    """Rows under the legend that open with its initials, or with a part, before a colon; and where the words begin."""
    entries = legend(sheet)
    if not entries:
        return {}
    whose = dict(entries.values())
    found = {at: each for at, each in sheet.colons.items() if at > max(entries) and each[0].is_part}
    for at in range(max(entries) + 1, len(sheet.rows)):
        initials, colon, _ = sheet.rows[at].text.partition(":")
        if colon and initials in whose:
            found[at] = _label(initials, whose[initials].name), len(initials) + 1
    return dict(sorted(found.items()))


def _label(initials: str, name: str) -> Label:
    part = part_kind(name) if is_part(name) else Kind.UNKNOWN
    return Label(initials, kind=None if part is Kind.UNKNOWN else part, person=name)


def recognise(sheet: Sheet) -> Evidence:
    """Count the rows that open with initials of the legend."""
    found = [label for label, _ in _labels(sheet).values() if label.person is not None]
    if len(found) < ENOUGH:
        return NONE
    return Evidence(0.86, f"{len(found)} lines open with initials that a list in front explains")


def read(sheet: Sheet) -> Draft:
    """Read the words after the initials."""
    labels = _labels(sheet)
    start = min(labels)
    end = boilerplate.end_of_call(sheet, start)
    marks = [Mark(at, label, after=after) for at, (label, after) in labels.items() if at < end]
    marks = sorted([*marks, *namelines.headings(sheet, start, end)], key=lambda mark: mark.row)
    found, problems = speeches(sheet, marks, start, end)
    people = [person for _, person in legend(sheet).values() if not is_part(person.name)]
    return Draft(found, people, [row.text for row in sheet.rows[:start]], problems)


layout = Layout("initials before a colon", recognise, read, most=0.86)
