"""What was given in Slack is found where it was given, and shows nowhere else: in no hit, count, name or correction."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ask import ask
from bot.errors import QuestionError
from bot.given import apart, corrected
from bot.library import Library
from bot.search.words import key as remembered
from bot.state.store import Store
from bot.state.uploads import Upload
from handlers.answering import answered
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.place import Place
from handlers.shelves import MADE, Key
from handlers.typeahead import TypeAhead
from playground.slack import LocalSlack
from tests.canaries import CHANNELS, PLACES, TENANTS, Inline, given, mark
from tests.desk import NOW, call, desk_at

VIEW = View(command="/call")
MARKS = {mark(*place): place for place in PLACES}


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(slack, tmp_path) as made:
        made.shelves = Inline()
        yield made


async def give(desk: Desk, place: tuple[str, str], *, user: str = "U1", where: tuple[str, str] | None = None) -> str:
    """Give a place's call in it, or in another one."""
    tenant, channel = where or place
    key = await desk.store.give(tenant, channel, user, f"{mark(*place)}.txt", given(*place))
    desk.shelves.changed(tenant)
    return key


async def shown(desk: Desk, place: Place, question: str) -> str:
    try:
        return json.dumps((await answered(desk, place, question, VIEW)).message.blocks).casefold()
    except QuestionError as error:  # names what is nearest
        return error.sentence.casefold()


async def everything(desk: Desk, place: Place, word: str) -> str:
    """Return all that a place shows which could hold a given call's words, asked with them and around them."""
    questions = (
        f'"{word} margin"', f"quote {word}z", f"Ada {word}", "who asked about next year", "calls", "quote margin",
        f"how often {word}", f"what did {word} capital ask",
    )  # fmt: skip
    found = [await shown(desk, place, question) for question in questions]
    library, ahead = await desk.seen(place), TypeAhead()
    names = [await ahead.suggest(library, field, "") for field in ("company", "speaker", "firm", "period")]
    typed = [await ahead.suggest(library, field, word[:4]) for field in ("company", "speaker", "firm")]
    # The question itself is repeated in answers, and holds the word that was asked for: its own place is asked for that.
    return repr((found, names, typed, sorted(library.calls), sorted(library.vocabulary))).casefold()


async def test_a_given_call_is_answered_where_it_was_given(desk: Desk) -> None:
    await give(desk, ("T1", "C1"))
    answer = await ask(await desk.seen(Place("T1", "C1")), f"quote {mark('T1', 'C1')}", today=NOW.date())
    assert {hit.quote.call.id for hit in answer.hits} == {mark("T1", "C1")}
    both = await ask(await desk.seen(Place("T1", "C1")), "quote margin", today=NOW.date(), limit=20)
    assert {hit.quote.call.id for hit in both.hits} == {mark("T1", "C1"), "quillon-2026-q1"}
    assert both.scope.calls == 2


async def test_elsewhere_nothing_of_it_shows(desk: Desk) -> None:
    await give(desk, ("T1", "C1"))
    word = mark("T1", "C1")
    for place in (
        Place("T1", "C2"),
        Place("T1", "D1"),
        Place("T1"),
        Place("T2", "C1"),
        Place("T1", "C1", outside=True),
    ):
        library = await desk.seen(place)
        assert library is desk.library
        assert word not in library.vocabulary
        assert not (await ask(library, f"quote {word}", today=NOW.date())).hits
        assert word.capitalize() not in await shown(desk, place, "calls")


async def test_what_was_asked_first_elsewhere_is_not_what_is_answered_here(desk: Desk) -> None:
    """The answers at hand are those of one library each."""
    await give(desk, ("T1", "C1"))
    question = "calls"
    first = await shown(desk, Place("T1", "C1"), question)
    other = await shown(desk, Place("T1", "C2"), question)
    assert mark("T1", "C1") in first
    assert mark("T1", "C1") not in other
    assert await shown(desk, Place("T1", "C1"), question) == first
    assert await shown(desk, Place("T1", "C2"), question) == other


async def test_a_word_of_a_given_call_corrects_only_there(desk: Desk) -> None:
    await give(desk, ("T1", "C1"))
    word = mark("T1", "C1")
    typed = f"quote {word[:4]}{word[5:]}"
    assert f"{word}" in await shown(desk, Place("T1", "C1"), typed)
    assert f"{word}" not in await shown(desk, Place("T1", "C2"), typed)


async def test_widened_it_is_seen_in_the_workspace_and_in_no_other(desk: Desk) -> None:
    key = await give(desk, ("T1", "C1"))
    await desk.store.widen("T1", "U1", key)
    desk.shelves.changed("T1")
    word = mark("T1", "C1")
    assert word in (await desk.seen(Place("T1", "C2"))).calls
    assert word in (await desk.seen(Place("T1"))).calls
    assert word not in (await desk.seen(Place("T2", "C1"))).calls
    assert word not in (await desk.seen(Place("T1", "C1", outside=True))).calls
    await desk.store.narrow("T1", "U1", key)
    desk.shelves.changed("T1")
    assert word not in (await desk.seen(Place("T1", "C2"))).calls
    assert word in (await desk.seen(Place("T1", "C1"))).calls


