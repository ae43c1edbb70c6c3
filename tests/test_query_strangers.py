"""Companies that are named by where the name stands: none of their calls is loaded, which is said and not searched."""

import pytest

from bot.directory import Directory
from bot.query import understand
from bot.query.errors import NotUnderstoodError
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("who asked about margin on the Acme Widgets call", "Acme Widgets"),
        ("which banks cover velmere", "velmere"),
        ("which analysts follow Acme Widgets", "Acme Widgets"),
        ("who covers Acme", "Acme"),
        ("which banks cover JPMorgan", "JPMorgan"),  # known as a house that asks, and by no call of its own
    ],
)
def test_a_company_that_is_not_loaded_is_told_by_its_name(question: str, name: str) -> None:
    with pytest.raises(NotUnderstoodError) as refused:
        understand(question, DIRECTORY, today=TODAY)
    assert f"No call of ‹{name}› is loaded" in refused.value.sentence
    start, end = refused.value.start, refused.value.end
    assert start is not None
    assert question[start:end] == name


@pytest.mark.parametrize(
    "question",
    [
        "who covers voltera",
        "which banks follow up on freight",
        "who covers freight",
        "who covers CAPEX",
        "who covered it",
    ],
)
def test_what_is_loaded_or_no_name_is_read_as_ever(question: str) -> None:
    understand(question, DIRECTORY, today=TODAY)
