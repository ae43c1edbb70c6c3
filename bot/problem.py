"""Something about a source that was mended or that a person should know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A mend or a doubt, with the 1-based source line it is about (None: the file as a whole)."""

    line: int | None
    what: str
