"""The two parts of an earnings call."""

from enum import StrEnum


class Section(StrEnum):
    """Prepared remarks, or questions and answers."""

    PREPARED = "prepared"
    QA = "qa"
