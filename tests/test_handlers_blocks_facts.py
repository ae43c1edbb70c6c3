"""Figures of an answer, a line each."""

import pytest

from bot.answers.answer import About, Answer, Facts, Note, Scope
from bot.query.query import Query
from bot.query.topic import Topic
from handlers.blocks.facts import fact_lines


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"a": 3, "b": 2}, "By call: Velmere Q1 \N{MULTIPLICATION SIGN}5"),
        ({"a": 3, "b": 0}, "By call: Velmere Q1 \N{MULTIPLICATION SIGN}3"),
        ({"a": 0, "b": 0}, None),
    ],
)
def test_calls_of_one_name_are_counted_together(counts: dict[str, int], line: str | None) -> None:
    query = Query("margin", "count", Topic("margin"), restated="", understood="")
    note = Note(About.COUNTED, "counted: so")
    answer = Answer(query, "5 times", Scope(2, 20), facts=Facts(counts=counts), notes=(note,))
    assert fact_lines(answer, {}, {"a": "Velmere Q1", "b": "Velmere Q1"}) == ([line] if line else [])
