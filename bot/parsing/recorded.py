"""From records (JSON items, CSV rows, subtitle cues) to speeches."""

from bot.parsing.label import Label, read_label
from bot.parsing.speech import Draft, Speech
from bot.reading.document import Document
from bot.reading.record import Record


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
    return Speech(
        _label(record.label),
        text,
        record.line,
        record.page,
        record.place,
        record.section,
        record.kind,
        record.firm,
        record.title,
        first_line=record.line,
    )


def _label(printed: str | None) -> Label | None:
    """Read a record's label; one without a name's shape is taken as it stands, for the format says it is a label."""
    if printed is None or not printed.strip():
        return None
    return read_label(printed, commas=True) or Label(" ".join(printed.split()).strip(" :*"))
