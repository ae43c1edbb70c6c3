"""The contract of the port: every engine, and the plain one beside them, finds the same turns."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from itertools import product

import pytest

from bot.attribution import Attribution
from bot.call import Call
from bot.exchange import Exchange
from bot.kind import Kind
from bot.query.topic import AllOf, AnyOf, Near, Phrase, Term
from bot.search import engines
from bot.search.engine import Clause, Concept, Engine, Plan
from bot.search.hits import Hits
from bot.search.wanted import Wanted
from bot.section import Section
from bot.turn import Turn
from tests import plain_engine

Build = Callable[[Iterable[Call]], Awaitable[Engine]]
FOUND: dict[str, Build] = {
    module.name: importlib.import_module(f"bot.search.engines.{module.name}").build
    for module in pkgutil.iter_modules(engines.__path__)
    if not module.name.startswith("_")  # an engine's tools
}
EVERY: dict[str, Build] = {"plain": plain_engine.build, **FOUND}

ANA, BEN, CEO = "Ana Lind", "Ben Okoro", "Ada Stone"


def turn(
    index: int,
    kind: Kind,
    person: str | None,
    text: str,
    *,
    firm: str | None = None,
    section: Section = Section.QA,
    exchange: int | None = None,
) -> Turn:
    title = "Chief Executive Officer" if person == CEO else None
    return Turn(
        index,
        index + 1,
        None,
        f"line {index + 1}",
        section,
        person,
        person,
        kind,
        firm,
        title,
        Attribution.LABELLED,
        text,
        exchange,
    )


def call(id_: str, turns: tuple[Turn, ...], exchanges: tuple[Exchange, ...] = ()) -> Call:
    return Call(id_, "Harrow Motors", "HRW", 2025, 1, None, None, {}, (), turns, exchanges, ())


LONG = " ".join(f"Sentence number {number} of a long remark speaks of nothing in particular." for number in range(60))

HARROW = call(
    "hrw",
    (
        turn(0, Kind.OPERATOR, "Operator", "Welcome to the margin call.", section=Section.PREPARED),
        turn(
            1,
            Kind.EXECUTIVE,
            CEO,
            f"Orders rose. {LONG} Our batteries are cheap now. {LONG} Steel is dear.",
            section=Section.PREPARED,
        ),
        turn(
            2,
            Kind.ANALYST,
            ANA,
            "What about gross margins, and the e-commerce business?",
            firm="Marlow & Finch",
            exchange=0,
        ),
        turn(
            3,
            Kind.EXECUTIVE,
            CEO,
            "The gross margin was 2,500 basis points of sales; Nestlé-like. We sell ecommerce.",
            exchange=0,
        ),
        turn(
            4,
            Kind.ANALYST,
            BEN,
            "Do you expect margins that are marginal in the lean inventory year?",
            firm="marlow & finch",
            exchange=1,
        ),
        turn(5, Kind.EXECUTIVE, CEO, "Inventory is lean. Margins of the R&D unit stand at 3.5 percent.", exchange=1),
        turn(6, Kind.UNKNOWN, None, "Chargers, charging and the charged."),
        turn(7, Kind.UNKNOWN, None, "The US grew 12%, and its IT."),
        turn(8, Kind.UNKNOWN, None, "It suits us."),
    ),
    (Exchange(0, ANA, "Marlow & Finch", (2,), (3,)), Exchange(1, BEN, "Marlow & Finch", (4,), (5,))),
)
OTHER = call("oth", (turn(0, Kind.EXECUTIVE, "Joan Bell", "Margin, margin, margin.", section=Section.PREPARED),))


def term(word: str, *, prefix: bool = False) -> Term:
    return Term(word, 0, len(word), prefix)


def phrase(text: str) -> Phrase:
    return Phrase(tuple(text.split()), 0, 0)


def about(*nodes: Term | Phrase, least: int = 1) -> Plan:
    return Plan(tuple(Concept((Clause(node),)) for node in nodes), least)


def must(*nodes: Term | Phrase | Near | AllOf | AnyOf, exact: bool = False) -> Plan:
    return Plan(must=tuple(Clause(node, exact=exact) for node in nodes))


PLANS: list[tuple[str, Plan, set[tuple[str, int]]]] = [
    ("a stem finds all its forms", about(term("batteries")), {("hrw", 1)}),
    ("of either case", about(term("STEEL")), {("hrw", 1)}),
    ("any of the words", about(term("steel"), term("chargers")), {("hrw", 1), ("hrw", 6)}),
    (
        "at least two of the words",
        about(term("lean"), term("inventory"), term("steel"), least=2),
        {("hrw", 4), ("hrw", 5)},
    ),
    ("a word of a stem, exactly", must(term("marginal"), exact=True), {("hrw", 4)}),
    ("its stem", must(term("marginal")), {("hrw", 0), ("hrw", 2), ("hrw", 3), ("hrw", 4), ("hrw", 5), ("oth", 0)}),
    ("a phrase, word for word", must(phrase("gross margin")), {("hrw", 3)}),
    ("a phrase in its order", must(phrase("margin gross")), set()),
    ("two words side by side, stemmed", must(term("gross margin")), {("hrw", 2), ("hrw", 3)}),
    ("a phrase of one word", must(phrase("inventory")), {("hrw", 4), ("hrw", 5)}),
    ("a prefix", must(term("charg", prefix=True)), {("hrw", 6)}),
    ("a number with its comma", must(term("2,500")), {("hrw", 3)}),
    ("a number without", must(term("2500")), {("hrw", 3)}),
    ("a decimal", must(term("3.5")), {("hrw", 5)}),
    ("not its halves", must(phrase("3 5")), set()),
    ("a name in capitals", must(phrase("US")), {("hrw", 7)}),
    ("and its word", must(phrase("us")), {("hrw", 8)}),
    ("another", must(phrase("IT")), {("hrw", 7)}),
    ("near a name", must(Near(phrase("US"), term("grew"), 3)), {("hrw", 7)}),
    ("a percentage", must(term("12%")), {("hrw", 7)}),
    ("in words", must(term("3.5%")), {("hrw", 5)}),
    ("the sign and its word", must(term("percent")), {("hrw", 5), ("hrw", 7)}),
    ("the sign by itself", must(phrase("%")), {("hrw", 5), ("hrw", 7)}),
    ("what it begins with", must(term("perce", prefix=True)), {("hrw", 5), ("hrw", 7)}),
    ("an accent left out", must(term("nestle")), {("hrw", 3)}),
    ("an accent typed", must(term("Nestlé")), {("hrw", 3)}),
    ("a hyphen left out", must(term("ecommerce")), {("hrw", 2), ("hrw", 3)}),
    ("a hyphen typed", must(term("e-commerce")), {("hrw", 2), ("hrw", 3)}),
    ("letters and a sign", must(term("R&D")), {("hrw", 5)}),
    ("near, in either order", must(Near(term("inventory"), term("lean"), 3)), {("hrw", 4), ("hrw", 5)}),
    ("too far", must(Near(term("steel"), term("orders"), 50)), set()),
    ("all of", must(AllOf((term("lean"), term("year")))), {("hrw", 4)}),
    ("any of", must(AnyOf((term("chargers"), phrase("lean inventory")))), {("hrw", 4), ("hrw", 6)}),
    (
        "not",
        Plan((Concept((Clause(term("margin")),)),), never=(Clause(term("gross")),)),
        {("hrw", 0), ("hrw", 4), ("hrw", 5), ("oth", 0)},
    ),
    ("nothing of the kind", about(term("superchargers")), set()),
    ("signs alone", about(term("?!")), set()),
]

MARGIN = about(term("margin"))
FILTERS: list[tuple[Wanted, set[tuple[str, int]]]] = [
    (Wanted(calls=("oth",)), {("oth", 0)}),
    (Wanted(calls=()), set()),
    (Wanted(kinds=(Kind.ANALYST, Kind.OPERATOR)), {("hrw", 0), ("hrw", 2), ("hrw", 4)}),
    (Wanted(kinds=(Kind.ANALYST, Kind.HOST)), {("hrw", 2), ("hrw", 4)}),
    (Wanted(kinds=(Kind.UNKNOWN, Kind.EXECUTIVE)), {("hrw", 3), ("hrw", 5), ("oth", 0)}),
    (Wanted(kinds=(Kind.UNKNOWN, Kind.EXECUTIVE), sections=(Section.QA,)), {("hrw", 3), ("hrw", 5)}),
    (Wanted(persons=("ada  stone",)), {("hrw", 3), ("hrw", 5)}),
    (Wanted(firms=("Marlow & Finch",)), {("hrw", 2), ("hrw", 4)}),
    (Wanted(titles=("Chief Executive Officer",)), {("hrw", 3), ("hrw", 5)}),
    (Wanted(sections=(Section.PREPARED,)), {("hrw", 0), ("oth", 0)}),
    (Wanted(questions=True), {("hrw", 2), ("hrw", 4)}),
    (Wanted(questions=False), {("hrw", 3), ("hrw", 5)}),
    (Wanted(exchanges=(("hrw", 1),)), {("hrw", 4), ("hrw", 5)}),
    (Wanted(exchanges=()), set()),
    (Wanted(kinds=(Kind.EXECUTIVE,), questions=False, exchanges=(("hrw", 0),)), {("hrw", 3)}),
    (Wanted(), {("hrw", 0), ("hrw", 2), ("hrw", 3), ("hrw", 4), ("hrw", 5), ("oth", 0)}),
]


@pytest.fixture(params=list(EVERY))
async def engine(request: pytest.FixtureRequest) -> Engine:
    return await EVERY[request.param]([HARROW, OTHER])


async def places(engine: Engine, plan: Plan) -> set[tuple[str, int]]:
    return {(hit.call, hit.turn) for hit in await engine.find(plan)}


def test_engines_are_found_by_walking() -> None:
    assert "embedded" in FOUND


@pytest.mark.parametrize(("what", "plan", "expected"), PLANS, ids=[what for what, _, _ in PLANS])
async def test_what_is_found(engine: Engine, what: str, plan: Plan, expected: set[tuple[str, int]]) -> None:
    assert await places(engine, plan) == expected
    assert await engine.count(plan) == len(expected)
    told = Hits.of(await engine.find(replace(plan, limit=1, counted=True))).total
    assert told in {None, len(expected)}  # None: it is yet to be counted


@pytest.mark.parametrize(("wanted", "expected"), FILTERS)
async def test_filters(engine: Engine, wanted: Wanted, expected: set[tuple[str, int]]) -> None:
    assert await places(engine, replace(MARGIN, wanted=wanted)) == expected


async def test_values_that_differ_by_a_sign_are_told_apart(engine: Engine) -> None:
    speakers = {"two words": "Ann Lee", "two%20words": "Ann%20Lee", "two\nwords": "Ann=Lee", "two/1": "call=hrw"}
    calls = [call(id_, (turn(0, Kind.ANALYST, name, "A margin.", exchange=1),)) for id_, name in speakers.items()]
    await engine.add(calls)
    for id_, name in speakers.items():
        for wanted in (Wanted(calls=(id_,)), Wanted(persons=(name,)), Wanted(exchanges=((id_, 1),))):
            assert await places(engine, replace(MARGIN, wanted=wanted)) == {(id_, 0)}
    await engine.remove(["two words"])
    left = await places(engine, replace(MARGIN, wanted=Wanted(persons=tuple(speakers.values()))))
    assert left == {(id_, 0) for id_ in speakers if id_ != "two words"}


async def test_a_call_of_very_many_turns_is_found_turn_by_turn(engine: Engine) -> None:
    said = tuple(turn(index, Kind.ANALYST, ANA, f"Spoken as number{index}.") for index in range(600))
    await engine.add([call("long", said)])
    for index in (0, 127, 128, 129, 255, 256, 599):
        assert await places(engine, about(term(f"number{index}"))) == {("long", index)}


async def test_a_filter_of_many_values_finds_what_one_of_few_does(engine: Engine) -> None:
    many = tuple(f"Nobody {number}" for number in range(100))
    plan = replace(MARGIN, wanted=Wanted(persons=(*many, ANA)))
    assert await places(engine, plan) == {("hrw", 2)}


async def test_a_filter_adds_nothing_to_the_score(engine: Engine) -> None:
    plain = {(hit.call, hit.turn): hit.score for hit in await engine.find(MARGIN)}
    for hit in await engine.find(replace(MARGIN, wanted=Wanted(kinds=(Kind.ANALYST,), questions=True))):
        assert hit.score == pytest.approx(plain[hit.call, hit.turn])


MANAGEMENT, ASKING = (Kind.EXECUTIVE, Kind.UNKNOWN), (Kind.ANALYST, Kind.HOST)


@pytest.mark.parametrize("number", [20, 1200])
@pytest.mark.parametrize("counted", [False, True])
async def test_either_side_is_found_after_the_other(engine: Engine, number: int, *, counted: bool) -> None:
    """However few of one side there are, and however low they rank, also where the other side's are looked for first."""
    said = [turn(index, Kind.EXECUTIVE, CEO, "Zinc.") for index in range(number)]
    asked = [turn(number + index, Kind.ANALYST, ANA, f"Zinc? {LONG}") for index in range(12)]
    await engine.add([call("zinc", (*said, *asked))])
    plan, expected = about(term("zinc")), {("zinc", number + index) for index in range(12)}
    for limit, kinds in ((200, MANAGEMENT), (60, ASKING), (5, MANAGEMENT), (5, ASKING), (200, ASKING)):
        found = Hits.of(await engine.find(plan.within(Wanted(kinds=kinds), limit, counted=counted)))
        there = number if kinds is MANAGEMENT else len(asked)
        assert len(found) == min(limit, there)
        assert (set(found.places()) <= expected) == (kinds is ASKING)
        assert found.total in {None, there}
        assert await engine.count(plan.within(Wanted(kinds=kinds), limit)) == there
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("name", list(FOUND))
async def test_whoever_comes_next_finds_what_the_first_one_did(name: str, *, counted: bool) -> None:
    """Whatever an engine has kept of a topic, and of a filter, and in whatever order they come."""
    long = [turn(index, Kind.EXECUTIVE, CEO, f"Zinc. {LONG} Zinc and a margin. {LONG}") for index in range(40)]
    asked = [turn(40 + index, Kind.ANALYST, ANA, "Zinc?" * (1 + index % 3), exchange=0) for index in range(90)]
    calls = [HARROW, OTHER, call("zinc", (*long, *asked), (Exchange(0, ANA, None, tuple(range(40, 130)), ()),))]
    fresh, engine = await EVERY[name](calls), await EVERY[name](calls)
    plans = [MARGIN, about(term("zinc"), term("margin"), least=2), about(term("zinc")), must(phrase("zinc"))]
    wanted = [each for each, _ in FILTERS] + [Wanted(persons=(ANA,)), Wanted(kinds=(Kind.EXECUTIVE,))]
    for _ in range(3):
        for plan, filters, limit in product(plans, wanted, (3, 200)):
            asking = plan.within(filters, limit, counted=counted)
            again = replace(asking, concepts=(*plan.concepts,), must=(*plan.must,))  # another object
            first, found = Hits.of(await fresh.find(again)), Hits.of(await engine.find(asking))
            assert list(found) == list(first)
            assert found.total in {None, await engine.count(asking)}


