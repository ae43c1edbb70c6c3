"""A call by its id, as `calls` lists it."""

from dataclasses import replace

import pytest

from bot.directory import Directory
from bot.query import understand
from bot.query.call_ids import call_field
from bot.query.errors import NotUnderstoodError
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


@pytest.mark.parametrize("question", [f'quote "{ID}"', "quote covid-19", "quote 5-year plan", "quote margin -covid-19"])
def test_other_words_stay_words(question: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).calls == ()


@pytest.mark.parametrize(
    "words",
    ["but", "in all calls but", "other than", "outside", "outside of", "apart from", "aside from", "besides"],
)
def test_a_call_to_leave_out_is_not_taken_for_the_one_to_search(words: str) -> None:
    with pytest.raises(NotUnderstoodError, match="leave a call out"):
        understand(f"quote margin {words} {ID}", DIRECTORY, today=TODAY)


def test_a_call_behind_a_minus_is_not_searched_as_if_nothing_was_said() -> None:
    with pytest.raises(NotUnderstoodError, match="leave a call out"):
        understand(f"quote margin -{ID}", DIRECTORY, today=TODAY)


@pytest.mark.parametrize("words", ["but only in", "higher than in"])
def test_words_that_leave_nothing_out_lead_to_a_call(words: str) -> None:
    assert understand(f"quote margin {words} {ID}", DIRECTORY, today=TODAY).calls == (ID,)


COMPANY = ID.split("-")[0]


@pytest.mark.parametrize(
    "question", ["quote margin in {}", "{}", "{} vs {id} margin", "who asked {} margin", "call:{}"]
)
def test_a_call_that_is_not_loaded_is_not_searched_for_as_words(question: str) -> None:
    with pytest.raises(NotUnderstoodError, match=f"called ‹{COMPANY}-1999-q1›. Loaded of .*: .*{ID}"):
        understand(question.format(f"{COMPANY}-1999-q1", id=ID), DIRECTORY, today=TODAY)


def test_nor_one_of_a_company_that_is_not_loaded() -> None:
    with pytest.raises(NotUnderstoodError, match=r"called ‹zzzz-2020-q3›\. `calls` lists them"):
        understand("quote margin in zzzz-2020-q3", DIRECTORY, today=TODAY)


@pytest.mark.parametrize("id_", [f"{COMPANY}-2026-q9", f"{COMPANY}-2026-q0", "zzzz-2020-q5"])
def test_nor_one_of_a_quarter_that_no_year_has(id_: str) -> None:
    with pytest.raises(NotUnderstoodError, match=f"called ‹{id_}›"):
        understand(f"quote margin in {id_}", DIRECTORY, today=TODAY)


@pytest.mark.parametrize(
    "word", ["fiscal", "Fiscal", "calendar", "fy", "cy", "mid", "late", "early", "pre", "post", "end", "since"]
)
def test_a_time_in_hyphens_is_no_call(word: str) -> None:
    query = understand(f"quote margin {word}-2026-q3", DIRECTORY, today=TODAY)
    assert (query.intent, query.calls) == ("quote", ())


def test_of_many_calls_some_ids_are_told() -> None:
    many = tuple(replace(CALLS[0], id=f"{CALLS[0].ticker}-20{year:02}-q1", year=2000 + year) for year in range(20))
    with pytest.raises(NotUnderstoodError, match=r"-q1, [^,]+-q1 and 14 more\.$"):
        understand(f"margin {CALLS[0].ticker}-1999-q1", Directory.of(many), today=TODAY)


ODD = ("plain", 'a"b', 'a"b-2026', "a”b", "x  y", " lead", "tail ", "it's q3 (1)", "back\\slash", 'foo call:"bar', "*bold* 1",
       "R&amp;D", "R&D", "100%25", "a\tb", "~ ~", "«»", "Ünïcode 2026", "<@U1> 3", "x:y", ":tada: 1", "a%22b")  # fmt: skip


@pytest.mark.parametrize("id_", ODD)
def test_whatever_a_call_is_called_a_field_names_it(id_: str) -> None:
    directory = Directory.of([replace(CALLS[0], id=each) for each in ODD])
    query = understand(f"quote freight {call_field(id_)}", directory, today=TODAY)
    assert (query.topic.text, query.calls) == ("freight", (id_,))
    assert understand(query.restated, directory, today=TODAY).calls == (id_,)


def test_blanks_are_typed_as_one() -> None:
    directory = Directory.of([replace(CALLS[0], id=" x  y"), replace(CALLS[0], id="x z")])
    for typed, id_ in (("x y", " x  y"), ("X Z", "x z"), ("x  z", "x z")):
        assert understand(f'quote freight call:"{typed}"', directory, today=TODAY).calls == (id_,)
