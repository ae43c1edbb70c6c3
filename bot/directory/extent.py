"""How far some calls reach."""

from dataclasses import dataclass

from bot.period import Period


@dataclass(frozen=True, slots=True)
class Extent:
    """Of how many companies calls are, and their first and last fiscal period: None where none has one."""

    companies: int
    first: Period | None
    last: Period | None
