"""S&P Capital IQ (S&P Global Market Intelligence): a cover of estimates, contents, participants, a name over its role.

The participants' list gives the closed set of names; a role may run over several lines, in the list and over speech.
"""

import re

from bot.kind import Kind
from bot.parsing import boilerplate, namelines, roster
from bot.parsing.label import Label, affiliation, is_title, split_commas
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.names import fold, is_name, is_part
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.participant import Participant

VENDOR = re.compile(r"(?:S&P Global Market Intelligence|Capital IQ|spglobal\.com|SNL Financial)", re.IGNORECASE)
LISTS = {
    "executives": Kind.EXECUTIVE,
    "analysts": Kind.ANALYST,
    "shareholders": Kind.UNKNOWN,
    "attendees": Kind.UNKNOWN,
}
MOST_ROLE = 4  # rows that a role runs over
LONGEST_ROLE = 100


def recognise(sheet: Sheet) -> Evidence:
    """Look for the vendor's name on the cover and the list of call participants."""
    heads = [row.text.strip("# *").lower() for row in sheet.rows[:120] if len(row.text) < 40]  # noqa: PLR2004  # a figure that its name says
    lists = [head for head in heads if head in LISTS]
    if not lists or "call participants" not in heads:
        return NONE
    vendor = any(VENDOR.search(row.text[:200]) for row in sheet.rows[:60])
    return Evidence(0.93 if vendor else 0.8, f"“Call Participants” lists {' and '.join(lists)}")


def read(sheet: Sheet) -> Draft:
    """Read the list, then names over roles over speech."""
    rows = sheet.rows
    start = _presentation(sheet)
    people, roles = _people(sheet, start)
    end = boilerplate.end_of_call(sheet, start)
    names = {fold(person.name) for person in people}
    marks: list[Mark] = []
    at = start
    while at < end:
        mark = _mark(sheet, at, names, roles)
        if mark is not None:
            marks.append(mark)
            at += mark.rows
        else:
            at += 1
    marks = sorted([*marks, *namelines.headings(sheet, start, end)], key=lambda mark: mark.row)
    drop = frozenset(
        at
        for at in range(start, end)
        if VENDOR.match(rows[at].text) or rows[at].text.startswith(("Copyright ©", "COPYRIGHT ©"))
    )
    found, problems = speeches(sheet, marks, start, end, drop=drop)
    head = [row.text for row in rows[:start] if not VENDOR.search(row.text)]
    return Draft(found, people, head, problems)


def _presentation(sheet: Sheet) -> int:
    """Find the heading of the presentation, or the first part's label after the list."""
    lists = [at for at, row in enumerate(sheet.rows[:150]) if row.text.strip("# *").lower() in LISTS]
    floor = lists[0] if lists else 0
    for at in range(floor, len(sheet.rows)):
        text = sheet.rows[at].text.strip("# *")
        if text.lower() in LISTS:
            continue
        if boilerplate.heading(text) in {"prepared", "qa"} or is_part(text):
            return at
    return len(sheet.rows)


def _people(sheet: Sheet, stop: int) -> tuple[list[Participant], dict[str, str]]:
    """Give the people of the list and, by folded name, what stands under each name there."""
    people: list[Participant] = []
    roles: dict[str, str] = {}
    kind: Kind | None = None
    name: str | None = None
    beside: list[str] = []

    def close() -> None:
        if name is None or kind is None:
            return
        said = " ".join(beside)
        roles[fold(name)] = said
        if kind is Kind.ANALYST:
            people.append(Participant(name, kind, said or None, None))
        else:
            people.append(Participant(name, kind, None, said or None))

    for row in sheet.rows[:stop]:
        text = row.text.strip("# *")
        head = LISTS.get(text.lower())
        if head is not None:
            close()
            kind, name, beside = head, None, []
        elif kind is not None and not VENDOR.search(text) and boilerplate.heading(text) is None:
            bold = row.line.bold
            text, glued, role = text.partition(";")
            named = bold if bold is not None else (is_name(text) and not is_title(text) and not _division(text))
            if named and is_name(text):
                close()
                name, beside = text, [role] if glued else []
            else:
                beside.append(text)
    close()
    return people, roles


def _division(text: str) -> bool:
    return roster.ANALYST.search(text) is not None or text.lower() in {"division", "research division"}


def _mark(sheet: Sheet, at: int, names: set[str], roles: dict[str, str]) -> Mark | None:
    """Mark a listed name, or a part, alone on its row; the rows of its role are taken with it."""
    text, glued, _ = sheet.rows[at].text.strip("# *").partition(";")
    if len(text) > 60:  # noqa: PLR2004  # a name
        return None
    if glued and fold(text) in names:
        return Mark(at, Label(" ".join(text.split())))
    if is_part(text):
        return Mark(at, sheet.labels.get(at) or Label(text), rows=1 + _role_rows(sheet, at + 1, ""))
    folded = fold(text)
    if folded not in names and not (is_name(text) and _unlisted(sheet, at)):
        return None
    said = roles.get(folded, "")
    taken = _role_rows(sheet, at + 1, said)
    role = " ".join(sheet.rows[each].text for each in range(at + 1, at + 1 + taken))
    firm, title = affiliation(split_commas(role)) if folded not in names else (None, None)
    return Mark(at, Label(" ".join(text.split()), firm, title), rows=1 + taken)


def _unlisted(sheet: Sheet, at: int) -> bool:
    """Tell whether it is a name that the list forgot: bold, or over a role."""
    row = sheet.rows[at]
    if at + 1 >= len(sheet.rows) or sheet.lower(fold(row.text).rsplit(" ", 1)[-1]):
        return False
    below = sheet.rows[at + 1].text
    over = len(below) < LONGEST_ROLE and (is_title(below) or _division(below)) and below[-1] not in ".?!"
    return over and (row.line.bold is not False)


def _role_rows(sheet: Sheet, at: int, said: str) -> int:
    """How many rows under a name are its role: those that spell the list's words, else one with a title's shape."""
    rows = sheet.rows
    joined = ""
    for count in range(MOST_ROLE):
        if at + count >= len(rows):
            break
        joined = f"{joined} {rows[at + count].text}".strip()
        if said and fold(joined) == fold(said):
            return count + 1
        if not said or not fold(said).startswith(fold(joined)):
            break
    if at < len(rows):
        below = rows[at].text
        if (
            len(below) < LONGEST_ROLE
            and below[-1] not in ".?!"
            and (is_title(below) or _division(below))
            and len(below.split()) < 14  # noqa: PLR2004  # a figure that its name says
        ):
            return 1
    return 0


layout = Layout("S&P Capital IQ", recognise, read, most=0.93)
