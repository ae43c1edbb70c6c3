"""A follow-up in a thread: what was asked before, with one part changed."""

import datetime as dt
from dataclasses import dataclass

from bot.directory import Directory
from bot.query import understand


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The question a follow-up means, and from which hit on to show it."""

    question: str
    offset: int


def follow(previous: str, said: str, directory: Directory, *, today: dt.date) -> FollowUp:
    """Rewrite a restated question by what was said after it."""
    return FollowUp(understand(said, directory, today=today).restated, 0)
