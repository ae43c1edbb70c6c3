"""A position that no table lists is known by the titles that the calls print."""

import pytest

from bot.ask import ask
from bot.directory import Directory
from bot.query import understand
from tests.desk import samples, shelved
from tests.invented_calls import TODAY

SAMPLES = Directory.of(samples())


@pytest.mark.parametrize(
    ("question", "said", "topic"),
    [
        ("what did the chief digital officer say about delivery", "the chief digital officer", "delivery"),
        ("chief merchandising officer on eggs", "the chief merchandising officer", "eggs"),
        ("delivery by the chief digital officer", "the chief digital officer", "delivery"),
    ],
)
def test_a_printed_title_is_somebodys(question: str, said: str, topic: str) -> None:
    query = understand(question, SAMPLES, today=TODAY)
    assert query.party is not None
    assert (query.party.said, query.topic.text) == (said, topic)
    assert understand(query.restated, SAMPLES, today=TODAY).restated == query.restated


@pytest.mark.parametrize("question", ["chief concern on eggs", "chief imaginary officer on eggs", "head office costs"])
def test_what_no_call_prints_is_words(question: str) -> None:
    assert understand(question, SAMPLES, today=TODAY).party is None


async def test_its_holder_speaks_and_calls_without_the_title_are_told() -> None:
    answer = await ask(await shelved(samples()), "what did the chief digital officer say about delivery", today=TODAY)
    assert {hit.quote.turn.title for hit in answer.hits} == {"Chief Digital Officer"}
    told = " ".join(note.text for note in answer.notes)
    assert "no printed title names the chief digital officer in Velmere" in told
    assert "Finch & Sorrel" not in told.split("ask by name there")[0]


@pytest.mark.parametrize(
    ("question", "house"),
    [
        ("Hartmann from Whitcombe", "A. B. Whitcombe & Co."),
        ("what did hartmann of whitcombe ask", "A. B. Whitcombe & Co."),
    ],
)
def test_a_person_is_narrowed_to_a_house_by_one_word_of_its_name_which_is_told(question: str, house: str) -> None:
    query = understand(question, SAMPLES, today=TODAY)
    assert query.party is not None
    assert query.party.firms == (house,)
    assert house in [reading.read_as for reading in query.readings]
