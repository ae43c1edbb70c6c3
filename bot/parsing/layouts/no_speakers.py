"""Words without any speaker: kept whole, as one unlabelled text, and said so."""

from bot.parsing import boilerplate
from bot.parsing.layout import Evidence, Layout
from bot.parsing.marks import speeches
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft
from bot.problem import Problem


def recognise(sheet: Sheet) -> Evidence:
    """Take what no other layout claims."""
    return Evidence(0.2, "no line names a speaker") if sheet.rows else Evidence(0.01, "the file holds no words")


def read(sheet: Sheet) -> Draft:
    """Give all words as one speech of nobody's."""
    end = boilerplate.end_of_call(sheet, 0)
    found, problems = speeches(sheet, [], 0, end)
    told = Problem(None, "no speakers found: nothing in the file names who speaks")
    return Draft(found, problems=[told, *problems])


layout = Layout("no speakers", recognise, read, most=0.2)
