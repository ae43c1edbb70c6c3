"""Phrases held as one word: found where their words stand in a row, and nowhere else."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st

from bot.kind import Kind
from bot.library import Library
from bot.query.topic import Phrase, Term
from bot.search.collocations import NONE, Collocations, as_word
from bot.search.engine import Clause, Concept, Engine, Plan
from bot.search.engines.embedded import Embedded
from bot.search.lexicon import Lexicon
from bot.search.stems import stem
from bot.search.thesaurus import Group, Thesaurus
from bot.search.words import keys
from tests.desk import samples
from tests.sampling import sampled
from tests.test_search_engines import CEO, call, turn

ROOTS = ("margin", "gross", "the", "of", "net", "interest")
PHRASES = ("gross margin", "net interest margin", "interest margin", "the margin", "cost of goods", "gross")
HELD = Collocations(PHRASES)


def within(words: list[str], held: Collocations = HELD) -> list[slice]:
    lexicon = Lexicon(held)
    return lexicon.phrases(lexicon.numbers([" ".join(words)]))


def said(text: str) -> list[str]:
    words = keys(text)
    return [as_word(words[each]) for each in within(words)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Gross margin rose; gross margins will rise.", ["gross_margin", "gross_margins"]),
        ("Our net interest margin", ["net_interest_margin", "interest_margin"]),
        ("The margin", ["the_margin"]),
        ("the cost of goods, the costs of goods", ["cost_of_goods", "costs_of_goods"]),
        ("interest margin", ["interest_margin"]),
        ("of goods", []),  # an anchor within a phrase, at the very start
        ("net interest", []),
        ("a gross", []),  # one word is no phrase
        ("gross profit margin", []),
        ("", []),
    ],
)
def test_phrases_of_a_text(text: str, phrases: list[str]) -> None:
    assert sorted(said(text)) == sorted(phrases)


@sampled(20, 100, st.lists(st.sampled_from((*ROOTS, "cost", "good")), max_size=30))
def test_every_place_and_no_other(roots: list[str]) -> None:
    wanted = [tuple(stem(key) for key in keys(phrase)) for phrase in PHRASES if " " in phrase]
    expected = [
        (at, at + len(phrase))
        for phrase in wanted
        for at in range(len(roots))
        if tuple(roots[at : at + len(phrase)]) == phrase
    ]
    assert sorted((each.start, each.stop) for each in within(roots)) == sorted(expected)


def test_a_phrase_stands_within_one_text() -> None:
    lexicon = Lexicon(HELD)
    assert not lexicon.phrases(lexicon.numbers(["gross", "margin", "net interest", "margin of"]))


def test_without_phrases_none_is_found() -> None:
    assert not within(["gross", "margin"], NONE)


def test_the_digest_tells_phrases_apart() -> None:
    assert Collocations(reversed(PHRASES)).digest == HELD.digest
    assert len({HELD.digest, NONE.digest, Collocations(PHRASES[1:]).digest}) == 3


def plan(phrase: str, *, exact: bool) -> Plan:
    node = Phrase(tuple(keys(phrase)), 0, 0) if exact else Term(phrase, 0, len(phrase))
    return Plan(concepts=(Concept((Clause(node),)),), limit=500)


EVERY = pytest.mark.parametrize("each", [4, pytest.param(1, marks=pytest.mark.thorough)])


@pytest.fixture(scope="module", name="engines")
def _engines() -> tuple[Engine, Engine]:
    """Give two engines of the sample calls, with phrases and without; no test changes them."""

    async def made() -> tuple[Engine, Engine]:
        return await Embedded.of(samples(), collocations=Thesaurus.shipped().collocations), await Embedded.of(samples())

    return asyncio.run(made())


def phrases_of(thesaurus: Thesaurus) -> list[str]:
    groups = thesaurus.groups
    return sorted({text for group in groups for text in (*group.same, *group.also) if len(keys(text)) > 1})


async def scores(engine: Engine, asked: Plan) -> dict[tuple[str, int], float]:
    return {hit[:2]: hit.score for hit in await engine.find(asked)}


@EVERY
async def test_engines_find_a_phrase_alike_with_and_without(engines: tuple[Engine, Engine], each: int) -> None:
    held, bare = engines
    assert held.vocabulary() == bare.vocabulary()
    met = 0
    for phrase in phrases_of(Thesaurus.shipped())[::each]:
        for exact in (True, False):
            asked = plan(phrase, exact=exact)
            ours, theirs = await scores(held, asked), await scores(bare, asked)
            assert ours.keys() == theirs.keys(), phrase
            for place, score in ours.items():
                assert score == pytest.approx(theirs[place], rel=0.1), phrase
            met += len(ours)
    assert met > (200 if each == 1 else 25)


@EVERY
async def test_words_and_what_is_typed_in_quotes_are_ranked_as_without(
    engines: tuple[Engine, Engine], each: int
) -> None:
    held, bare = engines
    typed = [Phrase(tuple(keys(phrase)), 0, 0) for phrase in phrases_of(Thesaurus.shipped())[::each]]
    asked = [Plan(must=(Clause(node),)) for node in typed] + [Plan(never=(Clause(node),)) for node in typed[:20]]
    words = [Term(word, 0, len(word)) for word in ("margin", "tariffs", "sales", "growth")]
    asked += [Plan(concepts=(Concept((Clause(word, exact=exact),)),)) for word in words for exact in (True, False)]
    for one in asked:
        assert await scores(held, one) == pytest.approx(await scores(bare, one), rel=0.1)


@EVERY
async def test_a_phrase_weighs_as_much_once_other_calls_were_removed(each: int) -> None:
    """tantivy counts what was removed until its segment goes; with another number the rarity was below nought."""
    often = 6 if each == 1 else 3
    copies = [replace(call, id=f"{call.id}-{copy}") for copy in range(often) for call in samples()]
    thesaurus = Thesaurus.shipped()
    held, bare = await Embedded.of(copies, collocations=thesaurus.collocations), await Embedded.of(copies)
    for engine in (held, bare):
        await engine.remove([call.id for call in copies[1:]])
    met = 0
    for phrase in phrases_of(thesaurus)[::each]:
        asked = plan(phrase, exact=True)
        ours, theirs = await scores(held, asked), await scores(bare, asked)
        assert ours.keys() == theirs.keys()
        for place, score in ours.items():
            assert score == pytest.approx(theirs[place], rel=0.1), phrase
        met += len(ours)
    assert met > 10 / each


async def test_other_phrases_are_indexed_by_the_next_start(tmp_path: Path) -> None:
    calls = [call("hrw", (turn(0, Kind.EXECUTIVE, CEO, "The till roll is short."),))]
    till = Thesaurus((Group("till", ("register", "till roll")),))
    for thesaurus in (Thesaurus.shipped(), till, till):
        library = await Library.of(calls, index=tmp_path, thesaurus=thesaurus)
        (hit,) = await library.engine.find(plan("till roll", exact=True))
        assert hit[:2] == ("hrw", 0)


async def test_what_came_and_went_again_is_found_no_more() -> None:
    first = call("hrw", (turn(0, Kind.EXECUTIVE, CEO, "Gross margin rose."),))
    engine = await Embedded.of([first], collocations=HELD)
    await engine.add([replace(first, id="oth")])
    assert len(await engine.find(plan("gross margin", exact=True))) == 2
    await engine.remove(["hrw", "oth"])
    assert not await engine.find(plan("gross margin", exact=True))
