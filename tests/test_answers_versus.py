"""Two set side by side: what each said, counted by a rule that is told, with turns of each."""

import asyncio
from dataclasses import replace

import pytest

from bot.ask import ask
from bot.kind import Kind
from bot.library import Library
from bot.query import follow_up, understand
from tests.invented_calls import CALLS, TODAY

TOPICS = ("freight", "freigt")


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


async def test_each_side_has_its_figures_and_its_best_turn(library: Library) -> None:
    answer = await ask(library, "vidal vs solheim on freight", today=TODAY)
    assert answer.query.intent == "versus"
    assert answer.headline.startswith("Tomas Vidal 1 time, Ingrid Solheim 3 times")
    assert answer.body == (
        "Tomas Vidal: 1 time, in 1 turn of 1 call",
        "Ingrid Solheim: 3 times, in 3 turns of 2 calls",
    )
    assert [hit.quote.turn.person for hit in answer.hits[:2]] == ["Tomas Vidal", "Ingrid Solheim"]
    assert answer.facts.by_speaker == {"Ingrid Solheim": 3, "Tomas Vidal": 1}
    assert sum(answer.facts.counts.values()) == 4


async def test_a_side_that_did_not_say_it_has_a_zero_and_a_caution(library: Library) -> None:
    answer = await ask(library, "compare vidal and quill on private label", today=TODAY)
    assert answer.body[1] == "Marta Quill: 0 times in these words"
    assert any("not that the subject never came up" in note.text for note in answer.notes)


async def test_a_misspelt_topic_is_counted_beyond_a_searchs_limit(library: Library) -> None:
    turns = tuple(replace(turn, text="Freight is dear.") for turn in CALLS[0].turns)
    many = [replace(CALLS[0], id=f"copy-{number}", turns=turns) for number in range(300)]
    several = await Library.of([*CALLS, *many])
    names = sorted({turn.person for turn in turns if turn.person and turn.kind is Kind.EXECUTIVE})[:2]
    typed, misspelt = [(await ask(several, f"{' vs '.join(names)} on {word}", today=TODAY)).facts for word in TOPICS]
    assert max(typed.by_speaker.values()) > 300
    assert misspelt.by_speaker == typed.by_speaker


async def test_a_misspelt_topic_is_counted_as_read(library: Library) -> None:
    answer = await ask(library, "vidal vs solheim on frieght", today=TODAY)
    assert answer.headline.startswith("Tomas Vidal 1 time, Ingrid Solheim 3 times")
    assert any("frieght" in note.text for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("the ceo vs the analysts on freight", {"Tomas Vidal", "Priya Raman", "John Okafor"}),
        ("harbor & lane vs galliers on cold storage", {"George Galliers"}),
        (
            "management vs analysts on superchargers",
            {"Marta Quill", "Owen Achterberg", "Robert Grant", "George Galliers"},
        ),
    ],
)
async def test_sides_of_any_sort(question: str, people: set[str], library: Library) -> None:
    answer = await ask(library, question, today=TODAY, limit=20)
    assert answer.query.intent == "versus"
    assert {hit.quote.turn.person for hit in answer.hits} == people


async def test_two_titles_in_one_question_are_both_meant(library: Library) -> None:
    answer = await ask(library, "what did the ceo and cfo say about freight", today=TODAY, limit=20)
    assert answer.query.intent == "said"
    assert {hit.quote.turn.person for hit in answer.hits} == {"Tomas Vidal", "Ingrid Solheim"}
    assert understand(answer.query.restated, library.directory, today=TODAY).party == answer.query.party


async def test_two_firms_asking(library: Library) -> None:
    answer = await ask(library, "what did harbor & lane and kestrel point ask", today=TODAY, limit=20)
    assert {hit.quote.turn.person for hit in answer.hits} == {"Priya Raman", "George Galliers"}


async def test_two_companies_have_a_line_each(library: Library) -> None:
    answer = await ask(library, "northlake vs voltera on tariffs", today=TODAY)
    assert answer.query.intent == "compare"
    assert [line.split(" (")[0] for line in answer.body[:2]] == [
        "Northlake Foods, Inc.: 2 times in 2 calls",
        "Voltera Motors: 1 time in 2 calls",
    ]


def test_in_a_thread(library: Library) -> None:
    said = follow_up("who said topic:(freight)", "vidal vs solheim", library.directory, today=TODAY)
    assert said.question == 'versus topic:(freight) speaker:"Tomas Vidal and Ingrid Solheim"'


async def test_two_topics_are_counted_each(library: Library) -> None:
    answer = await ask(library, "tariffs vs freight", today=TODAY)
    assert answer.query.intent == "compare"
    assert answer.facts.words == {"freight": 6, "tariffs": 3}
    assert set(answer.body[:2]) == {"freight: 6 times", "tariffs: 3 times"}


async def test_three_with_a_comma(library: Library) -> None:
    answer = await ask(library, "what did vidal, solheim and raman say about freight", today=TODAY)
    assert answer.query.party is not None
    assert answer.query.party.said == "Tomas Vidal, Ingrid Solheim and Priya Raman"
    assert understand(answer.query.restated, library.directory, today=TODAY).party == answer.query.party