async def test_what_came_is_found_among_what_was_looked_for_just_now(engine: Engine) -> None:
    plan = replace(MARGIN, wanted=Wanted(kinds=ASKING))
    before = await places(engine, plan)
    await engine.add([call("new", (turn(0, Kind.HOST, BEN, "A word on margins?"),))])
    assert await places(engine, plan) == {*before, ("new", 0)}
    await engine.remove(["hrw"])
    assert await places(engine, plan) == {("new", 0)}


async def test_without_a_topic_every_turn_passes(engine: Engine) -> None:
    assert await places(engine, Plan(wanted=Wanted(persons=(BEN,)))) == {("hrw", 4)}
    assert len(await places(engine, Plan())) == 10


async def test_the_best_comes_first_and_the_limit_holds(engine: Engine) -> None:
    ranked = await engine.find(MARGIN)
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
    assert (ranked[0].call, ranked[0].turn) == ("oth", 0)  # says nothing else
    assert len(await engine.find(replace(MARGIN, limit=2))) == 2
    assert await engine.count(replace(MARGIN, limit=1)) == 6


async def test_weights_count(engine: Engine) -> None:
    both = [Concept((Clause(term("chargers"), weight),)) for weight in (1.0,)] + [
        Concept((Clause(term("orders"), 0.01),))
    ]
    ranked = await engine.find(Plan(tuple(both)))
    assert [hit.turn for hit in ranked] == [6, 1]


