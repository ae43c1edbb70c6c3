"""What was put to somebody: the questions that they answered, not those that others did."""

import asyncio

import pytest

from bot.answers.answer import Relation
from bot.ask import ask
from bot.library import Library
from bot.query import follow_up
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


async def asked(library: Library, question: str) -> tuple[str, list[str]]:
    """Return the first line and the questions shown."""
    answer = await ask(library, question, today=TODAY, limit=20)
    return answer.headline, [hit.quote.text for hit in answer.hits]


@pytest.mark.parametrize(
    ("question", "headline", "shown"),
    [
        (
            "what did harbor & lane ask the cfo",
            "1 analyst, 1 question answered by the CFO",
            ["Good morning. On freight costs, how much of the decline is structural?"],
        ),
        (
            "what did priya ask vidal about",
            "1 analyst, 1 question answered by Tomas Vidal",
            ["And do they reset next year?"],
        ),
        (
            "what was marta asked about battery supply",
            "1 analyst, 1 question answered by Marta Quill",
            ["Any update on battery supply?"],
        ),
        ("who asked ingrid about cold storage", "no question answered by Ingrid Solheim found", []),
        (
            'questions answered by asker:"Harbor & Lane" -title:"CFO"',
            "1 analyst, 1 question answered, not by the CFO",
            ["And do they reset next year?"],
        ),
    ],
)
async def test_only_questions_that_they_answered_are_shown(
    library: Library, question: str, headline: str, shown: list[str]
) -> None:
    told, questions = await asked(library, question)
    assert told.startswith(headline)
    assert questions == shown


async def test_each_question_stands_with_its_answers_and_its_asker_is_counted(library: Library) -> None:
    answer = await ask(library, "questions to the cfo about freight", today=TODAY)
    assert {(each.name, each.questions) for each in answer.facts.askers} == {("Priya Raman", 1), ("John Okafor", 1)}
    beside = {(each.of, each.relation, each.quote.turn.speaker) for each in answer.context}
    assert beside == {(0, Relation.ANSWER, "Ingrid Solheim"), (1, Relation.ANSWER, "Ingrid Solheim")}


async def test_no_answer_of_theirs_is_told_with_what_was_searched(library: Library) -> None:
    answer = await ask(library, "what did galliers ask the ceo about tariffs", today=TODAY)
    assert not answer.hits
    assert any("in questions of George Galliers answered by the CEO" in note.text for note in answer.notes)


@pytest.mark.parametrize(
    ("said", "reads"),
    [
        ("and vidal?", 'questions answered by speaker:"Tomas Vidal" asker:"Harbor & Lane"'),
        ("and galliers?", 'questions answered by title:"CFO" asker:"George Galliers"'),
        ("what did she answer", 'answer title:"CFO" asker:"Harbor & Lane"'),
        ("on freight", 'questions answered by topic:(freight) title:"CFO" asker:"Harbor & Lane"'),
    ],
)
def test_a_follow_up_changes_one_side_alone(library: Library, said: str, reads: str) -> None:
    before = 'questions answered by title:"CFO" asker:"Harbor & Lane"'
    assert follow_up(before, said, library.directory, today=TODAY).question == reads
