"""One printed row of a page: what stands on it, where, and how large."""

from collections.abc import Iterator
from dataclasses import dataclass

# Widths of Helvetica in thousandths of its size (Adobe's font metrics), close enough for any book face once two rows of
# one document are compared with each other.
NARROW = {" ": 278, "!": 278, "'": 191, "(": 333, ")": 333, ",": 278, "-": 333, ".": 278, "/": 278, ":": 278, ";": 278}
WIDTHS = {
    **NARROW,
    **dict.fromkeys("filjtI|[]r’‘", 260),
    **dict.fromkeys('“”"*', 333),
    **dict.fromkeys("abdeghnopquLT0123456789$#_?–FZ", 556),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("%W", 900),
    **dict.fromkeys("—…@•", 1000),
}
COMMON = 556


def width(text: str, size: float) -> float:
    """How many points wide the text is at this size, roughly."""
    return sum(WIDTHS.get(each, COMMON) for each in text) * size / 1000


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a row that was printed in one go: its text, left edge, size in points, and whether it is bold."""

    text: str
    x: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its text, page (from 1), left and right edge and baseline in points, size, and whether all of it is bold.

    `label` is the text of a left column that stands in front of the row ("" where there is none), at `label_x`.
    """

    text: str
    page: int
    x: float
    end: float
    y: float
    size: float
    bold: bool
    fragments: tuple[Fragment, ...] = ()
    label: str = ""
    label_x: float = 0.0
    label_bold: bool = False

    def cells(self) -> Iterator[tuple[float, int]]:
        """Yield the left edge and the number of characters of each part that a gap sets off from the one before."""
        start, end, length = self.x, self.x, 0
        for each in self.fragments:
            if not each.text.strip():
                continue
            if each.x > end + each.size and length:
                yield start, length
                start, length = each.x, 0
            length += len(each.text)
            end = each.x + width(each.text.rstrip(), each.size)
        yield start, length

    @classmethod
    def of(cls, fragments: tuple[Fragment, ...], page: int, y: float) -> "Row":
        """Put a row together from its fragments."""
        printed = [each for each in fragments if each.text.strip()]
        last = printed[-1]
        letters = sum(len(each.text) for each in printed)
        size = sum(each.size * len(each.text) for each in printed) / letters
        return cls(
            text=" ".join("".join(each.text for each in fragments).split()),
            page=page,
            x=printed[0].x,
            end=last.x + width(last.text.rstrip(), last.size),
            y=y,
            size=size,
            bold=all(each.bold for each in printed),
            fragments=fragments,
        )
