"""A fiscal period as the company counts it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A fiscal year and, where known, its quarter (1 to 4). Orders by time."""

    year: int
    quarter: int | None = None

    def __str__(self) -> str:
        """Read as people write it: Q3 2012."""
        return f"Q{self.quarter} {self.year}" if self.quarter else f"FY {self.year}"
