"""One thing that was done to a question while it was understood; each is told, and can be undone."""

from dataclasses import dataclass, replace
from enum import StrEnum


class How(StrEnum):
    """Why the question isn't read letter by letter."""

    CORRECTED = "corrected"  # a misspelt word, name or firm
    SYNONYM = "synonym"  # words searched beside the typed ones
    TEAM = "team"  # the same, by the team's own words
    ASSUMED = "assumed"  # "q3" read as Q3 2026, "gm" as General Motors
    IGNORED = "ignored"  # a word that was not understood
    SPARED = "spared"  # a word beside the subject (`outlook`, `impact`) that no turn holds together with it
    WRITTEN = "written"  # a word looked for as written, since others of its stem are said everywhere
    LATER = "later"  # a second question, to be asked by itself
    APART = "apart"  # topics that `and` joins, where no turn holds them together


@dataclass(frozen=True, slots=True)
class Reading:
    """A correction, assumption or expansion: `typed` (its span in the question) was read as `read_as`.

    `undo` is the question to type to have it the other way, None where there is no other way.
    """

    how: How
    typed: str
    read_as: str
    start: int = 0
    end: int = 0
    undo: str | None = None

    def moved(self, by: int) -> "Reading":
        """Return the same reading of words that stand so many characters further in the question."""
        return replace(self, start=self.start + by, end=self.end + by) if self.end and by else self
