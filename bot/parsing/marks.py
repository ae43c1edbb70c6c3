"""From label positions to speeches: what all layouts of lines share once they know where labels stand."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.parsing.label import Label
from bot.parsing.paragraphs import Mender, Piece
from bot.parsing.sheet import Row, Sheet
from bot.parsing.speech import Speech
from bot.problem import Problem
from bot.section import Section


class Mark(NamedTuple):
    """Something that ends a speech at a row.

    A label (`after`: the offset at which the words begin in its row, None where they begin `rows` further down), or a
    heading (`label` None) that starts a section. `begins`: the offset in its row at which the label stands; the words
    before it are the last speaker's. `speech` False: what follows is no speech (a list, a disclaimer).
    """

    row: int
    label: Label | None
    after: int | None = None
    rows: int = 1
    section: Section | None = None
    speech: bool = True
    begins: int = 0


def speeches(
    sheet: Sheet, marks: Sequence[Mark], start: int, end: int, *, drop: frozenset[int] = frozenset()
) -> tuple[list[Speech], list[Problem]]:
    """Cut the rows from `start` to `end` at the marks; rows in `drop` (running heads, ads) are left out."""
    mender = Mender(sheet)
    rows = sheet.rows
    found: list[Speech] = []
    section: Section | None = None
    inside = [mark for mark in marks if start <= mark.row < end]
    first = inside[0].row if inside else end
    lead = [Piece(rows[at], rows[at].text) for at in range(start, first) if at not in drop]
    if lead:
        found.append(_speech(None, lead, lead[0].row, mender, None))
    for number, mark in enumerate(inside):
        section = mark.section or section
        if not mark.speech:
            continue
        following = inside[number + 1] if number + 1 < len(inside) else None
        pieces = _pieces(rows, mark, following, end, drop)
        if mark.label is not None and mark.label.stray:
            mender.problems.append(_stray(mark.label, rows[mark.row]))
        if mark.label is None and (not pieces or mark.section is not None):
            _continue(found, pieces, mender, section)
            continue
        if pieces:
            _add(found, _speech(mark.label, pieces, rows[mark.row], mender, section), mark)
    return found, mender.problems


def _pieces(rows: Sequence[Row], mark: Mark, following: Mark | None, end: int, drop: frozenset[int]) -> list[Piece]:
    """Take the words between a mark and the one that follows it."""
    stop = following.row if following is not None else end
    cut = following.begins if following is not None else 0
    pieces: list[Piece] = []
    if mark.after is not None:
        last = cut if cut and stop == mark.row else None
        pieces.append(Piece(rows[mark.row], rows[mark.row].text[mark.after : last].strip()))
    pieces += [Piece(rows[at], rows[at].text) for at in range(mark.row + mark.rows, stop) if at not in drop]
    if cut and stop > mark.row and stop not in drop:
        pieces.append(Piece(rows[stop], rows[stop].text[:cut].strip()))
    return [piece for piece in pieces if piece.text]


def _speech(label: Label | None, pieces: list[Piece], row: Row, mender: Mender, section: Section | None) -> Speech:
    line = row.line if label is not None else pieces[0].row.line
    return Speech(
        label, mender.text(pieces), line.number, line.page, line.place, section, first_line=pieces[0].row.number
    )


def _add(found: list[Speech], speech: Speech, mark: Mark) -> None:
    """Join what a label that says "continued" goes on with the speech before, where that is the same person's."""
    last = found[-1] if found else None
    same = last is not None and last.label is not None and mark.label is not None and last.label.name == mark.label.name
    if last is not None and same and mark.label is not None and mark.label.continued:
        broken = last.text[-1] not in ".?!\"”’')]…" or speech.text[:1].islower()
        last.text = f"{last.text}{' ' if broken else chr(10)}{speech.text}"
        return
    found.append(speech)


def _continue(found: list[Speech], pieces: list[Piece], mender: Mender, section: Section | None) -> None:
    """Words after a section's heading that no label stands over are nobody's: kept, unlabelled."""
    if pieces:
        found.append(_speech(None, pieces, pieces[0].row, mender, section))


def _stray(label: Label, row: Row) -> Problem:
    kind = "bracket" if set(label.stray) & set("[]{}<>") else "mark"
    return Problem(row.number, f"stray {kind} beside the speaker's name")
