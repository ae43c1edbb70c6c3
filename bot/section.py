"""The two parts of an earnings call."""

from enum import StrEnum


class Section(StrEnum):
    """Prepared remarks, or questions and answers."""

    PREPARED = "prepared"
    QA = "qa"

    @property
    def called(self) -> str:
        """What people call it."""
        return "prepared remarks" if self is Section.PREPARED else "Q&A"
