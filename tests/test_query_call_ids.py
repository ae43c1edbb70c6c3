"""A call by its id, as `calls` lists it."""

import pytest

from bot.directory import Directory
from bot.query import understand
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)
ID = next(call.id for call in CALLS if any(map(str.isdigit, call.id)) and "-" in call.id)


@pytest.mark.parametrize(
    ("question", "intent", "topic"),
    [
        (f"quote margin in {ID}", "quote", "margin"),
        (f"{ID} margin", "topic", "margin"),
        (f"{ID.upper()}: margin", "topic", "margin"),
        (f"who asked about freight on the {ID} call", "who", "freight"),
        (f"who asked about freight call:{ID}", "who", "freight"),
        (ID, "list", ""),
    ],
)
def test_it_is_that_call(question: str, intent: str, topic: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert (query.intent, query.topic.text, query.calls) == (intent, topic, (ID,))
    again = understand(query.restated, DIRECTORY, today=TODAY)
    assert (again.intent, again.topic.text, again.calls) == (intent, topic, (ID,))


@pytest.mark.parametrize("question", [f'quote "{ID}"', "quote covid-19", "quote 5-year plan", f"quote margin -{ID}"])
def test_other_words_stay_words(question: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).calls == ()
