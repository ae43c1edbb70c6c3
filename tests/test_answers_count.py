"""Counting by a rule that is told: whole words, case and accents aside, by call and by speaker."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.answers.tally import Run, plain
from bot.ask import ask
from bot.library import Library
from tests.desk import samples, shelved
from tests.invented_calls import CALLS, TODAY


@pytest.fixture(scope="module", name="library")
def _library() -> Library:
    return asyncio.run(Library.of(CALLS))


@pytest.mark.parametrize(
    ("text", "run", "number"),
    [
        ("Freight, freight and FREIGHT.", ("freight",), 3),
        ("Freights and unfreight and freight-free.", ("freight",), 1),
        ("Cold storage; cold-storage; cold  storage; colder storage", ("cold", "storage"), 3),
        ("Nestlé and NESTLE", ("nestle",), 2),
        ("We bought 2,500 of 2500 units, not 12,500 or 25001.", ("2500",), 2),
        ("margin margin margin", ("margin", "margin"), 2),
        ("", ("freight",), 0),
        ("R&D and r & d", ("r", "d"), 2),
    ],
)
def test_whole_words_are_counted(text: str, run: tuple[str, ...], number: int) -> None:
    assert Run.of(run).times(plain(text)) == number


async def test_figures_are_given_by_call_and_speaker(library: Library) -> None:
    answer = await ask(library, "how often was freight mentioned", today=TODAY)
    assert answer.facts.counts == {
        "voltera-2026-q3": 0,
        "northlake-2026-q2": 3,
        "voltera-2026-q2": 0,
        "northlake-2026-q1": 3,
    }
    assert answer.facts.by_speaker["Ingrid Solheim"] == 3
    assert answer.facts.words == {"freight": 6}
    assert any("whole word" in note.text for note in answer.notes)


async def test_a_misspelt_word_is_counted_as_meant_and_told(library: Library) -> None:
    answer = await ask(library, "how often was frieght mentioned at northlake", today=TODAY)
    assert sum(answer.facts.counts.values()) == 6
    assert set(answer.facts.counts) == {"northlake-2026-q2", "northlake-2026-q1"}
    assert any("frieght" in note.text for note in answer.notes)


async def test_two_words_are_counted_as_one_phrase(library: Library) -> None:
    answer = await ask(library, "how often was gross margin mentioned", today=TODAY)
    assert answer.facts.words == {"gross margin": 5}
    quoted = [hit.quote.text for hit in answer.hits]
    assert all("gross margin" in text.lower() for text in quoted)


async def test_a_word_cut_short_beside_another_is_of_their_phrase(library: Library) -> None:
    plain = await ask(library, "count cold storage", today=TODAY)
    starred = await ask(library, "count cold* storage", today=TODAY)
    assert starred.facts.words == plain.facts.words


async def test_the_company_that_said_it_most_leads(library: Library) -> None:
    answer = await ask(library, "which company talked most about tariffs", today=TODAY)
    assert "Northlake" in answer.headline
    assert "2 times" in answer.headline


async def test_the_first_mention_is_the_earliest_call(library: Library) -> None:
    answer = await ask(library, "which call first mentioned freight", today=TODAY)
    assert answer.facts.first is not None
    assert answer.facts.first.call.id == "northlake-2026-q1"
    assert answer.hits[0].quote.call.id == "northlake-2026-q1"
    assert any("loaded call" in note.text for note in answer.notes)


async def test_the_last_mention_is_the_newest_turn(library: Library) -> None:
    answer = await ask(library, "last mention of freight", today=TODAY)
    assert answer.headline.startswith("last in Northlake Foods, Inc. Q2 2026, by Ingrid Solheim")
    places = [
        (hit.quote.call.id, hit.quote.turn.index) for hit in answer.hits[: answer.facts.counts["northlake-2026-q2"]]
    ]
    assert {name for name, _ in places} == {"northlake-2026-q2"}
    assert places == sorted(places, reverse=True)
    assert answer.facts.first is None
    assert any(note.text.startswith("last means last in the 4 loaded calls") for note in answer.notes)


async def test_each_call_leads_with_its_best_turn(library: Library) -> None:
    answer = await ask(library, "compare freight", today=TODAY)
    assert {hit.quote.call.id for hit in answer.hits[:2]} == {"northlake-2026-q1", "northlake-2026-q2"}
    assert any("per 1,000 words" in line for line in answer.body)


async def test_most_names_the_speakers_beside_the_companies(library: Library) -> None:
    answer = await ask(library, "who talks the most about freight", today=TODAY)
    line = answer.body[-1]
    assert line.startswith("By speaker: ")
    named = dict(each.rsplit(" ", 1) for each in line.removeprefix("By speaker: ").split(" · "))
    assert {name: int(number) for name, number in named.items()} == dict(list(answer.facts.by_speaker.items())[:5])


async def test_a_side_that_nobody_said_is_counted_too(library: Library) -> None:
    answer = await ask(library, "freight vs fright", today=TODAY)
    assert answer.body[0].startswith("freight: ")
    assert answer.body[1] == "fright: 0 times"


@pytest.mark.parametrize(("typed", "shown"), [("1.36bn", "1.36bn"), ("same-store sales", "same-store sales")])
async def test_what_is_counted_is_told_as_typed(typed: str, shown: str) -> None:
    answer = await ask(await shelved(samples()), f"how often {typed}", today=TODAY)
    assert answer.total > 0
    assert any(note.text.startswith(f"counted: “{shown}” ") for note in answer.notes)


async def test_of_a_position_that_nobody_is_known_to_hold_nothing_is_counted() -> None:
    turns = tuple(replace(turn, title=None) for turn in CALLS[0].turns)
    bare = replace(CALLS[0], id="bare", company="Larch", ticker="LRCH", participants=(), turns=turns)
    library = await Library.of((bare, *CALLS[2:]))
    answer = await ask(library, "how often did the larch treasurer mention freight", today=TODAY)
    assert answer.headline.startswith("nothing counted: who holds that position is not known here")


async def test_a_call_without_a_date_is_placed_behind_its_quarter_and_that_is_told() -> None:
    undated = replace(CALLS[0], date=None, year=2026, quarter=1, id="undated")
    dated = replace(CALLS[0], date=dt.date(2026, 4, 14), id="dated", year=2025, quarter=4)
    first = await ask(await Library.of([undated, dated]), "which call first mentioned freight", today=TODAY)
    assert first.hits[0].quote.call.id == "dated"
    assert not any("no date is known" in note.text for note in first.notes)
    later = replace(dated, date=dt.date(2026, 8, 4))
    other = await ask(await Library.of([undated, later]), "which call first mentioned freight", today=TODAY)
    assert other.hits[0].quote.call.id == "undated"
    assert any("no date is known for" in note.text and "second month after" in note.text for note in other.notes)
