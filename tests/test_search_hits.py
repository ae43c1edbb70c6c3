"""Very many hits, as columns: the same turns in the same order as one by one."""

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import strategies as st

from bot.call import Call
from bot.query.topic import Term
from bot.search.engine import Clause, Concept, Plan, Ranked
from bot.search.engines.embedded import FEW, Embedded
from bot.search.findings import Match, Why
from bot.search.hits import Hits
from bot.search.joined import Joined
from bot.search.marker import Marker
from bot.search.matches import Matches, only, places
from bot.search.meaning import Meaning
from bot.search.passages import cut
from bot.search.spans import Spans
from bot.search.standing import BRIEF, CUT, MANY, OTHER, PAGE, PART, Standing
from bot.search.vocabulary import Vocabulary
from bot.search.words import keys
from tests.desk import samples
from tests.sampling import sampled

COPIES = 8
EVERYBODYS = Plan((Concept((Clause(Term("we", 0, 2), exact=True),)),), limit=100_000)
NOTHING = Marker(Meaning((), (), ()), Spans(Vocabulary()))

ranked = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 200), st.sampled_from([0.0, 0.5, 1.25, 3.0, 17.5])), max_size=40
)


@cache
def calls() -> dict[str, Call]:
    return {call.id: call for call in samples()}


def total(found: Sequence[Ranked]) -> int | None:
    return Hits.of(found).total


@cache
def copies() -> tuple[Call, ...]:
    return tuple(
        dataclasses.replace(call, id=f"{call.id}-{copy:02}") for copy in range(COPIES) for call in calls().values()
    )


_ENGINES: dict[tuple[int, int], Embedded] = {}


async def engine_of(start: int = 0, end: int = COPIES * 100) -> Embedded:
    """Return an engine over some of the copies, indexed once: no test changes one."""
    key = start, min(end, len(copies()))
    if key not in _ENGINES:
        _ENGINES[key] = await Embedded.of(copies()[start:end])
    return _ENGINES[key]


@cache
def saying_we() -> frozenset[tuple[str, int]]:
    return frozenset((call.id, turn.index) for call in copies() for turn in call.turns if "we" in keys(turn.text))


def hits(drawn: list[tuple[int, int, float]]) -> tuple[Ranked, ...]:
    """Return hits of some calls that are there and some that left; some turns are of a longer call than there is now."""
    names = [*calls(), "gone"]
    made = []
    for place, turn, score in drawn:
        name = names[place % len(names)]
        known = calls().get(name)
        start, end = cut(known.turns[turn].text)[-1] if known and turn < len(known.turns) else (0, 30)
        made.append(Ranked(name, turn, start, end, score))
    return tuple(sorted(dict.fromkeys(made), key=lambda hit: -hit.score))


@sampled(15, 600, ranked)
def test_columns_hold_what_they_were_given(drawn: list[tuple[int, int, float]]) -> None:
    given = hits(drawn)
    columns = Hits.of(given)
    assert tuple(columns) == given
    assert tuple(columns[place] for place in range(len(columns))) == given
    assert tuple(columns[1:4]) == given[1:4]
    assert columns.ids() == [hit.call for hit in given]
    assert Hits.of(columns) is columns
    once = list({hit[:2]: hit for hit in reversed(given)}.values())
    assert sorted(columns.first_of_each(100)) == sorted(once)
    assert tuple(columns.first_of_each(2)) == tuple(columns.first_of_each(100))[:2]
    assert tuple(columns.and_(columns).by_score()) == tuple(sorted(given + given, key=lambda hit: -hit.score))


class Growing(list[str]):
    """The names of an engine to which a call is added each time that somebody has counted them."""

    def __len__(self) -> int:
        known = super().__len__()
        self.append("new")
        return known


def test_a_call_added_meanwhile_changes_the_id_of_no_hit() -> None:
    one, other = Hits.of([Ranked("a", 1, 0, 9, 2.0)]), Hits.of([Ranked("b", 2, 0, 9, 1.0)])
    growing = replace(one, names=Growing(one.names))
    assert growing.and_(other).ids() == ["a", "b"]


@sampled(15, 600, ranked, st.data())
def test_turns_are_told_among_others(drawn: list[tuple[int, int, float]], data: st.DataObject) -> None:
    given = hits(drawn)
    some = data.draw(st.frozensets(st.sampled_from(given))) if given else frozenset[Ranked]()
    columns = Hits.of(given)
    alike, apart = columns.only(np.flatnonzero([hit in some for hit in given])), Hits.of(some)
    expected = [hit[:2] in {other[:2] for other in some} for hit in given]
    assert columns.among(alike).tolist() == columns.among(apart).tolist() == expected


@sampled(15, 600, ranked)
def test_what_may_be_shown_is_the_same_of_very_many(drawn: list[tuple[int, int, float]]) -> None:
    given = hits(drawn)
    there = one_by_one(Standing(), given)
    copies = MANY // max(len(there), 1) + 1  # so many that each is made when somebody looks at it
    shown = Standing().shown(Hits.of(given * copies), NOTHING, calls()).matches
    assert isinstance(shown, Matches) or not there
    assert [(match.call, match.turn, match.score) for match in shown] == one_by_one(Standing(), given * copies)
    assert list(places(shown)) == [(match.call, match.turn) for match in shown]


def held(some: Hits | None, place: tuple[str, int]) -> bool:
    return some is None or place in set(some.places())


