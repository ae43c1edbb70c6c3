"""Seeking Alpha pages pasted into a table beside a translation: names over roles, then `Name: Role words`.

The role that the paste glued to the words after the colon is taken off where the list gives it; where the paste put the
role in the name's place, the label is the role and the list tells the person. Rows of the translation are not the
call's own words.
"""

import re

from bot.parsing import boilerplate, colonlines, namelines
from bot.parsing.label import Label, is_title
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import fold
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.participant import Participant
from bot.problem import Problem

ENOUGH = 3
FOREIGN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af]")  # Hangul, kana, Han
SHARE = 0.15  # of a row's letters: a translation that keeps names


def recognise(sheet: Sheet) -> Evidence:
    """Both kinds of labels in one page: names on rows of their own, and names before colons."""
    if sheet.document.format not in {"html", "md"} and not any(foreign(row.text) for row in sheet.rows[:400]):
        return NONE
    inline = colonlines.accepted(sheet)
    alone = [at for at in namelines.accepted(sheet) if at not in inline]
    if len(inline) < ENOUGH or len(alone) < ENOUGH:
        return NONE
    return Evidence(0.87, f"{len(alone)} names stand over their words and {len(inline)} before a colon")


def foreign(text: str) -> bool:
    """Tell whether a row is of a translation into another script."""
    if text.isascii() or FOREIGN.search(text) is None:
        return False
    return len(FOREIGN.findall(text)) > SHARE * len(text)


def read(sheet: Sheet) -> Draft:
    """Read both kinds of labels."""
    rows = sheet.rows
    translated = frozenset(at for at, row in enumerate(rows) if foreign(row.text))
    rough = namelines.accepted(sheet)
    people = namelines.listed(rows[: namelines.body(sheet, rough)])
    labels = namelines.accepted(sheet, tuple(person.name for person in people))
    start = namelines.body(sheet, labels)
    end = boilerplate.end_of_call(sheet, start)
    marks = [Mark(at, label, rows=1 + namelines.role_rows(sheet, at, label, people)) for at, label in labels.items()]
    titles = _titles(people)
    titled = _titled(sheet, titles)
    for at, (label, after) in {**colonlines.accepted(sheet), **titled}.items():
        marks.append(Mark(at, label, after=_after_role(rows[at].text, after, label, people)))
    marks = [mark for mark in marks if start <= mark.row < end and mark.row not in translated]
    marks = sorted([*marks, *namelines.headings(sheet, start, end)], key=lambda mark: mark.row)
    drop, told = namelines.ads(sheet, start, end)
    found, problems = speeches(sheet, marks, start, end, drop=drop | translated)
    told += [
        Problem(rows[at].number, f"a title stands in the name's place; the list says that it is {label.name}")
        for at, (label, _) in titled.items()
    ]
    if translated:
        told.append(Problem(None, f"{len(translated)} lines of a translation are left out"))
    return Draft(found, people, [row.text for row in rows[:start]], [*told, *problems])


def _titles(people: list[Participant]) -> dict[str, Participant]:
    """Titles that one listed person alone has."""
    found: dict[str, list[Participant]] = {}
    for person in people:
        if person.title:
            found.setdefault(fold(person.title), []).append(person)
    return {title: those[0] for title, those in found.items() if len(those) == 1}


def _titled(sheet: Sheet, titles: dict[str, Participant]) -> dict[int, tuple[Label, int]]:
    """Rows that open with a listed title before a colon, the name having gone astray."""
    found: dict[int, tuple[Label, int]] = {}
    for at, row in enumerate(sheet.rows):
        end = row.text.find(":", 0, 90)
        if end > 0 and is_title(row.text[:end]) and fold(row.text[:end]) in titles:
            found[at] = Label(titles[fold(row.text[:end])].name), end + 1
    return found


def _after_role(text: str, after: int, label: Label, people: list[Participant]) -> int:
    """Skip the listed role or firm where it stands between the colon and the words."""
    person = next((each for each in people if fold(each.name) == fold(label.name)), None)
    if person is None:
        return after
    lead = len(text[after:]) - len(text[after:].lstrip())
    for role in namelines.roles(person):
        if text[after + lead :].startswith(role):
            return after + lead + len(role)
    return after


layout = Layout("Seeking Alpha table", recognise, read, most=0.87)
