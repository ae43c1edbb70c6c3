"""What was understood, in a line for people."""

import pytest

from bot.directory import Directory
from bot.query import understand
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("who asked about freight", "who asked about freight"),
        ("who asked about talk about freight", "who asked about “talk about freight”"),
        ("what did jefferies ask about zenith about batteries", "questions about “zenith about batteries” · Jefferies"),
        ("quote talk about freight", "quote talk about freight"),
        ("who asked more than twice about freight", "who asked more than once about freight · 3 questions or more"),
        ("which company had the most questions about freight", "which company had the most questions about freight"),
    ],
)
def test_the_line_says_what_is_asked(question: str, line: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).understood == line
