"""Names on lines of their own, with or without a firm: whatever has no vendor's marks."""

from bot.parsing import namelines
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

ENOUGH = 3  # labels that make a layout


def recognise(sheet: Sheet) -> Evidence:
    """Count the rows that are labels with speech under them."""
    labels = namelines.accepted(sheet)
    rows = sheet.rows
    spoken = [at for at in labels if at + 1 < len(rows) and at + 1 not in labels]
    if len(spoken) < ENOUGH:
        return NONE
    names = {labels[at].name for at in spoken}
    if len(names) < 2 or len(names) == len(spoken) > 6:  # noqa: PLR2004  # a call has speakers who come back
        return Evidence(0.1, f"{len(spoken)} lines might be names")
    return Evidence(0.5, f"{len(spoken)} lines hold nothing but a speaker's name ({len(names)} speakers)")


def read(sheet: Sheet) -> Draft:
    """Read names over speech."""
    return namelines.read(sheet)


layout = Layout("names on their own lines", recognise, read, most=0.5)
