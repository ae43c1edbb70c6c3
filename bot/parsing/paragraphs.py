"""From rows to a turn's text: paragraphs joined by newlines, broken sentences healed, and each mend told.

Nothing but white space changes, and what is told in a problem: escapes taken off, and the hyphen of a word that the
print divided. The one pattern is a single character class after a backslash: linear.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.parsing.sheet import Row, Sheet
from bot.problem import Problem

ESCAPED = re.compile(r"\\([$&%#_*~\[\]()<>])")
ENDS = frozenset(".?!:;\"”’')]…*>")
BULLETS = ("•", "·", "▪", "◦", "‣", "- ", "– ", "o ", "", "", "")
NARROW = 0.75  # of the usual width: a sentence that ends this early ends its paragraph


class Piece(NamedTuple):
    """Some words of a row: the row, and where in it they begin."""

    row: Row
    text: str


class Mender:
    """Joins pieces to paragraphs for one sheet and remembers what it mended."""

    def __init__(self, sheet: Sheet) -> None:
        self.problems: list[Problem] = []
        self._sheet = sheet

    @cached_property
    def _narrow(self) -> float:
        """Width of a row that ends its paragraph where its sentence ends."""
        widths = sorted(len(row.text) for row in self._sheet.rows)
        return NARROW * widths[len(widths) * 9 // 10] if widths else 0

    @cached_property
    def _gaps_mean(self) -> bool:
        """Whether blank lines are few enough to part paragraphs."""
        gaps = sum(row.gap for row in self._sheet.rows)
        return gaps > 0 and gaps * 10 < len(self._sheet.rows) * 6

    def text(self, pieces: Sequence[Piece]) -> str:
        """Join pieces to a text, paragraphs apart by a newline."""
        return self._flow(pieces) if self._sheet.wrapped else self._blocks(pieces)

    def _blocks(self, pieces: Iterable[Piece]) -> str:
        """One row is one paragraph, unless the row before breaks off and this one goes on in lower case."""
        out = ""
        for piece in pieces:
            text = self._plain(piece)
            if not text:
                continue
            if out and text[0].islower() and out[-1] not in ENDS and not out.endswith("--"):
                self.problems.append(Problem(piece.row.number, "a sentence broken over paragraphs is healed"))
                out += f" {text}"
            else:
                out = f"{out}\n{text}" if out else text
        return out

    def _flow(self, pieces: Iterable[Piece]) -> str:
        """Rows run on until something ends the paragraph."""
        out: list[str] = []
        before: Piece | None = None
        for piece in pieces:
            text = self._plain(piece)
            if not text:
                continue
            if before is None:
                out.append(text)
            elif self._breaks(before, piece):
                out += ["\n", text]
            else:
                self._run_on(out, before, piece, text)
            before = piece
        return "".join(out)

    def _breaks(self, before: Piece, piece: Piece) -> bool:
        last = before.text[-1]
        ended = last in ENDS
        first = piece.text[0]
        turned = before.row.line.page != piece.row.line.page
        if piece.text.startswith(BULLETS) and (ended or not first.isalpha()):
            return True
        if not ended and (first.islower() or last in ",-" or turned):
            return False
        if turned:
            return ended and len(before.row.text) < self._narrow
        if self._gaps_mean and piece.row.gap:
            return True
        return ended and len(before.row.text) < self._narrow

    def _run_on(self, out: list[str], before: Piece, piece: Piece, text: str) -> None:
        number = piece.row.number
        turned = before.row.line.page != piece.row.line.page
        if (turned or (self._gaps_mean and piece.row.gap)) and before.text[-1] not in ENDS:
            self.problems.append(Problem(number, "a sentence broken over a page is healed"))
        last = out[-1]
        if last.endswith("-") and len(last) > 1 and last[-2].isalpha() and text[0].isalpha():
            out.append(self._joined(out, last, text, number))
            return
        out += [" ", text]

    def _joined(self, out: list[str], last: str, text: str, number: int | None) -> str:
        """Put a word together that the print divided; the hyphen stays unless the text elsewhere writes it without."""
        head = last.rsplit(" ", 1)[-1].lstrip('("“')
        tail = text.split(" ", 1)[0].rstrip('.,;:?!)"”')
        whole = (head[:-1] + tail).lower()
        if tail.islower() and self._sheet.lower(whole) and not self._sheet.lower((head + tail).lower()):
            out[-1] = last[:-1]
            self.problems.append(Problem(number, f"a word divided at the line's end is joined: {whole}"))
        return text

    def _plain(self, piece: Piece) -> str:
        text = piece.text.strip()
        if "\\" in text:
            plain = ESCAPED.sub(r"\1", text)
            if plain != text:
                self.problems.append(Problem(piece.row.number, "the escape before a mark is taken off"))
                return plain
        return text
