"""One line of a source, with where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line's text as the format gives it, without its line end.

    `number` counts source lines from 1 (None: the format has no lines; in a PDF the line on its page), `page` counts
    pages from 1 (None: no pages). `bold` and `indent` (points from the left edge, or characters) are typographic
    evidence a layout may use; None where the format has none. `stands` is the citation of formats that have neither
    lines nor pages (`paragraph 12`).
    """

    text: str
    number: int | None
    page: int | None = None
    bold: bool | None = None
    indent: float | None = None
    stands: str | None = None
    bold_end: int | None = None  # characters at the line's beginning that are bold, where the others are not

    @property
    def place(self) -> str:
        """The citation for people: the page where there are pages, else the line."""
        if self.stands is not None:
            return self.stands
        if self.page is not None:
            return f"page {self.page}"
        return f"line {self.number}"
