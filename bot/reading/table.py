"""Which column of a table says what: by its heading, else by what stands in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "speaker": ("speaker", "speaker name", "speaker_name", "name", "person", "participant", "who", "voice"),
    "text": ("text", "speech", "content", "transcript", "utterance", "words", "paragraph", "sentence", "body", "quote"),
    "title": ("speaker title", "speaker_title", "title", "position", "job title", "designation"),
    "firm": ("firm", "speaker firm", "organization", "organisation", "affiliation", "institution", "speaker company"),
    "kind": ("speaker role", "speaker_role", "role", "kind", "speaker type", "speaker_type", "type"),
    "section": ("section", "session", "part", "phase"),
    "start": ("start", "start time", "start_time", "begin", "time", "timestamp", "from"),
    "call": ("call title", "call_title", "call", "event", "event title", "transcript title", "title of call"),
    "company": ("company", "company name", "company_name"),
    "ticker": ("ticker", "symbol"),
    "year": ("year", "fiscal year", "fiscal_year"),
    "quarter": ("quarter", "fiscal quarter", "fiscal_quarter", "period"),
    "date": ("date", "publication date", "publication_date", "call date", "event date"),
}
SECTIONS = frozenset(
    """
    announcement presentation prepared prepared_remarks management remarks qna qa q&a q_and_a question questions answer
    answers
    """.split()  # noqa: SIM905  # words in lines are read, quoted ones are not
) | {"prepared remarks", "questions and answers", "question and answer"}
NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [\w.'’&()-]+){0,5}")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?")
WORDY = 20  # characters that a column of speech has in a row, on average, at least
DISTINCT = 0.6  # of the rows of a column of speech say something that no other says; titles and links recur
NAMED = 0.8  # of the rows of a column of names look like names
LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Columns:
    """The number of the column for each role, and whether the first row is a heading."""

    at: Mapping[str, int]
    headed: bool

    def get(self, row: Sequence[str], role: str) -> str:
        """Give the cell of this role, or nothing."""
        column = self.at.get(role)
        return row[column].strip() if column is not None and column < len(row) else ""


def columns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Find the columns of a table of turns; None where there is nobody who speaks or nothing said."""
    headed = _by_heading(rows[0]) if rows else {}
    if "text" in headed and ("speaker" in headed or "kind" in headed):
        said = [row[headed["text"]] for row in rows[1:] if headed["text"] < len(row)]
        return Columns(headed, headed=True) if len(set(said)) >= DISTINCT * len(said) else None
    found = _by_content(rows)
    return Columns(found, headed=False) if found else None


def _by_heading(row: Sequence[str]) -> dict[str, int]:
    cells = [cell.strip().casefold().lstrip("\ufeff") for cell in row]
    found: dict[str, int] = {}
    for role, headings in HEADINGS.items():
        for heading in headings:
            if heading in cells and cells.index(heading) not in found.values():
                found[role] = cells.index(heading)
                break
    return found


def _by_content(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Find the column of speech (the wordiest), of names, sections and times in a table without headings."""
    width = max((len(row) for row in rows), default=0)
    cells = [[row[at].strip() for row in rows if at < len(row)] for at in range(width)]
    means = [sum(map(len, column)) / max(1, len(column)) for column in cells]
    if not means or max(means) < WORDY:
        return {}
    text = means.index(max(means))
    found = {"text": text}
    best = 0.0
    for at, column in enumerate(cells):
        if at == text or not column:
            continue
        low = {cell.casefold() for cell in column}
        if low <= SECTIONS:
            found.setdefault("section", at)
        elif all(NUMBER.fullmatch(cell) or CLOCK.match(cell) for cell in column):
            found.setdefault("start", at)
        else:
            named = [cell for cell in column if len(cell) <= LONGEST_NAME and NAME.fullmatch(cell)]
            share = len(named) / len(column) + 0.5 * sum(" " in cell for cell in named) / len(column)
            if len(named) >= NAMED * len(column) and share > best:
                found["speaker"], best = at, share
    return found if "speaker" in found else {}
