"""The store's shelves: what is saved is read back, renewed, forgotten, and never another tenant's."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.confined import MEGABYTE
from bot.state.inbox import LEASE
from bot.state.recents import KEPT
from bot.state.room import FullError, Room
from bot.state.store import Store
from bot.state.threads import Thread
from tests.cluster import fresh_database
from tests.desk import in_memory

START = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


class Clock:
    """A clock that moves a second each time it is read."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> dt.datetime:
        self.time += dt.timedelta(seconds=1)
        return self.time


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "sqlite":
        store = await in_memory(clock=Clock())
    else:
        store = await Store.open(await fresh_database(), clock=Clock())
    yield store
    await store.close()


async def now_of(store: Store) -> dt.datetime:
    """Return the time by which leases end: the server's on PostgreSQL."""
    return await store.database.now(store.clock())


async def test_a_thread_keeps_its_last_question(store: Store) -> None:
    await store.save_thread("T1", "C1", "1.1", "quote margin", 0)
    await store.save_thread("T1", "C1", "1.1", "quote margin", 3)
    assert await store.thread("T1", "C1", "1.1") == Thread("quote margin", 3)
    assert await store.thread("T1", "C2", "1.1") is None
    assert await store.thread("T2", "C1", "1.1") is None


async def test_an_event_is_received_once(store: Store) -> None:
    assert await store.receive("T1", "Ev1", "{}")
    assert not await store.receive("T1", "Ev1", "{}")
    assert await store.receive("T2", "Ev1", "{}")


async def test_what_is_undone_is_replayed_and_what_is_done_is_erased(store: Store) -> None:
    await store.receive("T1", "Ev1", "one")
    await store.receive("T1", "Ev2", "two")
    await store.receive("T2", "Ev3", "three")
    await store.done("T1", "Ev1")
    later = await now_of(store) + LEASE
    assert await store.tenants_with_undone(later, START) == ("T1", "T2")
    assert await store.take_undone("T1", "one", later, later) == ()
    assert [row.body for row in await store.take_undone("T1", "one", later, START)] == ["two"]
    assert not await store.receive("T1", "Ev1", "one")


async def test_an_event_is_its_owners_until_the_lease_ends_or_is_given_up(store: Store) -> None:
    await store.receive("T1", "Ev1", "one", owner="a")
    now = await now_of(store)
    assert await store.tenants_with_undone(now, START) == ()
    assert await store.take_undone("T1", "b", now, START) == ()
    await store.hold("T1", ["Ev1"], "b", now)  # whoever doesn't hold it gives nothing up
    assert await store.take_undone("T1", "b", now, START) == ()
    await store.hold("T1", ["Ev1"], "a", now + 2 * LEASE)
    assert await store.take_undone("T1", "b", now + LEASE, START) == ()
    taken = await asyncio.gather(*(store.take_undone("T1", who, now + 2 * LEASE, START) for who in "bcd"))
    assert sorted(len(each) for each in taken) == [0, 0, 1]
    await store.hold("T1", ["Ev1"], "a", now)  # it has another owner by now
    assert await store.take_undone("T1", "a", now + 2 * LEASE, START) == ()


async def test_a_claim_is_nobodys_to_take_over(store: Store) -> None:
    assert await store.claim("T1", "share 1")
    assert not await store.claim("T1", "share 1")
    later = await now_of(store) + LEASE
    assert await store.take_undone("T1", "a", later, START) == ()
    await store.release("T1", "share 1")
    assert await store.claim("T1", "share 1")


async def test_what_was_asked_before_somebody_was_forgotten_is_not_written_after_it(store: Store) -> None:
    hour = dt.timedelta(hours=1)
    ages = {"margin": hour, "capex": dt.timedelta.resolution}
    await store.forget_user("T1", "U1")
    for tenant, user in (("T1", "U1"), ("T1", "U2"), ("T2", "U1")):
        await store.save_recent(tenant, user, "margin", "capex", ages=ages)
    assert await store.recents("T1", "U1") == ("capex",)
    assert await store.recents("T1", "U2") == await store.recents("T2", "U1") == ("capex", "margin")
    await store.forget_tenant("T1")
    await store.save_recent("T1", "U2", "margin", ages=ages)
    assert await store.recents("T1", "U2") == ()
    await store.prune("T1", START, forgettings=await now_of(store) + hour)
    await store.save_recent("T1", "U2", "margin", ages=ages)
    assert await store.recents("T1", "U2") == ("margin",)


async def test_whoever_is_forgotten_while_questions_are_written_down_is_so_afterwards(store: Store) -> None:
    ages = {"margin": dt.timedelta(hours=1)}
    for number in range(20):
        user = f"U{number}"
        await asyncio.gather(
            store.save_recent("T1", user, "margin", ages=ages),
            store.forget_user("T1", user),
            store.save_recent("T1", user, "margin", ages=ages),
        )
        assert await store.recents("T1", user) == ()


