"""What isn't understood is pointed at: the sentence names the word, the place is where it stands."""

import dataclasses
import datetime as dt

import pytest

from bot.directory import Directory
from bot.query import understand, warm
from bot.query.errors import AmbiguousError, LongQuestionError, NotUnderstoodError
from bot.query.reading import How
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)

POINTED = [
    ("what did Zorblax say about margin", "Zorblax"),
    ("what did the Zorblax Brothers ask", "the Zorblax Brothers"),
    ("answer to Zorblax's question about capex", "Zorblax"),
    ("quote margin by Zorblax", "Zorblax"),
    ("quote margin in Q7", "Q7"),
    ("quote margin section:middle", "section:middle"),
    ("quote margin limit:many", "limit:many"),
    ("quote margin limit:-1", "limit:-1"),
    ("quote margin period:whenever", "period:whenever"),
    ("quote margin call:nowhere", "call:nowhere"),
    ("quote margin company:Zorblax", "company:Zorblax"),
    ("margin speaker:Zorblax", "speaker:Zorblax"),
    ("who asked about", "about"),
]
LEFT_OUT = [
    ("freight excluding voltera", "excluding voltera"),
    ("freight at all companies except northlake", "except northlake"),
    ("quote freight other than at voltera", "other than at voltera"),
    ("freight -company:VLTR", "-company:VLTR"),
]


@pytest.mark.parametrize(("question", "word"), POINTED)
def test_the_word_is_pointed_at(question: str, word: str) -> None:
    with pytest.raises(NotUnderstoodError) as caught:
        understand(question, DIRECTORY, today=TODAY)
    error = caught.value
    assert question[error.start : error.end].startswith(word)
    assert word.rsplit(":", 1)[-1].rsplit(maxsplit=1)[-1].lower() in error.sentence.lower()


@pytest.mark.parametrize(("question", "words"), LEFT_OUT)
def test_a_company_that_is_left_out_is_not_searched_instead(question: str, words: str) -> None:
    with pytest.raises(NotUnderstoodError, match="leave a company out") as caught:
        understand(question, DIRECTORY, today=TODAY)
    assert question[caught.value.start : caught.value.end] in words


def test_a_quarter_of_several_years_is_asked_back() -> None:
    older = [dataclasses.replace(call, id=f"{call.id}-old", year=2025, date=dt.date(2025, 5, 1)) for call in CALLS]
    with pytest.raises(AmbiguousError) as caught:
        understand("quote margin in q2", Directory.of([*CALLS, *older]), today=TODAY)
    assert [way.text for way in caught.value.ways] == ["Q2 2026", "Q2 2025"]
    for way in caught.value.ways:
        span = understand(way.question, Directory.of([*CALLS, *older]), today=TODAY).span
        assert span is not None
        assert span.said == way.text


ASSUMED = [
    ("quote margin in q2", "Q2 2026"),
    ("quote margin last quarter", "the newest call loaded of each company"),
    ("quote margin last year", "fiscal year 2025"),
    ("quote margin since last year", "fiscal year 2025 or later"),
    ("quote margin two quarters ago", "2 before the newest"),
    ("quote margin in november", "calls held in November"),
    ("quote margin in calendar 2026", "the fiscal year"),
    ("who asked about Q4 guidance", "words to look for"),
    ("who asked about freight -priscilla -raman", "without the turns of Priya Raman"),
]


@pytest.mark.parametrize(("question", "told"), ASSUMED)
def test_what_is_assumed_is_told(question: str, told: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert any(reading.how is How.ASSUMED and told in reading.read_as for reading in query.readings), query.readings


def test_a_misspelt_keyword_is_told() -> None:
    query = understand("who askd about freight", DIRECTORY, today=TODAY)
    assert [(reading.typed, reading.read_as) for reading in query.readings] == [("askd", "asked")]
    (reading,) = query.readings
    assert "who askd about freight"[reading.start : reading.end] == "askd"


UNDONE = [
    ("quote margin in q2", "quote topic:(margin)"),
    ("what did the CFO say about margin last quarter", 'who said topic:(margin) title:"CFO"'),
    ("who asked about Q4 guidance", 'who asked about topic:(guidance) period:"Q4"'),
    ("what did Solhiem say about margin", "topic:(margin Solhiem)"),
]


@pytest.mark.parametrize(("question", "undo"), UNDONE)
def test_what_is_assumed_can_be_undone(question: str, undo: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert undo in {reading.undo for reading in query.readings}, query.readings
    understand(undo, DIRECTORY, today=TODAY)


def test_the_choice_of_a_year_keeps_the_rest_of_the_question() -> None:
    older = [dataclasses.replace(call, id=f"{call.id}-old", year=2025, date=dt.date(2025, 5, 1)) for call in CALLS]
    directory = Directory.of([*CALLS, *older])
    with pytest.raises(AmbiguousError) as caught:
        understand("what did the CFO say about margin in q2", directory, today=TODAY)
    assert [way.question for way in caught.value.ways] == [
        'who said topic:(margin) title:"CFO" period:"Q2 2026"',
        'who said topic:(margin) title:"CFO" period:"Q2 2025"',
    ]


def test_warming_changes_nothing() -> None:
    fresh = Directory.of(CALLS)
    warm(fresh)
    assert understand("vidal capex", fresh, today=TODAY) == understand("vidal capex", DIRECTORY, today=TODAY)


def test_a_field_of_several_names_them() -> None:
    with pytest.raises(NotUnderstoodError, match=r"John Okafor or John Lindqvist|John Lindqvist or John Okafor"):
        understand("freight speaker:john", DIRECTORY, today=TODAY)


def test_what_has_too_many_words_is_told_by_its_words() -> None:
    question = "who asked about tariffs " * 35
    assert len(question) < 1_000
    with pytest.raises(LongQuestionError, match=r"140 words; I read questions of up to 120"):
        understand(question, Directory.of(CALLS), today=TODAY)
