"""Which turns a search may find."""

from dataclasses import dataclass

from bot.kind import Kind
from bot.section import Section


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters over turns; an empty tuple or None filters nothing. Values are those of the turns and calls, verbatim.

    `questions`: only turns that ask in an exchange (True), only turns that answer in one (False).
    `exchanges` are (call id, exchange index) pairs.
    """

    calls: tuple[str, ...] | None = None  # ids; an empty tuple means that no call fits
    kinds: tuple[Kind, ...] = ()
    persons: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    questions: bool | None = None
    exchanges: tuple[tuple[str, int], ...] | None = None