def one_by_one(standing: Standing, given: Sequence[Ranked]) -> list[tuple[str, int, float]]:
    """Return what may be shown, looked at hit by hit: slow and obvious."""
    found = []
    for name, turn, _, _, earned in given:
        call = calls().get(name)
        if call is None or turn >= len(call.turns):
            continue
        length, score = len(call.turns[turn].text), earned
        if not held(standing.whole, (name, turn)):
            score *= PART
        elif not held(standing.literal, (name, turn)):
            score *= OTHER
        if length < BRIEF:
            score *= (length + BRIEF) / (2 * BRIEF)
        found.append((name, turn, score))
    found.sort(key=lambda hit: -hit[2])
    if standing.whole is None:
        return found
    best = next((hit[2] for hit in found if held(standing.whole, hit[:2])), 0.0)
    shown = list[tuple[str, int, float]]()
    for hit in found:
        part = len(shown) < PAGE and hit[2] >= CUT * best and held(standing.partly, hit[:2])
        if held(standing.whole, hit[:2]) or part:
            shown.append(hit)
    return sorted(shown, key=lambda hit: not held(standing.whole, hit[:2]))


@sampled(15, 600, ranked, st.data())
def test_part_of_a_topic_and_other_words_for_it_stand_lower(
    drawn: list[tuple[int, int, float]], data: st.DataObject
) -> None:
    given = Hits.of(hits(drawn))
    some = st.frozensets(st.sampled_from(range(len(given)))) if len(given) else st.just(frozenset[int]())
    chosen = data.draw(st.tuples(*[st.none() | some] * 3))
    standing = Standing(*(None if some is None else given.only(np.array(sorted(some), int)) for some in chosen))
    shown = standing.shown(given, NOTHING, calls())
    assert [(match.call, match.turn, match.score) for match in shown.matches] == one_by_one(standing, given)
    places = {(match.call, match.turn) for match in shown.matches}
    assert shown.partly == {place for place in places if not held(standing.whole, place)}


def test_chosen_matches_stay_in_their_order() -> None:
    some = [Match(id_, 0, 1.0, Why.MATCHED) for id_ in calls()]
    columns = Matches([match.call for match in some], [0] * len(some), [1.0] * len(some), NOTHING, calls())
    for kept in ([], [1], [0, 2], [3, 1, 2]):
        assert list(only(columns, kept)) == list(only(some, kept)) == [some[place] for place in kept]
    assert columns[:2][1] == columns[1]


def test_a_match_of_a_call_that_left_says_nothing() -> None:
    left = Matches(["gone"], [0], [1.0], NOTHING, calls())
    assert left[0].spans == ()


async def test_an_engine_finds_every_turn_that_says_it() -> None:
    engine = await engine_of()
    found = await engine.find(EVERYBODYS)
    assert len(found) > FEW
    assert {hit[:2] for hit in found} == saying_we()
    assert len(found) == len(saying_we()) == await engine.count(EVERYBODYS)
    first = await engine.find(EVERYBODYS.within(EVERYBODYS.wanted, FEW))
    assert [hit.score for hit in found[:FEW]] == [hit.score for hit in first]
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


async def test_turns_are_the_same_before_and_after_a_change() -> None:
    engine = await Embedded.of(copies()[:3])
    before = Hits.of(await engine.find(EVERYBODYS))
    await engine.add(copies()[:1])  # it gets another number
    after = Hits.of(await engine.find(EVERYBODYS))
    assert len(before) == len(after) > 0
    assert before.among(after).all()
    assert after.among(before).all()


async def test_an_engine_tells_of_all_beside_the_first() -> None:
    engine = await engine_of()
    some = Plan((Concept((Clause(Term("margin", 0, 6)),)),), limit=5, counted=True)
    few = Plan((Concept((Clause(Term("tariffs", 0, 7), exact=True),)),), limit=5, counted=True)
    for plan in (some, few):
        assert await engine.count(plan) > 5
        assert total(await engine.find(plan)) == await engine.count(plan)
    for limit in (5, 100_000):
        assert total(await engine.find(replace(EVERYBODYS, limit=limit, counted=True))) in {None, len(saying_we())}
    assert total(await engine.find(replace(some, counted=False))) is None  # nobody asked


@pytest.mark.parametrize("own", [0, 1, 100])
async def test_two_engines_tell_of_all_beside_the_first(own: int) -> None:
    base, mine = await engine_of(own), await engine_of(0, own)
    both = Joined(base, base.vocabulary(), mine, mine.vocabulary(), frozenset(call.id for call in copies()[:own]))
    plan = Plan((Concept((Clause(Term("tariffs", 0, 7), exact=True),)),), limit=5, counted=True)
    assert total(await both.find(plan)) == await both.count(plan) > 5


async def test_few_of_many_are_found_at_once() -> None:
    engine = await engine_of()
    rare = Plan((Concept((Clause(Term("tariffs", 0, 7), exact=True),)),), limit=100_000)
    found = await engine.find(rare)
    assert 0 < len(found) == await engine.count(rare) < FEW


@pytest.mark.parametrize("own", [0, 1, 100])
async def test_two_engines_find_every_turn_of_both(own: int) -> None:
    base, mine = await engine_of(own), await engine_of(0, own)
    ids = frozenset(call.id for call in copies()[:own])
    both = Joined(base, base.vocabulary(), mine, mine.vocabulary(), ids)
    found = await both.find(EVERYBODYS)
    assert len(found) == len(saying_we())
    assert {hit[:2] for hit in found} == saying_we()
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