async def test_settings_of_a_channel(store: Store) -> None:
    await store.save_setting("T1", "C1", "answers", "three")
    await store.save_setting("T1", "C1", "answers", "five")
    await store.save_setting("T2", "C1", "answers", "one")
    assert await store.settings("T1", "C1") == {"answers": "five"}
    await store.save_setting("T1", "C1", "answers", None)
    assert await store.setting("T1", "C1", "answers") is None
    assert await store.setting("T2", "C1", "answers") == "one"


async def test_a_topic_is_watched_once_whatever_its_case(store: Store) -> None:
    assert await store.add_watch("T1", "C1", "Gross  margin", "U1")
    assert not await store.add_watch("T1", "C1", "gross margin", "U2")
    assert await store.add_watch("T1", "C1", "capex", "U2")
    assert [watch.topic for watch in await store.watches("T1", "C1")] == ["Gross  margin", "capex"]
    assert await store.watches("T2", "C1") == ()
    assert await store.remove_watch("T1", "C1", "GROSS MARGIN")
    assert not await store.remove_watch("T1", "C1", "gross margin")
    assert [watch.topic for watch in await store.watches("T1", "C1")] == ["capex"]


async def test_a_second_verdict_replaces_the_first(store: Store) -> None:
    await store.save_feedback("T1", "C1", "U1", "quote margin", helpful=True)
    await store.save_feedback("T1", "C1", "U1", "quote margin", helpful=False)
    await store.save_feedback("T1", "C1", "U2", "quote margin", helpful=True)
    assert [(verdict.user, verdict.helpful) for verdict in await store.feedback("T1")] == [("U2", True), ("U1", False)]
    assert await store.feedback("T2") == ()


async def test_quotes_are_kept_by_place(store: Store) -> None:
    await store.save_quote("T1", "U1", "acme-2026-q1", 4, start=0, end=10, fingerprint="aa")
    await store.save_quote("T1", "U1", "acme-2026-q1", 4, start=0, end=12, fingerprint="bb")
    await store.save_quote("T1", "U1", "acme-2026-q1", 7, start=5, end=9, fingerprint="cc")
    found = await store.saved_quotes("T1", "U1")
    assert [(quote.turn, quote.end, quote.fingerprint) for quote in found] == [(7, 9, "cc"), (4, 12, "bb")]
    assert await store.saved_quotes("T1", "U2") == ()
    assert await store.saved_quotes("T2", "U1") == ()
    assert await store.drop_quote("T1", "U1", "acme-2026-q1", 7, 5)
    assert not await store.drop_quote("T1", "U1", "acme-2026-q1", 7, 5)


async def test_recent_questions_are_few_and_the_newest_first(store: Store) -> None:
    for number in range(KEPT + 5):
        await store.save_recent("T1", "U1", f"quote {number}")
    await store.save_recent("T1", "U1", f"quote {KEPT}")
    recents = await store.recents("T1", "U1", limit=100)
    assert len(recents) == KEPT
    assert recents[:2] == (f"quote {KEPT}", f"quote {KEPT + 4}")
    assert await store.recents("T1", "U2") == ()
    assert await store.recents("T2", "U1") == ()


async def test_recent_questions_that_are_written_down_together_keep_their_order(store: Store) -> None:
    await store.save_recent("T1", "U1", "quote margin", "quote capex", "calls")
    await store.save_recent("T1", "U1", "quote margin")
    assert await store.recents("T1", "U1") == ("quote margin", "calls", "quote capex")


async def test_a_persons_zone(store: Store) -> None:
    await store.save_zone("T1", "U1", "Europe/Berlin")
    await store.save_zone("T1", "U1", "America/New_York")
    assert await store.zone("T1", "U1") == "America/New_York"
    assert await store.zone("T2", "U1") is None


async def test_of_any_number_of_files_at_once_a_person_keeps_as_many_as_may_be(store: Store) -> None:
    """Replicas, too, count one after the other; the same file given elsewhere takes no more room."""
    room = Room(files=3, megabytes=1)
    giving = (store.give("T1", "C1", "U1", f"{each}.txt", f"file {each}".encode(), room=room) for each in range(10))
    kept = [each for each in await asyncio.gather(*giving, return_exceptions=True) if isinstance(each, str)]
    assert sorted(kept) == sorted(gift.id for gift in await store.gifts("T1", "U1"))
    assert len(kept) == 3
    data = await store.upload("T1", "C1", kept[0])
    assert data is not None
    assert await store.give("T1", "C2", "U1", "again.txt", data, room=room) == kept[0]
    await store.give("T1", "C1", "U2", "other.txt", b"another person's", room=room)
    await store.give("T2", "C1", "U1", "other.txt", b"another workspace's", room=room)
    with pytest.raises(FullError, match="3 files with 1 MB"):
        await store.give("T1", "C1", "U1", "large.txt", b"one too many", room=room)
    with pytest.raises(FullError, match="1 MB are what"):
        await store.give("T1", "C1", "U3", "large.txt", b"x" * (MEGABYTE + 1), room=room)
