"""A turn on its way: what a layout found, before it is known who everybody is."""

from dataclasses import dataclass, field

from bot.kind import Kind
from bot.parsing.label import Label
from bot.participant import Participant
from bot.problem import Problem
from bot.section import Section


@dataclass(slots=True)
class Speech:
    """One label and the words under it. `label` None: words that no label stands over."""

    label: Label | None
    text: str
    line: int | None
    page: int | None
    place: str
    section: Section | None = None
    kind: Kind | None = None
    firm: str | None = None
    title: str | None = None
    first_line: int | None = None  # of its first word


@dataclass(slots=True)
class Draft:
    """What a layout gives: speeches in order, people that lists name, header rows, and what was mended."""

    speeches: list[Speech] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)
    header: list[str] = field(default_factory=list)  # rows before the speech that may name company, period and date
    problems: list[Problem] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)  # header fields the layout names outright