async def test_another_process_reads_what_was_parsed(slack: LocalSlack, desk: Desk, tmp_path: Path) -> None:
    """It survives a restart, and is not parsed again."""
    await give(desk, ("T1", "C1"))
    await desk.seen(Place("T1", "C1"))
    async with desk_at(slack, tmp_path) as second:

        async def refuse(_data: bytes, _name: str) -> bytes:
            raise AssertionError("parsed again")

        second.shelves.parse = refuse  # type: ignore[assignment,method-assign]  # a parser that must not be asked
        assert mark("T1", "C1") in (await second.seen(Place("T1", "C1"))).calls


async def test_one_file_under_two_names_shows_in_each_place_its_own(desk: Desk) -> None:
    """A call's id comes from the file's name, and what a name tells in one conversation is not another's."""
    data = given("T1", "C1")
    for channel, name in (("D1", "project-falcon-2019-q3"), ("C1", "plain")):
        await desk.store.give("T1", channel, f"U{channel}", f"{name}.txt", data)
    for _ in range(2):  # as read first, and as kept in the store
        for channel, name in (("D1", "project-falcon-2019-q3"), ("C1", "plain")):
            library = await desk.seen(Place("T1", channel))
            assert set(library.calls) - set(desk.library.calls) == {name}
        desk.shelves = Inline()


async def test_what_was_made_over_calls_that_are_gone_is_let_go(desk: Desk) -> None:
    await give(desk, ("T1", "C1"))
    await give(desk, ("T1", "D1"))
    await desk.seen(Place("T1", "C1"))
    desk.library = await Library.of([call()])
    await desk.seen(Place("T1", "D1"))
    assert [made.base for made in desk.shelves._made.values()] == [desk.library]


async def test_nothing_of_an_erased_workspace_stays_at_hand(desk: Desk) -> None:
    for tenant in ("T1", "T2"):
        await give(desk, (tenant, "C1"))
        await desk.seen(Place(tenant, "C1"))
    desk.shelves.forget("T1")
    held = repr((desk.shelves._read, desk.shelves._made, desk.shelves._known))  # what lies in memory
    assert "'T1'" not in held
    assert "'T2'" in held


@pytest.mark.parametrize("where", ["reading", "uploads"])
async def test_what_is_read_while_a_workspace_is_erased_does_not_come_back(desk: Desk, where: str) -> None:
    await give(desk, ("T1", "C1"))
    await desk.seen(Place("T1", "C1"))
    desk.shelves = Inline()
    look = getattr(desk.store, where)

    async def meanwhile(*asked: str) -> object:
        found = await look(*asked)
        desk.shelves.forget("T1")
        return found

    setattr(desk.store, where, meanwhile)  # the erasing, half-way into the look
    await desk.seen(Place("T1", "C1"))
    assert "'T1'" not in repr((desk.shelves._made, desk.shelves._known))  # what lies in memory
    assert where == "uploads" or not desk.shelves._read  # what is read after the erasing is there no more, or stayed
    setattr(desk.store, where, look)
    assert mark("T1", "C1") in (await desk.seen(Place("T1", "C1"))).calls
    assert "'T1'" in repr(desk.shelves._made)  # later looks are kept as before


async def test_what_was_remembered_of_texts_goes_with_what_was_given(desk: Desk) -> None:
    await give(desk, ("T1", "C1"))
    await ask(await desk.seen(Place("T1", "C1")), "quote margin", today=NOW.date())
    assert remembered.cache_info().currsize
    desk.shelves.forget("T1")
    assert not remembered.cache_info().currsize


