"""What holds for every intent, found by walking: its example is asked and answered, its lead reads back, help names it."""

import asyncio

import pytest

from bot.answers.answer import Answer
from bot.answers.intent import Heading, Intent, by_heading
from bot.ask import ask
from bot.directory import Directory
from bot.library import Library
from bot.query import understand
from bot.query.intents import intents
from tests.invented_calls import CALLS, TODAY

FAMILY = list(intents().values())
DIRECTORY = Directory.of(CALLS)
# What the table of the design promises to answer.
PROMISED = {
    "who",
    "quote",
    "said",
    "asked",
    "answer",
    "speaker",
    "topic",
    "count",
    "compare",
    "first",
    "most",
    "list",
    "help",
}


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


def test_the_family_is_whole() -> None:
    assert {intent.name for intent in FAMILY} >= PROMISED
    assert len({intent.lead for intent in FAMILY}) == len(FAMILY)


@pytest.mark.parametrize("intent", FAMILY, ids=lambda intent: intent.name)
def test_its_example_is_read_as_meant(intent: Intent) -> None:
    query = understand(intent.example, DIRECTORY, today=TODAY)
    assert query.intent == intent.name
    assert understand(query.restated, DIRECTORY, today=TODAY).restated == query.restated


@pytest.mark.parametrize("intent", FAMILY, ids=lambda intent: intent.name)
def test_its_forms_say_something(intent: Intent) -> None:
    assert intent.forms
    assert all(form.parts for form in intent.forms)
    assert intent.summary.endswith(".")
    assert intent.usage


@pytest.mark.parametrize("intent", FAMILY, ids=lambda intent: intent.name)
async def test_its_example_is_answered(intent: Intent, library: Library) -> None:
    answer = await ask(library, intent.example, today=TODAY)
    assert answer.hits or answer.body, answer.headline
    assert answer.headline
    assert answer.query.understood
    await _next_can_be_asked(answer, library)


@pytest.mark.parametrize("intent", FAMILY, ids=lambda intent: intent.name)
async def test_nothing_found_never_reads_as_never_said(intent: Intent, library: Library) -> None:
    if not intent.needs_topic and intent.name not in {"who", "asked", "answer"}:
        return
    answer = await ask(library, f"{intent.lead} topic:(xylophones)", today=TODAY)
    assert not answer.hits
    assert answer.total == 0
    told = " ".join(note.text for note in answer.notes)
    assert "4 loaded calls" in told
    assert "other words" in told
    await _next_can_be_asked(answer, library)


@pytest.mark.parametrize("intent", FAMILY, ids=lambda intent: intent.name)
async def test_no_call_in_scope_is_told(intent: Intent, library: Library) -> None:
    answer = await ask(library, f"{intent.lead} topic:(freight) period:1999", today=TODAY)
    assert not answer.hits
    if intent.name != "help":
        assert any("FY 1999" in note.text and "loaded" in note.text for note in answer.notes), answer.notes


@pytest.mark.parametrize("intent", FAMILY, ids=lambda intent: intent.name)
async def test_help_explains_it(intent: Intent, library: Library) -> None:
    answer = await ask(library, f"help {intent.name}", today=TODAY)
    assert answer.query.intent == "help"
    assert any(intent.usage in line for line in answer.body)


async def _next_can_be_asked(answer: Answer, library: Library) -> None:
    for choice in answer.next_questions:
        following = await ask(library, choice.question, today=TODAY)
        assert following.hits or following.body or (answer.hits and following.notes), choice
        assert not any(mark in choice.text for mark in (":", '"', "(")), choice  # words, not the language's marks


async def test_pages_follow_one_another(library: Library) -> None:
    whole = await ask(library, "freight", today=TODAY, limit=50)
    assert whole.total == len(whole.hits) > 3
    pages = [await ask(library, "freight", today=TODAY, limit=2, offset=at) for at in range(0, whole.total, 2)]
    assert [hit.quote for page in pages for hit in page.hits] == [hit.quote for hit in whole.hits]
    assert {page.total for page in pages} == {whole.total}
    assert not (await ask(library, "freight", today=TODAY, offset=999)).hits


async def test_what_may_be_asked_next_is_said_in_words(library: Library) -> None:
    answer = await ask(library, "who asked about freight at northlake in q2", today=TODAY)
    assert answer.next_questions[1].text == "Management on freight at Northlake Foods, Q2 2026"
    assert answer.next_questions[1].question == 'quote freight company:NLF period:"Q2 2026"'


async def test_a_misspelt_word_is_asked_next_as_it_was_read(library: Library) -> None:
    answer = await ask(library, "quote frieght", today=TODAY)
    assert answer.next_questions[0].question == "who asked about freight"


async def test_what_was_not_found_is_not_offered_again(library: Library) -> None:
    answer = await ask(library, "quote xylophones", today=TODAY)
    assert [choice.question for choice in answer.next_questions] == ["calls", "help"]


async def test_where_others_spoke_of_it_they_are_offered(library: Library) -> None:
    answer = await ask(library, "what did the CEO say about freight at voltera", today=TODAY)
    assert [choice.question for choice in answer.next_questions] == ["who said freight", "calls"]
    assert answer.next_questions[0].text == "Who said freight in any call"


async def test_a_call_is_said_once_in_what_may_be_asked_next(library: Library) -> None:
    call = next(call for call in CALLS if call.period and call.company)
    answer = await ask(library, f"quote freight company:{call.ticker} call:{call.id}", today=TODAY)
    for choice in answer.next_questions:
        assert choice.text.count(str(call.period)) <= 1
        assert f'call:"{call.id}"' in choice.question or f"call:{call.id}" in choice.question
    assert any(f", {call.period}" in choice.text for choice in answer.next_questions)


def test_every_question_has_its_place_in_help_and_what_is_asked_most_leads() -> None:
    listed = sorted(intents().values(), key=by_heading)
    assert listed[0].name == "who"
    assert [each.name for each in listed if each.heading is Heading.OTHERS] == ["help"]
    places = [by_heading(each)[:2] for each in listed]
    assert len(set(places)) == len(places)
