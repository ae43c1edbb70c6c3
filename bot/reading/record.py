"""One piece of speech that the format itself delimits (a JSON item, a CSV row, a subtitle cue)."""

from dataclasses import dataclass

from bot.kind import Kind
from bot.section import Section


@dataclass(frozen=True, slots=True)
class Record:
    """A delimited piece of speech with what the format says of it; None where it says nothing.

    `label` is the speaker as printed, `text` word for word. Neighbouring records of one speaker may belong to one turn:
    `continues` says that the format cuts finer than turns (cues, paragraphs a row).
    """

    label: str | None
    text: str
    place: str
    line: int | None = None
    page: int | None = None
    section: Section | None = None
    kind: Kind | None = None
    firm: str | None = None
    title: str | None = None
    continues: bool = False
