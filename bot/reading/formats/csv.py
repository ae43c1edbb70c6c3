"""Tables of turns (CSV, TSV, semicolons): a row a turn or a paragraph, by headings or by what stands in the columns."""

import csv
import dataclasses
import io
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.kind import Kind
from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import decode, mend
from bot.reading.errors import NotATranscriptError
from bot.reading.reader import Reader
from bot.reading.record import Record
from bot.reading.table import Columns, columns
from bot.section import Section

DELIMITERS = (",", "\t", ";", "|")
SURE = 3  # columns that prose with a comma in every line does not have
LOOKED_AT = 40  # rows, to recognise a table
SAME = 0.9  # of these rows have as many cells as the first
OTHERS = 5  # rows that may not: one in ten, and the last, which may be cut off
LONGEST_CELL = 5_000_000  # characters
RESIDUE = "-- "  # left by scrapers that cut "Name -- Title" off the text
KINDS = {
    "analyst": Kind.ANALYST,
    "company": Kind.EXECUTIVE,
    "executive": Kind.EXECUTIVE,
    "management": Kind.EXECUTIVE,
    "operator": Kind.OPERATOR,
    "moderator": Kind.OPERATOR,
    "host": Kind.HOST,
}
SIZE = 2**16  # bytes that are looked at to recognise a table


def recognise(data: bytes, name: str) -> float:
    """Look for as many cells in every row, and a column of speakers beside one of speech."""
    try:
        text = decode(data[:SIZE]).text
    except NotATranscriptError:
        return 0.0
    rows = _head(text, whole=len(data) <= SIZE)
    if rows is None:
        return 0.0
    found = columns(rows)
    named = name.lower().endswith((".csv", ".tsv"))
    if found is None:
        return 0.15 if named and len(rows[0]) >= SURE else 0.0
    return 0.85 if found.headed or len(rows[0]) >= SURE or named else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # the columns tell, not the name
    """Give a Record a row; a file of several calls is one Document here (`several` parts them)."""
    return _document(*_table(data))


def several(data: bytes, name: str) -> tuple[tuple[str, Document], ...]:  # noqa: ARG001  # as above
    """Part a file of several calls by the column that names the call: (its name there, Document) for each."""
    text, found, rows, problems = _table(data)
    if "call" not in found.at:
        return (("", _document(text, found, rows, problems)),)
    parts: dict[str, list[_Row]] = {}
    for row in rows:
        parts.setdefault(found.get(row.cells, "call"), []).append(row)
    if len(parts) == 1:
        return (("", _document(text, found, rows, problems)),)
    return tuple((call, _document(text, found, part, problems)) for call, part in parts.items())


@dataclasses.dataclass(frozen=True, slots=True)
class _Row:
    number: int
    line: int
    cells: list[str]


def _head(text: str, *, whole: bool) -> list[list[str]] | None:
    """Give the first rows under the delimiter that makes a table of them, or None."""
    found = _delimiter(text)
    if found is None:
        return None
    rows = list(islice(_parsed(text, found), LOOKED_AT))
    return [row.cells for row in (rows if whole or len(rows) == LOOKED_AT else rows[:-1])] or None


def _delimiter(text: str) -> str | None:
    """Find the delimiter under which the first rows are a table: two columns or more, the same number in each."""
    for delimiter in DELIMITERS:
        if delimiter not in text[:10_000]:
            continue
        try:
            rows = _first(text[:SIZE], delimiter)
        except csv.Error:
            continue
        rows = rows[:-1] or rows  # the last may be cut off
        width = len(rows[0]) if rows else 0
        if width > 1 and sum(len(row) == width for row in rows) >= SAME * len(rows):
            return delimiter
    return None


def _first(text: str, delimiter: str) -> list[list[str]]:
    """Give the first rows under a delimiter; none once they can be no table's."""
    rows: list[list[str]] = []
    others = 0
    for row in islice(_parsed(text, delimiter), LOOKED_AT):
        rows.append(row.cells)
        others += len(row.cells) != len(rows[0])
        if len(rows[0]) == 1 or others > OTHERS:
            return []
    return rows


def _parsed(text: str, delimiter: str) -> Iterator[_Row]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    number = 0
    for cells in reader:
        if any(cell.strip(" -:=") for cell in cells):  # the rule under a table's head is no row
            number += 1
            yield _Row(number, line, cells)
        line = reader.line_num + 1


def _table(data: bytes) -> tuple[str, Columns, list[_Row], tuple[Problem, ...]]:
    decoded = decode(data)
    delimiter = _delimiter(decoded.text)
    if delimiter is None:
        raise NotATranscriptError("it is no table with the same columns in every row")
    problems = list(decoded.problems)
    rows: list[_Row] = []
    try:
        rows.extend(_parsed(decoded.text, delimiter))
    except csv.Error as error:
        problems.append(Problem(rows[-1].line + 1 if rows else 1, f"the table breaks off ({error})"))
    found = columns([row.cells for row in rows[:LOOKED_AT]])
    if found is None:
        raise NotATranscriptError("the table has no column of speakers beside one of what they said")
    return delimiter, found, rows[1:] if found.headed else rows, tuple(problems)


def _document(_delimiter_used: str, found: Columns, rows: Sequence[_Row], problems: tuple[Problem, ...]) -> Document:
    told = list(problems)
    records: list[Record] = []
    residues = 0
    first = rows[0].number if rows else 1
    fine = "start" in found.at and "call" not in found.at
    for row in rows:
        raw = found.get(row.cells, "text")
        text = raw.removeprefix(RESIDUE)
        residues += text != raw
        mended = mend(text)
        if mended != text:
            told.append(Problem(row.line, "mojibake mended"))
        if not mended:
            continue
        records.append(_record(row, found, mended, number=row.number - first + 1, continues=fine))
    if not records:
        raise NotATranscriptError("nothing is said in the table")
    if residues:
        told.append(Problem(None, f"a dash that the source left in front of {residues} texts left out"))
    heads = ("company", "ticker", "year", "quarter", "date", "call")
    values = {role: {found.get(row.cells, role) for row in rows} for role in heads if role in found.at}
    header = {
        ("title" if role == "call" else role): next(iter(each)) for role, each in values.items() if len(each) == 1
    }
    if len(values.get("call", ())) > 1:
        told.append(Problem(None, f"the table holds {len(values['call'])} calls"))
    return Document("csv", records=tuple(records), header={k: v for k, v in header.items() if v}, problems=tuple(told))


def _record(row: _Row, found: Columns, text: str, *, number: int, continues: bool) -> Record:
    start = _clock(found.get(row.cells, "start"))
    section = found.get(row.cells, "section").casefold()
    kind = KINDS.get(found.get(row.cells, "kind").casefold())
    questions = "q" in section[:1] or "answer" in section or "question" in section
    return Record(
        label=mend(found.get(row.cells, "speaker")) or None,
        text=text,
        place=start or f"record {number}",
        line=row.line,
        section=(Section.QA if questions else Section.PREPARED) if section else None,
        kind=kind,
        firm=found.get(row.cells, "firm") or None,
        title=found.get(row.cells, "title") or None,
        continues=continues,
    )


def _clock(start: str) -> str:
    """Give seconds as 00:14:03; a clock time stays."""
    try:
        seconds = int(float(start))
    except ValueError:
        return start if ":" in start else ""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


reader = Reader("csv", recognise, read, several)
