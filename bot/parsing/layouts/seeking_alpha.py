"""Seeking Alpha: a title with the ticker, lists of executives and analysts, names on lines of their own.

With and without blank lines; `Q - Name` and `A - Name` in some; "Question-and-Answer Session" between the parts.
"""

import re

from bot.parsing import colonlines, namelines, roster
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

HEAD = 60  # rows in which the lists stand
TITLE = re.compile(r"\((?:[A-Za-z .]{2,20}:\s?)?[A-Z.\-]{1,8}\).{0,60}(?:Q[1-4]|20\d\d|Earnings)")


def recognise(sheet: Sheet) -> Evidence:
    """Both lists stand at the head, under their headings."""
    heads = [row.text for row in sheet.rows[:HEAD] if roster.section_kind(row.text) is not None]
    title = any(TITLE.search(row.text[:200]) for row in sheet.rows[:5])
    if len(heads) < 2 and not (heads and title):  # noqa: PLR2004  # executives and analysts
        return NONE
    named = namelines.accepted(sheet)
    if len(named) < 3:  # noqa: PLR2004  # a header without a call
        return Evidence(0.3 if title else 0.0, "the lists of a call without its turns")
    if len(colonlines.accepted(sheet)) > len(named):
        return Evidence(0.3, "the lists of a call whose names stand before colons")
    return Evidence(0.8 if title else 0.7, f"lists headed “{heads[0]}”" + (f" and “{heads[-1]}”" if heads[1:] else ""))


def read(sheet: Sheet) -> Draft:
    """Read names over speech, known from the lists."""
    return namelines.read(sheet)


layout = Layout("Seeking Alpha", recognise, read, most=0.8)
