"""From records (JSON items, CSV rows, subtitle cues) to speeches."""

import re

from bot.kind import Kind
from bot.parsing.label import Label, read_label
from bot.parsing.speech import Draft, Speech
from bot.reading.document import Document
from bot.reading.record import Record

OF_A_HOUSE = re.compile(r"\s*(?P<firm>[A-Z][^\n]{1,60}?)\s+(?:--|[–—-])\s+(?:Equity )?Analyst\s*\Z")


def read(document: Document) -> Draft:
    """Make speeches of records; neighbours of one speaker that the format cuts finer than turns are joined."""
    found: list[Speech] = []
    before: Record | None = None
    for record in document.records:
        text = record.text.strip()
        if not text:
            continue
        if before is not None and record.continues and found and _same(before, record):
            found[-1].text += f"\n{text}"
        else:
            found.append(_speech(record, text))
        before = record
    return Draft(found, list(document.participants), [line.text for line in document.lines if line.text.strip()][:40])


def _same(one: Record, other: Record) -> bool:
    return (one.label or "").strip() == (other.label or "").strip() and one.section == other.section


def _speech(record: Record, text: str) -> Speech:
    firm, title, kind = record.firm, record.title, record.kind
    if firm is None and title is not None and (printed := OF_A_HOUSE.match(title)) is not None:
        firm, title, kind = printed["firm"], None, Kind.ANALYST  # whatever a column says of the side
    return Speech(
        _label(record.label),
        text,
        record.line,
        record.page,
        record.place,
        record.section,
        kind,
        firm,
        title,
        first_line=record.line,
    )


def _label(printed: str | None) -> Label | None:
    """Read a record's label; one without a name's shape is taken as it stands, for the format says it is a label."""
    if printed is None or not printed.strip():
        return None
    return read_label(printed, commas=True) or Label(" ".join(printed.split()).strip(" :*"))
