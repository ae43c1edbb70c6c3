"""One topic in several questions: it is read once, and what is told of its words points at where they stand."""

import asyncio
import datetime as dt
from collections.abc import Iterable

import pytest

from bot.library import Library
from bot.query import understand
from bot.query.reading import How
from bot.query.topic import Topic
from bot.search.finder import Finder
from bot.search.findings import Findings
from bot.search.marker import KEPT, Marker
from bot.search.spelling import Speller
from bot.search.wanted import Wanted
from bot.team import NOBODYS
from tests.desk import samples

TODAY = dt.date(2026, 11, 2)
WAYS = ("quote {}", "who asked about {}", "{}", "how often was {} mentioned", "what did velmere say about {}")
TOPICS = ("superchargrs", "capex", "gross margn", "tarifs and inventry", "margin or tarifs", "superchargrs 2026")


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(samples()))


class Counting(Speller):
    """A speller that counts how often it is asked."""

    asked = 0

    async def correct(self, words: Iterable[str]) -> dict[str, str]:
        """Correct words."""
        self.asked += 1
        return await super().correct(words)


def topic_of(question: str, library: Library) -> Topic:
    return understand(question, library.directory, today=TODAY).topic


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("way", WAYS)
async def test_a_reading_points_at_the_words_of_its_own_question(way: str, topic: str, library: Library) -> None:
    question = way.format(topic)
    alone = await library.find(topic_of(topic, library), Wanted())  # read where its words stand elsewhere
    found = await library.find(topic_of(question, library), Wanted())
    assert pointed(found, question) == pointed(alone, topic)
    corrected = [reading for reading in found.readings if reading.how is How.CORRECTED]
    assert corrected or topic == "capex"
    assert [question[reading.start : reading.end] for reading in corrected] == [one.typed for one in corrected]


def pointed(found: Findings, question: str) -> list[tuple[str, str]]:
    return [(reading.typed, question[reading.start : reading.end]) for reading in found.readings]


async def test_a_topic_is_read_once_wherever_it_stands(library: Library) -> None:
    speller = Counting(library.vocabulary, library.thesaurus)
    finder = Finder(library.engine, library.vocabulary, library.calls, library.thesaurus, speller)
    found = [await finder.find(topic_of(way.format("gross margn"), library), Wanted(), limit=9) for way in WAYS]
    assert speller.asked == 1
    assert len({tuple(found[0].matches), *(tuple(each.matches) for each in found)}) == 1
    await finder.find(topic_of("gross tarifs", library), Wanted(), limit=9)
    assert speller.asked == 2


async def test_what_is_kept_of_a_topic_goes_when_a_call_comes_or_leaves() -> None:
    """Texts of turns are kept with it: none may outlive its call."""
    first, *others = samples()
    library = await Library.of([first])
    for change in (library.add(others), library.remove([first.id])):
        found = await library.find(topic_of("margin", library), Wanted())
        assert [match.spans for match in found.matches]
        held = list(library._finder._sought.values())
        assert any(sought.marker._marked for sought in held)
        await change
        assert not library._finder._sought


async def test_where_a_text_holds_a_topic_is_the_same_the_second_time(library: Library) -> None:
    sought = await library._finder._read(topic_of("margn pressure", library), NOBODYS, verbatim=False)
    texts = [turn.text for call in library.calls.values() for turn in call.turns][: 3 * KEPT]
    fresh = [Marker(sought.meaning, sought.spans).mark(text) for text in texts]
    for _ in range(2):
        assert [sought.marker.mark(text) for text in texts] == fresh
        assert [sought.marker.why(text) for text in texts] == [why for why, _ in fresh]