async def test_a_long_turn_is_found_once_by_its_passage(engine: Engine) -> None:
    ranked = await engine.find(about(term("batteries"), term("steel"), term("sentence")))
    assert [(hit.call, hit.turn) for hit in ranked] == [("hrw", 1)]
    text = HARROW.turns[1].text
    (hit,) = await engine.find(about(term("batteries")))
    assert "batteries" in text[hit.start : hit.end]


async def test_long_turns_take_no_place_from_others(engine: Engine) -> None:
    text = " ".join(f"{LONG} Zinc is dear." for _ in range(3))
    await engine.add([call("zinc", tuple(turn(index, Kind.EXECUTIVE, CEO, text) for index in range(12)))])
    plan = replace(about(term("zinc")), limit=10)
    assert len(await places(engine, plan)) == len(await engine.find(plan)) == 10
    assert await engine.count(plan) == 12


async def test_a_word_that_left_with_its_call_is_found_nowhere(engine: Engine) -> None:
    await engine.add([call("new", (turn(0, Kind.EXECUTIVE, CEO, "A buy-back, and co-investment."),))])
    await engine.remove(["new"])
    for word in ("buyback", "co-investment"):
        assert await places(engine, about(term(word))) == set()


async def test_what_is_added_is_found_and_what_is_removed_is_gone(engine: Engine) -> None:
    new = call("new", (turn(0, Kind.EXECUTIVE, CEO, "Zeppelins."),))
    await engine.add([new])
    assert await places(engine, about(term("zeppelin"))) == {("new", 0)}
    assert engine.vocabulary()["zeppelins"] == 1
    await engine.add([replace(new, turns=(turn(0, Kind.EXECUTIVE, CEO, "Airships."),))])
    assert await places(engine, about(term("zeppelin"))) == set()
    assert await places(engine, about(term("airship"))) == {("new", 0)}
    assert "zeppelins" not in engine.vocabulary()
    await engine.remove(["new", "never there"])
    assert await places(engine, about(term("airship"))) == set()
    assert "airships" not in engine.vocabulary()