async def test_another_replica_sees_it_within_seconds(slack: LocalSlack, desk: Desk, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as second:
        second.shelves = Inline(fresh=0.0)
        assert (await second.seen(Place("T1", "C1"))) is second.library
        key = await give(desk, ("T1", "C1"))
        assert mark("T1", "C1") in (await second.seen(Place("T1", "C1"))).calls
        await desk.store.take_back("T1", "C1", "U1", key)
        assert (await second.seen(Place("T1", "C1"))) is second.library


async def test_a_shared_call_that_comes_or_goes_shows_under_the_given_ones(desk: Desk) -> None:
    desk.library = await Library.of((call(),))
    await give(desk, ("T1", "C1"))
    before = await desk.seen(Place("T1", "C1"))
    assert await desk.seen(Place("T1", "C1")) is before
    await desk.library.add((call("quillon-2026-q2", quarter=2, fingerprint="e" * 64),))
    assert set((await desk.seen(Place("T1", "C1"))).calls) == {"quillon-2026-q1", "quillon-2026-q2", mark("T1", "C1")}
    await desk.library.remove(["quillon-2026-q1"])
    assert set((await desk.seen(Place("T1", "C1"))).calls) == {"quillon-2026-q2", mark("T1", "C1")}


def test_an_id_that_is_taken_hides_nobody() -> None:
    one, other, same = call("a", fingerprint="1"), call("a", fingerprint="2"), call("b", fingerprint="9")
    assert [each.id for each in apart((one, other, same), {"a"}, {"9"})] == ["given/a", "given-2/a"]
    assert [each.id for each in apart((one, other, one), {"z"})] == ["a", "given/a"]


def test_a_correction_wins_and_says_so() -> None:
    found = corrected(call(), {"company": "Quillon Marine", "quarter": 4, "date": "2026-02-03", "ticker": None})
    assert (found.company, found.ticker, found.year, found.quarter) == ("Quillon Marine", None, 2026, 4)
    assert str(found.date) == "2026-02-03"
    assert found.learnt_from == dict.fromkeys(("company", "ticker", "quarter", "date"), "corrected by hand")
    assert corrected(call(), None) == call()


async def test_a_given_call_ranks_as_in_one_library_of_all(desk: Desk) -> None:
    """Each engine weighs words by its own turns; joined, its scores are about those of one engine."""
    base = [call(f"quillon-{year}", year=year, fingerprint=str(year)) for year in range(2000, 2020)]
    extra = [replace(call("own-call", fingerprint="own"), company="Own")]
    over = await Library.over(await Library.of(base), extra)
    whole = await Library.of((*base, *extra))
    for question in ("quote superchargers", "who asked about margin", '"two hundred superchargers"'):
        mine = await ask(over, question, today=NOW.date(), limit=50)
        theirs = await ask(whole, question, today=NOW.date(), limit=50)
        assert mine.total == theirs.total, question
        scores = {hit.quote.call.id: hit.score for hit in reversed(mine.hits)}
        assert scores["own-call"] == pytest.approx(scores["quillon-2010"], rel=0.2), question


class Blind(Store):
    """A mutant: it takes what was given in any channel for given here."""

    async def uploads(self, tenant: str, channel: str) -> tuple[Upload, ...]:
        found = [upload for each in CHANNELS for upload in await super(Blind, self).uploads(tenant, each)]
        return tuple({upload.id: upload for upload in found}.values())


async def walk(desk: Desk, steps: int, seed: int) -> int:
    """Give, widen, narrow, take back and ask at random in three workspaces; return how many looks saw no other's."""
    chance = random.Random(seed)
    held: dict[tuple[str, str], str] = {}
    wide: set[tuple[str, str]] = set()
    looks = 0
    for _ in range(steps):
        place = chance.choice(PLACES)
        tenant, channel = place
        deed = chance.choice(("give", "give", "widen", "narrow", "take", "look", "look", "look"))
        if deed == "give":
            held[place] = await give(desk, place)
        elif deed == "widen" and place in held:
            assert await desk.store.widen(tenant, "U1", held[place])
            wide.add(place)
        elif deed == "narrow" and place in wide:
            assert await desk.store.narrow(tenant, "U1", held[place])
            wide.discard(place)
        elif deed == "take" and place in held:
            assert await desk.store.take_back(tenant, channel, "U1", held.pop(place))
            wide.discard(place)
        desk.shelves.changed(tenant)
        if deed == "look":
            asked_of = mark(*chance.choice(PLACES))
            text = await everything(desk, Place(tenant, channel), asked_of)
            may = {mark(*each) for each in held if each == place or (each in wide and each[0] == tenant)}
            others = {word for word in MARKS if word in text} - may - {asked_of}
            assert not others, (place, others)
            library = await desk.seen(Place(tenant, channel))
            assert {word for word in MARKS if word in library.vocabulary or word in library.calls} == may
            looks += 1
    return looks


async def test_a_walk_leaks_nothing(desk: Desk) -> None:
    assert await walk(desk, 60, seed=7) > 10


@pytest.mark.chaos
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_long_walk_leaks_nothing(desk: Desk, seed: int) -> None:
    assert await walk(desk, 400, seed) > 100


async def test_a_mutant_that_sees_every_channel_is_caught(desk: Desk) -> None:
    desk.store.__class__ = Blind
    with pytest.raises(AssertionError):
        await walk(desk, 60, seed=7)


def test_the_marks_are_apart() -> None:
    assert len(MARKS) == len(TENANTS) * len(CHANNELS)


async def test_turns_that_nobody_waits_for_are_let_go(desk: Desk) -> None:
    await give(desk, ("T1", "C1"))
    turns: dict[Key, asyncio.Lock] = {("T9", ((str(number), "", ""),)): asyncio.Lock() for number in range(5 * MADE)}
    desk.shelves._turns = dict(turns)
    kept = next(iter(turns))
    async with turns[kept]:
        await desk.seen(Place("T1", "C1"))
    assert set(desk.shelves._turns) == {kept, *desk.shelves._made}


async def test_names_offered_while_typing_are_those_of_the_library_now(desk: Desk) -> None:
    ahead, desk.library = TypeAhead(), await Library.of((call(),))
    assert not await ahead.suggest(desk.library, "company", "brindle")
    await desk.library.add((call("brindle-2026-q1", company="Brindle Works", ticker="BRW", fingerprint="b" * 64),))
    assert [name.value for name in await ahead.suggest(desk.library, "company", "brindle")] != []
