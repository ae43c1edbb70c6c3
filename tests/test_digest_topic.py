"""The sentence that carries a question: chosen out of greetings, preambles and thanks; always the source's own words."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import strategies as st

from bot.digest.composing import new_calls, questions_of
from bot.digest.finding import digest_for
from bot.digest.topic import ASKS, carries, topic_sentence
from bot.exchange import Exchange
from bot.kind import Kind
from bot.quoting import sentences
from bot.transcript import load_file
from tests import desk, invented_calls
from tests.desk import QA, samples, shelved
from tests.sampling import sampled

SAID = [
    (
        "Good morning, thanks for having me on. Could you walk us through the bridge in gross margin? Thanks!",
        "Could you walk us through the bridge in gross margin?",
    ),
    (
        "Can you hear me? Great. My question is on the pace of charger openings in Norway. Thanks.",
        "My question is on the pace of charger openings in Norway.",
    ),
    (
        "Thanks. You said that freight eased. Is that still so? How much of the decline in freight is structural?",
        "How much of the decline in freight is structural?",
    ),
    (
        "Just wondering whether the U.S. plant keeps its tax credit.",
        "Just wondering whether the U.S. plant keeps its tax credit.",
    ),
    ("Thank you.", "Thank you."),
]


def quoted(*turns: str) -> str | None:
    rows = [("Mei Tanaka", Kind.ANALYST, "Tidewater", None, QA, 0, text) for text in turns]
    call = desk.call(rows=rows)
    found = topic_sentence(call, call.exchanges[0])
    return found.text if found else None


@pytest.mark.parametrize(("text", "sentence"), SAID)
def test_topic_sentence(text: str, sentence: str) -> None:
    assert quoted(text) == sentence


def test_a_later_turn_asks_where_the_first_only_greets() -> None:
    assert (
        quoted("Good morning, everybody.", "What is the plan for cold storage?") == "What is the plan for cold storage?"
    )


def test_the_first_question_stands_for_the_slot_though_a_later_one_is_richer() -> None:
    first = "What drove gross margin?"
    assert quoted(first, "And could you walk us through inventory, freight, tariffs, rebates and wages?") == first


def test_an_exchange_without_words_has_no_sentence() -> None:
    call = desk.call()
    assert topic_sentence(call, Exchange(9, None, None, (), ())) is None


def test_small_talk_and_counting_ask_nothing() -> None:
    assert carries("Thanks for taking my question, how are you?") < ASKS
    assert carries("I have a couple of quick questions.") < ASKS
    assert carries("What is the outlook for battery supply?") >= ASKS


@sampled(10, 60, st.lists(st.text(max_size=80), max_size=6))
def test_whatever_is_said_the_sentence_is_cut_out_of_the_turn(texts: list[str]) -> None:
    call = desk.call(rows=[("Mei Tanaka", Kind.ANALYST, None, None, QA, 0, text) for text in texts])
    for exchange in call.exchanges:
        found = topic_sentence(call, exchange)
        assert found is None or (found.start, found.end) in sentences(found.turn.text)


def test_who_asked_what_in_a_call() -> None:
    call = invented_calls.CALLS[0]
    assert [(one.asker, one.firm, one.quote.text) for one in questions_of(call)] == [
        ("Priya Raman", "Harbor & Lane", "On freight costs, how much of the decline is structural?"),
        ("George Galliers", "Kestrel Point Securities", "What is the plan for cold storage after Duluth?"),
        ("Michael Price", "Morgan Stanley", "Could you talk about tariffs and the gross margin?"),
    ]


def test_new_calls_are_those_not_told_nor_hidden_nor_renamed_the_newest_first() -> None:
    calls = {call.id: call for call in (desk.call("a", fingerprint="1"), desk.call("b", fingerprint="2"))}
    calls |= {call.id: call for call in invented_calls.CALLS}
    assert [call.id for call in new_calls(calls, {})][:2] == ["voltera-2026-q3", "voltera-2026-q2"]
    told = dict.fromkeys((call.id for call in invented_calls.CALLS), "")
    assert [call.id for call in new_calls(calls, told)] == ["a", "b"]
    assert [call.id for call in new_calls(calls, told | {"renamed": "1"})] == ["b"]
    assert [call.id for call in new_calls(calls, told, hidden={"b"})] == ["a"]


def test_the_seed_has_one_sentence_for_each_who_asked(shared: Path) -> None:
    call = load_file(shared / "transcripts" / "seed" / "tsla-2012-q3.txt")
    questions = list(questions_of(call))
    assert [one.asker for one in questions] == [one.asker for one in call.exchanges]
    assert all(one.quote.text in one.quote.turn.text for one in questions)
    assert sum(carries(one.quote.text) >= ASKS for one in questions) >= 0.9 * len(questions)


async def test_in_a_digest_everybody_goes_by_one_name() -> None:
    loaded = samples()
    library = await shelved(loaded)
    assert {turn.speaker for call in loaded for turn in call.turns} >= {"Bob Tillinghast", "Robert Tillinghast"}
    digest = await digest_for(library, {}, ["tariffs"], today=dt.date(2026, 11, 22))
    asked = {one.asker for news in digest.news for one in news.questions}
    said = {quote.turn.speaker for watched in digest.watched for quote in watched.quotes}
    assert "Robert Tillinghast" in asked
    assert "Bob Tillinghast" not in asked | said
    for quote in (quote for watched in digest.watched for quote in watched.quotes):
        assert quote.text in quote.call.turns[quote.turn.index].text
