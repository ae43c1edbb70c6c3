"""Motley Fool (2010s): `Name -- Role` and `Name -- Firm -- Role` on lines of their own, the list at the end."""

from bot.parsing import namelines
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

ENOUGH = 3


def recognise(sheet: Sheet) -> Evidence:
    """Labels carry their role after a double dash."""
    dashed = [at for at in sheet.labels if "--" in sheet.rows[at].text]
    if len(dashed) < ENOUGH:
        return NONE
    return Evidence(0.85, f"{len(dashed)} lines read Name -- Role")


def read(sheet: Sheet) -> Draft:
    """Read names over speech."""
    return namelines.read(sheet)


layout = Layout("Motley Fool", recognise, read, most=0.85)
