"""One person's uninterrupted speech, in the source's own words."""

from dataclasses import dataclass

from bot.attribution import Attribution
from bot.kind import Kind
from bot.section import Section


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker turn.

    `text` is the source word for word, paragraphs joined by a newline; every offset elsewhere counts its characters.
    `line` is the 1-based source line of the turn's label (of its first word where there is none), None where the
    format has no lines; `place` is the same citation for people (`line 88`, `page 4`, `record 12`, `00:14:03`).
    """

    index: int
    line: int | None
    page: int | None
    place: str
    section: Section
    speaker: str | None  # the printed label, less stray marks, firm and role
    person: str | None  # the canonical person behind it
    kind: Kind
    firm: str | None
    title: str | None
    attribution: Attribution
    text: str
    exchange: int | None = None
    basis: str | None = None  # what an inferred speaker or kind was inferred from, with its place
    relayed: bool = False  # a question that a host reads out for somebody else
