"""From printed rows to running text: what belongs together is one line again, over rows, columns and pages."""

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.problem import Problem
from bot.reading.hyphens import MARKS, Hyphens
from bot.reading.line import Line
from bot.reading.row import Row, width

LABEL_ROOM = 25.0  # points that a column of labels stands left of the text
LONGEST_LABEL = 70  # characters
NEAR = 3.5  # points within which two left edges are one
LOOSE = 1.3  # of the usual distance of rows: more opens a paragraph
SAME_SIZE = 1.2  # points of type size within which rows belong to one paragraph
SHARE = 0.25  # of all rows must start at the text's left edge for a column of labels to exist
SLACK = 1.06  # a word that would have fitted with this much to spare was put on the next row on purpose
ENDS = (".", "?", "!", ":", ";", "”", '"', ")", "]", "…", "--", "—", "’", "*")
BULLET = re.compile(r"(?:[-–—•▪■●◦○‣∙·*o>➢✓]|\(?[0-9a-zA-Z]{1,2}[.)])\s+(?=\S)")
RULE = re.compile(r"[.\-_=*·…–—]{8,}")
LONGEST_CELL = 120  # characters of a row that count for the left edge it stands at
LONG = 0.6  # of the column: a shorter row that nothing forced to end is a name or a title, whatever follows it
LOOK_BACK = 250  # rows: some six pages
LONGEST_WORD = 42  # characters, with its hyphen; of a longer one the end will do
HYPHEN = re.compile(r"[A-Za-z][A-Za-z'’]{1,40}-$")


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: left edge of the text, right edges by left edge, and distance of rows."""

    left: float | None
    rights: dict[int, float]
    leading: float

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Measures":
        """Measure the rows."""
        lefts: Counter[int] = Counter()
        for row in rows:
            for x, length in row.cells():
                lefts[round(x)] += min(length, LONGEST_CELL)
        left = lefts.most_common(1)[0][0] if lefts else None
        ends: dict[int, list[float]] = {}
        for row in rows:
            ends.setdefault(round(row.x / 10), []).append(row.end)
        widest = {edge: _high(each) for edge, each in ends.items()}
        everywhere = _high([row.end for row in rows]) if rows else 0.0
        rights = {edge: (right if len(ends[edge]) >= 8 else max(right, everywhere)) for edge, right in widest.items()}  # noqa: PLR2004  # fewer rows say little about a column
        gaps = Counter(
            round(a.y - b.y, 0)
            for a, b in itertools.pairwise(rows)
            if a.page == b.page and 4 < a.y - b.y < 60  # noqa: PLR2004  # points: overprints and figures aside
        )
        return cls(left, rights, gaps.most_common(1)[0][0] if gaps else 14.0)

    def right(self, row: Row) -> float:
        """Give the right edge of the column that the row stands in."""
        return self.rights.get(round(row.x / 10), row.end)


def _high(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def with_labels(rows: Sequence[Row]) -> list[Row]:
    """Take the column of labels, where there is one, off the rows it stands in front of."""
    left = Measures.of(rows).left
    if left is None:
        return list(rows)
    at_left = sum(any(abs(x - left) <= NEAR for x, _ in row.cells()) for row in rows)
    if at_left < SHARE * len(rows):
        return list(rows)
    return _rejoined([_labelled(row, left) for row in rows])


def _labelled(row: Row, left: float) -> Row:
    if row.x > left - LABEL_ROOM:
        return row
    for cut, fragment in enumerate(row.fragments):
        if cut and abs(fragment.x - left) <= NEAR and fragment.text.strip():
            before = row.fragments[:cut]
            label = " ".join("".join(each.text for each in before).split())
            apart = Row.of(before, row.page, row.y).end + row.size < fragment.x or label.endswith(":")
            if apart and any(each.isalpha() for each in label) and len(label) <= LONGEST_LABEL:
                rest = Row.of(row.fragments[cut:], row.page, row.y)
                bold = all(each.bold for each in before if each.text.strip())
                return dataclasses.replace(rest, label=label, label_x=row.x, label_bold=bold)
    return row


def _rejoined(rows: Sequence[Row]) -> list[Row]:
    """Make one label of one that runs over two rows of its column, in front of the first of them."""
    out: list[Row] = []
    for row in rows:
        before = out[-1] if out else None
        follows = before is not None and before.page == row.page and before.y - row.y < 3 * row.size
        if before and follows and row.label and before.label and not before.label.endswith(":"):
            out[-1] = dataclasses.replace(before, label=f"{before.label} {row.label}")
            out.append(dataclasses.replace(row, label=""))
        else:
            out.append(row)
    return out


def without_repeated_heads(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """Leave out a speaker's head that a page prints again because a sentence runs on over the break.

    Gives the rows and the pages where that was so. A head is up to three rows that stood together before, within the
    last pages, and now stand between two halves of a sentence.
    """
    texts = [row.text for row in rows]
    out: list[Row] = []
    pages: list[int] = []
    at = 0
    while at < len(rows):
        row, before = rows[at], out[-1] if out else None
        if before and before.page != row.page and not before.text.endswith(ENDS):
            for size in (3, 2, 1):
                after = rows[at + size] if at + size < len(rows) else None
                head = texts[at : at + size]
                earlier = max(0, at - LOOK_BACK)
                again = any(texts[i : i + size] == head for i in range(earlier, at - size + 1) if texts[i] == head[0])
                if (
                    after
                    and again
                    and after.page == row.page
                    and after.text[:1].islower()
                    and not head[0][:1].islower()
                ):
                    pages.append(row.page)
                    at += size
                    break
        out.append(rows[at])
        at += 1
    return out, pages


class Flow:
    """Sets rows into lines. One use: give it the body rows of a document, take `lines` and `problems`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.lines: list[Line] = []
        self.problems: list[Problem] = []
        self.measures = Measures.of(rows)
        self.hyphens = Hyphens(row.text for row in rows)
        self._open: list[Row] = []
        self._number = 0
        page = 0
        rows, repeated = without_repeated_heads(rows)
        self.problems += [
            Problem(None, f"page {each}: the speaker's name, printed again, left out") for each in repeated
        ]
        for row in rows:
            if row.page != page:
                page, self._number = row.page, 0
            self._take(row)
        self._close()

    def _take(self, row: Row) -> None:
        if row.label:
            self._close()
            self._number += 1
            self.lines.append(Line(row.label, self._number, row.page, bold=row.label_bold, indent=row.label_x))
        if not (self._open and self._belongs(self._open[-1], row)):
            self._close()
            self._number += not row.label
            self._start = self._number
        else:
            self._number += 1
            if row.page != self._open[-1].page:
                self.problems.append(Problem(self._number, f"page {row.page}: sentence healed over the page break"))
        self._open.append(row)

    def _belongs(self, a: Row, b: Row) -> bool:  # noqa: PLR0911  # one return a reason
        """Whether row b carries on the paragraph that ends, so far, in row a."""
        if b.label or RULE.fullmatch(a.text.replace(" ", "")) or RULE.fullmatch(b.text.replace(" ", "")):
            return False
        if abs(a.size - b.size) > SAME_SIZE or a.bold != b.bold or BULLET.match(b.text):
            return False
        full = a.end + width(" " + b.text.split(" ", 1)[0], b.size) * SLACK > self.measures.right(a)
        unfinished = not a.text.endswith(ENDS)
        if a.page != b.page:
            return self._over_the_page(a, b, full=full, unfinished=unfinished)
        gap = a.y - b.y
        if abs(gap) < 2 and b.x > a.x:  # noqa: PLR2004  # points: the same row, printed in two goes
            return True
        if not 0 < gap <= LOOSE * max(self.measures.leading, a.size):
            return unfinished and full and b.text[:1].islower() and gap > 0
        if not self._aligned(b):
            return False
        long = a.end - a.x > LONG * (self.measures.right(a) - a.x)
        return full or (unfinished and long and b.text[:1].islower())

    def _over_the_page(self, a: Row, b: Row, *, full: bool, unfinished: bool) -> bool:
        if b.page - a.page > 1 or not unfinished or not self._aligned(b):
            return False
        return b.text[:1].islower() or (full and not b.bold)

    def _aligned(self, b: Row) -> bool:
        """Whether the row's left edge is where the open paragraph goes on."""
        first, last = self._open[0], self._open[-1]
        if abs(b.x - last.x) <= NEAR:
            return True
        if len(self._open) > 1:
            return last.page != b.page and abs(b.x - last.x) <= LABEL_ROOM
        if b.x < first.x:  # the paragraph's first row is indented
            return first.x - b.x < 4 * LABEL_ROOM
        marker = BULLET.match(first.text)
        hanging = next((each.x for each in first.fragments[1:] if each.text.strip() and each.x > first.x + 2), None)
        return bool(marker and (hanging is None or abs(hanging - b.x) <= NEAR or b.x - first.x <= LABEL_ROOM * 2))

    def _close(self) -> None:
        if not self._open:
            return
        first = self._open[0]
        text = first.text
        for row in self._open[1:]:
            text = self._join(text, row)
        self.lines.append(Line(text, self._start, first.page, bold=first.bold, indent=first.x))
        self._open = []

    def _join(self, text: str, row: Row) -> str:
        """Join a row: a hyphen at the row's end goes, stays or ends a word, as the document's other words say."""
        broken = HYPHEN.search(text[-LONGEST_WORD:])
        if not broken or not row.text[:1].isalpha():
            return text + (" " if not text.endswith(("—", "/")) else "") + row.text
        head, tail = broken.group()[:-1], row.text.split(" ", 1)[0]
        between = self.hyphens.between(head, tail)
        if not between:
            whole = (head + tail).rstrip(MARKS)
            self.problems.append(Problem(None, f"page {row.page}: hyphenation of “{whole}” mended"))
        return text[:-1] + between + row.text
