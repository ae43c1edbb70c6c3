"""S&P Capital IQ pasted without names: `Presenter Speech`, `Question`, `Answer` over `Executives - Role`.

Speakers have a part and a role, no names. A source that repeats a speech keeps both, and that is told.
"""

import itertools
import re

from bot.kind import Kind
from bot.parsing import boilerplate
from bot.parsing.label import Label
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.problem import Problem
from bot.section import Section

BLOCK = re.compile(
    r"(?:presenter speech|presentation operator message|presentation section|question and answer operator message"
    r"|question|answer|operator message|unknown question and answer message|presentation)\Z",
    re.IGNORECASE,
)
SPEAKER = re.compile(
    r"(?P<part>Executives|Analysts|Operator|Attendees|Shareholders|Unknown|Representatives|Media)(?:\s-\s(?P<role>.{1,160}))?\Z"
)
KINDS = {"Executives": Kind.EXECUTIVE, "Analysts": Kind.ANALYST, "Operator": Kind.OPERATOR}
ENOUGH = 3


def recognise(sheet: Sheet) -> Evidence:
    """Count speakers by part and role under the blocks' heads."""
    blocks = [at for at, text in sheet.brief if BLOCK.match(text)]
    under = [at for at in blocks if at + 1 < len(sheet.rows) and SPEAKER.match(sheet.rows[at + 1].text[:200])]
    if len(under) < ENOUGH:
        return NONE
    return Evidence(0.96, f"{len(under)} blocks are headed by what they are and by the speaker's part and role")


def read(sheet: Sheet) -> Draft:
    """Read one speech a speaker's line."""
    rows = sheet.rows
    marks: list[Mark] = []
    section: Section | None = None
    drop: set[int] = set()
    for at, row in enumerate(rows):
        if (
            len(row.text) < 50  # noqa: PLR2004  # a figure that its name says
            and BLOCK.match(row.text)
            and at + 1 < len(rows)
            and SPEAKER.match(rows[at + 1].text[:200])
        ):
            section = Section.QA if "question" in row.text.lower() or row.text.lower() == "answer" else Section.PREPARED
            drop.add(at)
            continue
        speaker = SPEAKER.match(row.text) if len(row.text) < 200 else None  # noqa: PLR2004  # a figure that its name says
        if speaker is not None and section is not None and (row.gap or at - 1 in drop):
            role = speaker["role"]
            title = role if role and role.lower() != "nan" else None
            label = Label(speaker["part"], None, title, KINDS.get(speaker["part"]))
            marks.append(Mark(at, label, section=section))
    start = min([*drop, *(mark.row for mark in marks)], default=len(rows))
    end = boilerplate.end_of_call(sheet, start)
    found, problems = speeches(sheet, marks, start, end, drop=frozenset(drop))
    for one, other in itertools.pairwise(found):
        if one.text == other.text:
            problems.append(Problem(other.line, "the source prints this speech twice"))
    return Draft(found, [], [row.text for row in rows[:start]], problems)


layout = Layout("S&P Capital IQ without names", recognise, read, most=0.96)
