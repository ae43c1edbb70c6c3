"""What is asked of a subject need not be said beside it: is demand slowing, are margins sustainable."""

import datetime as dt

import pytest

from bot.answers.answer import About
from bot.ask import ask
from bot.library import Library
from tests.desk import samples, shelved

TODAY = dt.date(2026, 11, 2)


@pytest.fixture(name="library")
async def _library() -> Library:
    return await shelved(samples())


@pytest.mark.parametrize(
    ("question", "lacking", "subject"),
    [
        ("are margins sustainable", "sustainable", "margins"),
        ("is pricing sticking", "sticking", "pricing"),
        ("how is demand holding up", "holding", "demand"),
        ("how's demand shaping up", "shaping", "demand"),
        ("is churn getting worse", "worse", "churn"),
        ("how are the batteries selling", "selling", "batteries"),
        ("is the dividend safe", "safe", "dividend"),
        ("is inflation easing", "easing", "inflation"),
        ("which markets are weak", "weak", "markets"),
        ("can they keep cutting costs", "keep", "cutting costs"),
        ("is capacity growing", "growing", "capacity"),
        ("is demand slowing", "slowing", "demand"),  # both are one concept of the thesaurus
        ("is guidance conservative", "conservative", "guidance"),  # which is itself only a side of a subject elsewhere
    ],
)
async def test_the_subject_is_shown_and_what_no_turn_says_of_it_is_told(
    library: Library, question: str, lacking: str, subject: str
) -> None:
    answer = await ask(library, question, today=TODAY)
    assert answer.hits
    told = [note.text for note in answer.notes if note.about is About.CAUTION]
    assert f"no turn searched says ‹{lacking}› as well: these say “{subject}”" in told
    asked = [choice.question for choice in answer.next_questions if "about" in choice.question]
    assert asked[0] in {f"who asked about {subject}", f"who asked about topic:({subject})"}


@pytest.mark.parametrize("question", ["are stores profitable", "is the outlook better"])
async def test_who_says_it_of_the_subject_comes_first(library: Library, question: str) -> None:
    answer = await ask(library, question, today=TODAY)
    assert answer.total > 0
    assert not any("as well" in note.text for note in answer.notes)


@pytest.mark.parametrize("question", ["is zirconium slowing", "how is the hydrofoil holding up", "are they risky"])
async def test_of_what_nobody_speaks_nothing_is_shown(library: Library, question: str) -> None:
    assert (await ask(library, question, today=TODAY)).total == 0


@pytest.mark.parametrize(
    "question",
    [
        "did they mention soft margins",
        "who asked about worst dividend",
        "bad superchargers",
        "who mentioned strong inflation",
    ],
)
async def test_right_before_another_word_it_is_part_of_a_name(library: Library, question: str) -> None:
    """`soft landing` and `bad debt` are no landings and no debt."""
    answer = await ask(library, question, today=TODAY)
    assert not any("as well" in note.text for note in answer.notes)


@pytest.mark.parametrize("question", ["is demand strong", "how is pricing holding up", "is churn rising"])
async def test_who_says_it_of_something_else_is_not_shown(library: Library, question: str) -> None:
    """Beside the turns that say both stand those that speak of the subject, and none that only says the other word."""
    answer = await ask(library, question, today=TODAY, limit=10)
    subject = question.split()[-2 if "up" not in question else -3]
    alone = await ask(library, subject, today=TODAY, limit=500)
    found = {(hit.quote.call.id, hit.quote.turn.index) for hit in alone.hits}
    shown = {(hit.quote.call.id, hit.quote.turn.index) for hit in answer.hits}
    assert shown
    assert shown <= found


@pytest.mark.parametrize("what", ["happened to margins", "happened with margins", "is happening with margins"])
async def test_what_happened_is_how_a_question_is_put(library: Library, what: str) -> None:
    plain, found = await ask(library, "margins", today=TODAY), await ask(library, f"what {what}", today=TODAY)
    assert found.total == plain.total


@pytest.mark.parametrize(
    ("question", "topic", "next_asked"),
    [
        ("will tariffs hurt margins", "will tariffs hurt margins", "who asked about tariffs hurt margins"),
        ("how confident are they in guidance", "guidance", "who asked about guidance"),
        ("how worried is management about tariffs", "tariffs", "who asked about tariffs"),
        ("how long will the recall take", "recall take", "who asked about topic:(recall take)"),
    ],
)
async def test_what_to_ask_next_begins_with_the_subject(
    library: Library, question: str, topic: str, next_asked: str
) -> None:
    answer = await ask(library, question, today=TODAY)
    assert answer.query.topic.text == topic
    assert next_asked in [choice.question for choice in answer.next_questions]
