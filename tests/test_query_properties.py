"""Whatever is typed: a query or a QuestionError; and what was understood reads back the same."""

import dataclasses
import datetime as dt

from hypothesis import example
from hypothesis import strategies as st

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import follow_up, understand
from bot.query.keywords import keywords
from bot.query.query import Query
from tests.invented_calls import CALLS, TODAY
from tests.sampling import sampled

DIRECTORY = Directory.of(CALLS)
NAMES = [
    "Vidal",
    "galliers",
    "george",
    "john",
    "jefferies",
    "MS",
    "harbor & lane",
    "the CFO",
    "management",
    "price",
    "Northlake",
    "voltera",
    "$VLTR",
]
PIECES = [
    *sorted(keywords()), *NAMES, "capex", "freight", "gross", "margin", "Q3", "q1", "2026", "since 2025", "last 2 quarters", "fy26", "in", "the",
    "AND", "OR", "NOT", "NEAR/3", "NEAR", "(", ")", '"cold storage"', '"', "-tariffs", "super*", "speaker:vidal", 'firm:"harbor & lane"', "company:NLF",
    "section:qa", "quarter:q2", "limit:3", "least:3", "who asked", "more than three questions", "at least", "twice", "topic:(", "topic:(who asked)", "title:CFO", "role:analysts", "asker:raman", "q&a", "prepared remarks",
    "<@U123>", "&amp;", "*bold*", ":tada:", "'s", "’", "?", "and", "by", "from", "about", "november 2026", "two quarters ago", "last year", "h1 2026",
]  # fmt: skip
QUESTIONS = st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join)


def meaning(value: object) -> object:
    """A query less the places of its words: what must survive being stated again."""
    if isinstance(value, Query):
        left_out = {"question", "readings", "restated", "understood"}
        fields = [field.name for field in dataclasses.fields(value) if field.name not in left_out]
        return {name: meaning(getattr(value, name)) for name in fields}
    if dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value) if field.name not in {"start", "end"}]
        return type(value).__name__, tuple(meaning(getattr(value, name)) for name in fields)
    if isinstance(value, tuple):
        return tuple(meaning(each) for each in value)
    return value


def read(question: str) -> Query | None:
    try:
        return understand(question, DIRECTORY, today=TODAY)
    except QuestionError as error:
        sentence = error.sentence
    assert len(sentence) > 10
    return None


@sampled(15, 250, st.text(max_size=80))
@example("topic:(")
@example("speaker:")
@example('"')
@example("-")
@example("((((((((((((((((((((")
@example("NEAR/5")
@example("q1 to")
@example('period:""')
@example("\x00")
def test_any_text_is_a_query_or_a_question_error(text: str) -> None:
    read(text)


@sampled(15, 250, QUESTIONS)
@example('who asked about "cold storage" -tariffs super* since 2025 company:NLF')
@example("topic:(who asked about q3 company) by vidal")
@example("freight AND ( margin OR capex ) NOT tariffs")
@example("gross NEAR/3 margin NEAR/5 cash")
@example("quote topic:(the) limit:3")
@example("quote margin speaker:galliers firm:kestrel")
@example("answer to galliers question")
def test_what_was_understood_reads_back_the_same(question: str) -> None:
    query = read(question)
    if query is None:
        return
    back = understand(query.restated, DIRECTORY, today=TODAY)
    assert meaning(back) == meaning(query), query.restated
    assert back.restated == query.restated


@sampled(15, 250, QUESTIONS, st.one_of(QUESTIONS, st.text(max_size=30)))
def test_a_follow_up_is_a_question_that_can_be_asked(question: str, said: str) -> None:
    before = read(question)
    if before is None:
        return
    try:
        followed = follow_up(before.restated, said, DIRECTORY, today=TODAY)
    except QuestionError:
        return
    assert read(followed.question) is not None, followed.question


@sampled(15, 250, st.sampled_from(PIECES), st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)))
def test_any_day_can_be_today(piece: str, today: dt.date) -> None:
    try:
        understand(f"quote freight {piece}", DIRECTORY, today=today)
    except QuestionError:
        return
