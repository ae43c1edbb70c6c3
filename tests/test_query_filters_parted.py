"""A time that a company's name parts, and words that look like one."""

import pytest

from bot.directory import Directory
from bot.query import understand
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("freight on the last northlake call", "last quarter"),
        ("freight in the last two northlake calls", "last 2 quarters"),
        ("freight from the last northlake call", "last quarter"),
        ("freight before the last northlake call", None),
        ("compare freight since the last northlake call", None),
        ("compare the last northlake call with voltera on freight", None),
    ],
)
def test_only_the_calls_that_are_meant(question: str, span: str | None) -> None:
    read = understand(question, DIRECTORY, today=TODAY).span
    assert (read and read.said) == span
