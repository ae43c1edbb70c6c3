"""Captions that only mark where the speaker changes: `>> words`. Each speech is nobody's, and that is told."""

from bot.parsing import boilerplate
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.marks import Mark, speeches
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.problem import Problem

MARK = ">>"
ENOUGH = 4


def recognise(sheet: Sheet) -> Evidence:
    """Count the rows that open with the mark."""
    found = sum(text.startswith(MARK) for _, text in sheet.marked)
    return Evidence(0.3, f"{found} lines open with “>>”, which names nobody") if found >= ENOUGH else NONE


def read(sheet: Sheet) -> Draft:
    """Cut the words at the marks."""
    end = boilerplate.end_of_call(sheet, 0)
    marks = [
        Mark(at, None, after=len(row.text) - len(row.text.lstrip("> ")))
        for at, row in enumerate(sheet.rows[:end])
        if row.text.startswith(MARK)
    ]
    found, problems = speeches(sheet, marks, 0, end)
    told = Problem(None, "no speakers found: the file marks where the speaker changes and names nobody")
    return Draft(found, problems=[told, *problems])


layout = Layout("changes of speaker", recognise, read, most=0.3)