async def test_a_spelling_that_was_held_by_no_turn_is_found_once_one_comes(engine: Engine) -> None:
    spellings = AnyOf((Phrase(("cheap", "batteries"), 0, 0), Phrase(("dear", "steel"), 0, 0)))
    plan = Plan(concepts=(Concept((Clause(spellings),)),))
    assert not await engine.find(plan)
    assert not await engine.count(plan)
    await engine.add([call("new", (turn(0, Kind.EXECUTIVE, CEO, "Cheap batteries, dear steel."),))])
    assert [hit[:2] for hit in await engine.find(plan)] == [("new", 0)]
    await engine.remove(["new"])
    assert not await engine.find(plan)


async def test_the_vocabulary_holds_full_words_with_their_turns(engine: Engine) -> None:
    vocabulary = engine.vocabulary()
    assert vocabulary["margins"] == 3
    assert vocabulary["margin"] == 3
    assert vocabulary["nestle"] == 1
    assert vocabulary["2500"] == 1
    assert "ecommerce" in vocabulary


@pytest.mark.parametrize("name", list(EVERY))
async def test_an_empty_library_answers(name: str) -> None:
    engine = await EVERY[name]([])
    assert not await engine.find(MARGIN)
    assert await engine.count(MARGIN) == 0
    assert not engine.vocabulary()
