"""One asker's slot in the questions and answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exchange:
    """Who asked, and which turns (by index) asked and answered, in order."""

    index: int
    asker: str | None
    firm: str | None
    question_turns: tuple[int, ...]
    answer_turns: tuple[int, ...]
