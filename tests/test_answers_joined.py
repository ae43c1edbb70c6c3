"""What `or` and `and` join is looked for, and counted, each by itself; small words stay in what is counted."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.answer import Answer
from bot.ask import ask
from bot.library import Library
from bot.query import understand
from bot.query.topic import EACH, EITHER
from bot.transcripts import load
from tests.invented_calls import CALLS, TODAY

CALLS_FOLDER = Path(__file__).parent.parent / "playground" / "calls"


@pytest.fixture(scope="module", name="samples")
def _samples() -> Library:
    return asyncio.run(Library.of(load((CALLS_FOLDER,)).calls))


def _places(answer: Answer) -> set[tuple[str, int]]:
    return {(hit.quote.call.id, hit.quote.turn.index) for hit in answer.hits}


async def _asked(library: Library, question: str) -> Answer:
    return await ask(library, question, today=TODAY, limit=100)


@pytest.mark.parametrize(
    ("topic", "either", "apart"),
    [
        ("tariffs", ["tariffs"], ["tariffs"]),
        ("gross margin or freight costs", ["gross margin", "freight costs"], ["gross margin", "freight costs"]),
        ("tariffs and freight", ["tariffs freight"], ["tariffs", "freight"]),
        ("margin, freight and tariffs", ["margin freight tariffs"], ["margin", "freight", "tariffs"]),
        ("margin, freight or the tariffs", ["margin", "freight", "tariffs"], ["margin", "freight", "tariffs"]),
        ("either tariffs or freight", ["tariffs", "freight"], ["tariffs", "freight"]),
        ("tariffs, freight", ["tariffs freight"], ["tariffs", "freight"]),
        ("margin & freight", ["margin freight"], ["margin", "freight"]),
        ("2 or 3 stores", ["2 3 stores"], ["2 3 stores"]),
        ("or freight", ["freight"], ["freight"]),
        ("25% margin", ["25% margin"], ["25% margin"]),  # no comma between
        ("margin  freight", ["margin freight"], ["margin freight"]),
        ("tariffs or freight (costs)", ["tariffs", "freight costs"], ["tariffs", "freight costs"]),
        ("freight or", ["freight"], ["freight"]),
    ],
)
def test_a_topic_is_cut_where_a_small_word_joins(
    samples: Library, topic: str, either: list[str], apart: list[str]
) -> None:
    query = understand(f"quote {topic}", samples.directory, today=TODAY)
    read = query.topic
    for joining, wanted in ((EITHER, either), (EACH, apart)):
        again = understand(query.restated, samples.directory, today=TODAY).topic
        for each in (read, again):
            sides = [[term for term in side if term in each.ranked] for side in each.sides(joining)]
            assert [" ".join(term.word for term in side) for side in sides] == wanted


@pytest.mark.parametrize("question", ["who asked about {}", "quote {}", "who said {}", "what did desmond say about {}"])
async def test_what_or_joins_is_found_as_either_alone(samples: Library, question: str) -> None:
    both = await _asked(samples, question.format("tariffs or freight"))
    alone = [await _asked(samples, question.format(topic)) for topic in ("tariffs", "freight")]
    either = _places(alone[0]) | _places(alone[1])
    assert _places(both) == either or (question == "quote {}" and _places(both) < either)  # that adds few answers
    assert "tariffs or freight" in both.query.understood


async def test_a_small_or_beside_a_phrase_is_an_operator(samples: Library) -> None:
    small, large = [await _asked(samples, f'quote "gross margin" {joined} "freight costs"') for joined in ("or", "OR")]
    assert _places(small) == _places(large) != set()
    assert small.query.topic.required == large.query.topic.required


async def test_each_side_of_or_must_be_held_whole(samples: Library) -> None:
    costs = _places(await _asked(samples, 'who said "automotive gross margin" OR "freight costs"'))
    found = await _asked(samples, "who said automotive gross margin or freight costs")
    assert costs <= _places(found)
    for hit in found.hits:
        text = hit.quote.turn.text.lower()
        assert ("automotive" in text and "margin" in text) or any(way in text for way in ("freight", "trucking"))


async def test_what_and_joins_is_shown_together_where_a_turn_holds_both(samples: Library) -> None:
    found = await _asked(samples, "quote margin and freight")
    assert found.hits
    assert not any("no turn searched holds all" in note.text for note in found.notes)
    assert _places(found) < _places(await _asked(samples, "quote margin or freight"))


async def test_what_and_joins_is_shown_each_where_no_turn_holds_both(samples: Library) -> None:
    found = await _asked(samples, "who asked about tariffs and freight")
    assert _places(found) == _places(await _asked(samples, "who asked about tariffs or freight"))
    told = "no turn searched says all of “tariffs and freight”: these say “tariffs” or “freight”"
    assert told in [note.text for note in found.notes]


async def test_what_only_one_side_of_and_is_about_is_told(samples: Library) -> None:
    found = await _asked(samples, "who asked about tariffs and zeppelins")
    assert _places(found) == _places(await _asked(samples, "who asked about tariffs"))
    assert any("says all of “tariffs and zeppelins”" in note.text for note in found.notes)
    nothing = await _asked(samples, "who asked about airships and zeppelins")
    assert not nothing.hits
    assert any(note.text.startswith("nothing found") for note in nothing.notes)


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("margin or freight", {"margin": 47, "freight": 14}),
        ("margin and freight", {"margin": 47, "freight": 14}),
        ("margen and freight", {"margin": 47, "freight": 14}),
        ("margin, freight and tariffs", {"margin": 47, "freight": 14, "tariffs": 14}),
        ("end of the year", {"end of the year": 5}),
        ("the cost", {"cost": 47}),
        ("1.36bn", {"1.36bn": 2}),
        ("1.36 billion", {"1.36 billion": 2}),
        ("$1.36B", {"1.36b": 2}),
        ("60bps", {"60bps": 4}),
        ('"1.36bn"', {}),
        ("supercharger network fee", {}),
    ],
)
async def test_what_is_counted(samples: Library, topic: str, words: dict[str, int]) -> None:
    counted = await _asked(samples, f"how often {topic}")
    assert counted.facts.words == words
    assert sum(counted.facts.counts.values()) == sum(words.values())
    compared = await _asked(samples, f"compare {topic}")
    assert compared.facts.words == words


async def test_small_words_are_counted_where_they_stand() -> None:
    call = next(call for call in CALLS if call.turns)
    turn = replace(
        call.turns[1], text="Cost of goods fell. The cost goods carry rose. Profit and loss. A return on capital."
    )
    library = await Library.of([replace(call, turns=(*call.turns[:1], turn, *call.turns[2:]))])
    for topic, number in (("cost of goods", 1), ("profit and loss", 1), ("return on capital", 1), ("cost goods", 1)):
        counted = await _asked(library, f"how often {topic}")
        assert counted.facts.words == {topic: number}


async def test_the_rule_says_what_was_counted(samples: Library) -> None:
    rules = [
        next(note.text for note in (await _asked(samples, f"how often {topic}")).notes if "counted:" in note.text)
        for topic in ("margin and freight", "1.36bn", "margin or freight", "1.36bn or 60bps")
    ]
    assert "also written 1.36 billion, 1.36b, 60 basis points, 60bp" in rules[3]
    assert rules[0].startswith(
        "“margin and freight” is never said as a phrase, so each word is counted: “margin” or “freight”"
    )
    assert "also written 1.36 billion, 1.36b" in rules[1]
    assert rules[2].startswith("counted: “margin” or “freight” as a whole word")


async def test_both_sides_of_versus_count_the_same(samples: Library) -> None:
    for topic in ("margin or freight", "margin and freight", "margen and freight"):
        answer = await _asked(samples, f"renata vs josephine on {topic}")
        assert answer.headline.startswith("Renata Osei-Thornton ")
        assert answer.facts.words.keys() == {"margin", "freight"}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("first mention of tariffs or freight", "Annika Rothwell"),
        ("first mention of tariffs and freight", "Annika Rothwell"),
        ("first mention of cocoa and freight", "Rafael Iñarra"),
        ("first mention of 1.36bn", "Josephine Tamarack"),
        ("last mention of 1.36 billion", "Renata Osei-Thornton"),
    ],
)
async def test_the_first_mention_of_either(samples: Library, question: str, first: str) -> None:
    answer = await _asked(samples, question)
    assert f", by {first}" in answer.headline
    assert answer.hits[0].quote.turn.person == first


async def test_the_last_question_about_either(samples: Library) -> None:
    either = await _asked(samples, "last question about tariffs or freight")
    assert _places(either) == _places(await _asked(samples, "last question about tariffs and freight"))
    assert len(either.hits) == 6


@pytest.mark.parametrize(
    "topic", ["margen OR freight", "(margen AND freight)", "margen NEAR/5 gross", "margen AND freight"]
)
async def test_a_misspelt_word_between_operators_is_corrected_and_told(samples: Library, topic: str) -> None:
    found = await _asked(samples, f"quote {topic}")
    right = await _asked(samples, f"quote {topic.replace('margen', 'margin')}")
    assert _places(found) == _places(right) != set()
    assert "read as: margin (typed: margen)" in [note.text for note in found.notes]


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("cobble creek zeppelins", ["zeppelins"]),
        ("cobble creek closing date", ["date"]),
        ("who said cobble creek zeppelins", ["zeppelins"]),
        ("cobble creek", []),
        ("gross margin", []),
        ("cobble creek or zeppelins", []),  # either is enough
        ("how often margin, freight and tariffs", []),  # each is counted
        ("cobble creek synergies", []),
        ("cobble creek outlook", []),  # what it lacks is told as such
    ],
)
async def test_what_no_turn_shown_says_is_told(samples: Library, question: str, lacking: list[str]) -> None:
    answer = await ask(samples, question, today=TODAY, limit=3)
    assert answer.hits
    told = [f"no turn shown says ‹{words}›; each says other words of the topic" for words in lacking]
    assert [note.text for note in answer.notes if note.text.startswith("no turn shown")] == told


async def test_of_and_each_side_counts_with_all_its_words(samples: Library) -> None:
    found = await _asked(samples, "who asked about superchargers and battery supply")
    assert _places(found) == _places(await _asked(samples, "who asked about superchargers or battery supply"))
    assert any("no turn searched says all of “superchargers and battery supply”" in note.text for note in found.notes)
