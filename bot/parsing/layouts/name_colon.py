"""`Name: text`, one turn a line (Financial Modeling Prep, many house styles); `NAME, FIRM:` and `Name (Firm):` too."""

from bot.parsing import colonlines
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

ENOUGH = 3


def recognise(sheet: Sheet) -> Evidence:
    """Count the rows that open with a name before a colon."""
    labels = colonlines.accepted(sheet)
    if len(labels) < ENOUGH:
        return Evidence(0.15, "a line opens with a name before a colon") if labels else NONE
    names = {label.name for label, _ in labels.values()}
    return Evidence(0.6, f"{len(labels)} lines open with a name before a colon ({len(names)} speakers)")


def read(sheet: Sheet) -> Draft:
    """Read names before colons."""
    return colonlines.read(sheet)


layout = Layout("name before a colon", recognise, read, most=0.6)
