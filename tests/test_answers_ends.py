"""The first and the last question of a call."""

import asyncio

import pytest

from bot.answers.substance import substantial
from bot.ask import ask
from bot.library import Library
from tests.desk import samples, shelved
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(shelved(CALLS))


def asking(call_id: str, firm: str | None = None) -> list[int]:
    """Return the turns of a call that ask something, in order."""
    call = next(call for call in CALLS if call.id == call_id)
    asked = sorted({index for exchange in call.exchanges for index in exchange.question_turns})
    return [
        index for index in asked if substantial(call.turns[index]) and (firm is None or call.turns[index].firm == firm)
    ]


@pytest.mark.parametrize(("question", "end"), [("what was the first question", 0), ("last question", -1)])
async def test_it_is_the_one_at_that_end_of_each_call(library: Library, question: str, end: int) -> None:
    answer = await ask(library, question, today=TODAY, limit=50)
    shown = {hit.quote.call.id: hit.quote.turn.index for hit in answer.hits}
    assert shown == {call.id: asking(call.id)[end] for call in CALLS if asking(call.id)}
    assert answer.total == len(answer.hits) == len(shown)
    assert [hit.quote.call.id for hit in answer.hits] == [
        call.id for call in library.directory.newest if call.id in shown
    ]
    assert answer.facts.askers


async def test_of_a_firm_it_is_its_own_first(library: Library) -> None:
    answer = await ask(library, "first question from jefferies", today=TODAY, limit=50)
    assert answer.hits
    for hit in answer.hits:
        assert hit.quote.turn.index == asking(hit.quote.call.id, hit.quote.turn.firm)[0]
        assert "Jefferies" in (hit.quote.turn.firm or "")
    assert "Jefferies" in answer.headline


@pytest.mark.parametrize(("question", "end"), [("opening question about tariffs", 0), ("last question on tariffs", -1)])
async def test_about_a_topic_it_is_the_one_at_that_end_of_those_about_it(question: str, end: int) -> None:
    library = await shelved(samples())
    about = await ask(library, "who asked about tariffs", today=TODAY, limit=50)
    asked: dict[str, list[int]] = {}
    for hit in about.hits:
        asked.setdefault(hit.quote.call.id, []).append(hit.quote.turn.index)
    assert any(len(turns) > 1 for turns in asked.values())
    answer = await ask(library, question, today=TODAY, limit=50)
    shown = {hit.quote.call.id: hit.quote.turn.index for hit in answer.hits}
    assert shown == {call: sorted(turns)[end] for call, turns in asked.items()}
    assert list(shown) == [call.id for call in library.directory.newest if call.id in shown]
    assert "about “tariffs”" in answer.headline
    again = await ask(library, answer.query.restated, today=TODAY, limit=50)
    assert [hit.quote.turn for hit in again.hits] == [hit.quote.turn for hit in answer.hits]


@pytest.mark.parametrize(
    ("question", "end"), [("last question about freight costs", -1), ("opening question about freight costs", 0)]
)
async def test_about_two_words_it_says_both_or_a_synonym_of_both(question: str, end: int) -> None:
    library = await shelved(samples())
    about = await ask(library, "who asked about freight costs", today=TODAY, limit=50)
    asked: dict[str, list[int]] = {}
    others = 0
    for hit in about.hits:
        if "freight" in hit.quote.turn.text.lower():
            asked.setdefault(hit.quote.call.id, []).append(hit.quote.turn.index)
        else:
            others += 1
    assert others, "some say costs alone, or ask on about it"
    answer = await ask(library, question, today=TODAY, limit=50)
    assert {hit.quote.call.id: hit.quote.turn.index for hit in answer.hits} == {
        call: sorted(turns)[end] for call, turns in asked.items()
    }
    assert any("that says all of it" in note.text for note in answer.notes)
    assert not any("a part of it" in note.text for note in answer.notes)


async def test_a_question_that_only_asks_on_is_not_the_last_about_it() -> None:
    answer = await ask(await shelved(samples()), "last question about gross margin guidance", today=TODAY, limit=50)
    assert answer.hits
    assert all("margin" in hit.quote.turn.text for hit in answer.hits)


async def test_where_no_question_says_all_of_it_those_that_say_a_part_are_shown_and_told() -> None:
    library = await shelved(samples())
    answer = await ask(library, "last question about freight costs diesel wages", today=TODAY, limit=50)
    assert answer.hits
    assert all("diesel" in hit.quote.turn.text for hit in answer.hits)
    assert any("no question says all of “freight costs diesel wages”" in note.text for note in answer.notes)


async def test_of_a_firm_about_a_topic(library: Library) -> None:
    answer = await ask(library, "last question from jefferies on freight", today=TODAY, limit=50)
    assert (answer.query.intent, answer.query.topic.text) == ("closing", "freight")
    assert all("Jefferies" in (hit.quote.turn.firm or "") for hit in answer.hits)


async def test_where_nobody_asked_it_says_what_was_searched(library: Library) -> None:
    answer = await ask(library, "last question in q1 1999", today=TODAY)
    assert answer.total == 0
    assert answer.notes


@pytest.mark.parametrize(("question", "said"), [("who asked the last question", True), ("first question", False)])
async def test_who_reads_out_a_question_is_not_left_to_pass_for_its_asker(question: str, said: bool) -> None:
    answer = await ask(await shelved(samples()), question, today=TODAY, limit=50)
    assert any(hit.quote.turn.relayed for hit in answer.hits) is said
    assert any("read out by a host" in note.text for note in answer.notes) is said


@pytest.mark.parametrize(("question", "end"), [("first 3 questions", 0), ("the last three questions", -1)])
async def test_as_many_of_each_call_as_asked(question: str, end: int) -> None:
    library = await shelved(samples())
    one = await ask(library, question.replace(" 3", "").replace(" three", ""), today=TODAY, limit=100)
    every = [hit for at in range(0, 18, 3) for hit in (await ask(library, question, today=TODAY, offset=at)).hits]
    said = "last" if end else "first"
    several = await ask(library, question, today=TODAY)
    assert several.headline.startswith(f"the {said} 3 questions of each of {one.total} calls")
    assert several.total == len(every) == 3 * one.total
    for hit in one.hits:
        places = [each.quote.turn.index for each in every if each.quote.call.id == hit.quote.call.id]
        assert places == sorted(places, reverse=end == -1)
        assert (places[0], len(places)) == (hit.quote.turn.index, 3)
