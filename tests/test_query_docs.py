"""docs/query-language.md: every example is read as its table says, and those that are questions are answered."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.ask import ask
from bot.errors import QuestionError
from bot.library import Library
from bot.query import follow_up, understand
from tests.desk import samples, shelved
from tests.invented_calls import TODAY

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8")
READ = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|$", TEXT, re.MULTILINE)
FOLLOWED = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|$", TEXT, re.MULTILINE)
TOLD = re.findall(r"^\| `([^`]+)` \| ([^`|].+) \|$", TEXT, re.MULTILINE)


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(shelved(samples()))


def test_there_are_examples() -> None:
    assert len(READ) > 60
    assert len(FOLLOWED) > 6
    assert len(TOLD) > 6


@pytest.mark.parametrize(("typed", "restated"), READ)
async def test_an_example_is_read_as_the_table_says(typed: str, restated: str, library: Library) -> None:
    query = understand(typed, library.directory, today=TODAY)
    assert query.restated == restated
    assert understand(restated, library.directory, today=TODAY).restated == restated
    answer = await ask(library, typed, today=TODAY)
    assert answer.hits or answer.body or answer.notes


@pytest.mark.parametrize(("before", "said", "becomes"), FOLLOWED)
def test_a_follow_up_becomes_what_the_table_says(before: str, said: str, becomes: str, library: Library) -> None:
    restated = understand(before, library.directory, today=TODAY).restated
    assert follow_up(restated, said, library.directory, today=TODAY).question == becomes


@pytest.mark.parametrize(("typed", "sentence"), TOLD)
def test_a_sentence_is_the_one_the_table_shows(typed: str, sentence: str, library: Library) -> None:
    with pytest.raises(QuestionError) as caught:
        understand(typed, library.directory, today=TODAY)
    assert caught.value.sentence == sentence
