"""Motley Fool pages of 2025-26: an AI summary first, then "Full Conference Call Transcript" and `Name:text`."""

import re

from bot.kind import Kind
from bot.parsing import colonlines, roster
from bot.parsing.layout import NONE, Evidence, Layout
from bot.parsing.sheet import Sheet
from bot.parsing.speech import Draft

HEADING = re.compile(r"[#*\s]{0,6}full conference call transcript[*:\s]{0,4}\Z", re.IGNORECASE)


def recognise(sheet: Sheet) -> Evidence:
    """Find the heading that the transcript stands under its heading, after the summary."""
    at = _heading(sheet)
    if at is None:
        return NONE
    return Evidence(0.9, f"“Full Conference Call Transcript” stands over the speech, in line {sheet.rows[at].number}")


def _heading(sheet: Sheet) -> int | None:
    return next((at for at, text in sheet.brief if HEADING.match(text)), None)


def read(sheet: Sheet) -> Draft:
    """Read names before colons below the heading; the list of participants stands above it."""
    at = _heading(sheet) or 0
    draft = colonlines.read(sheet, at + 1)
    people = [roster.entry(row.text, Kind.UNKNOWN) for row in sheet.rows[:at] if " — " in row.text]
    draft.people += [person for person in people if person is not None]
    return draft


layout = Layout("Motley Fool page", recognise, read, most=0.9)
