"""Installations, OAuth states, given files, and erasing; on both databases."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.digest.schedule import WORKING_DAYS, Schedule
from bot.errors import SettingsError
from bot.state.installations import Installation
from bot.state.oauth import LIFE
from bot.state.schema import call_seen, metadata, upload_gift
from bot.state.store import Store
from bot.state.walls import EVERY
from bot.team import Synonym
from handlers.serve import utc_now
from tests.cluster import fresh_database
from tests.desk import files_of, in_memory

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
TOKEN = "xoxb-canary-token"  # what must never be found in the database


def installed(tenant: str = "T1", token: str = TOKEN) -> Installation:
    return Installation(tenant, tenant, None, token, "B1", "UBOT", "https://x.slack.com", ("commands", "chat:write"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    if request.param == "sqlite":
        store = await in_memory(keys=(OLD,), clock=lambda: NOW)
    else:
        store = await Store.open(await fresh_database(), keys=(OLD,), clock=lambda: NOW)
    yield store
    await store.close()


def files(folder: Path) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in sorted(folder.iterdir())]


async def rows(store: Store, tenant: str) -> dict[str, int]:
    """Count a tenant's rows, by table."""
    found: dict[str, int] = {}
    async with store.database.reading(EVERY) as connection:
        for table in metadata.sorted_tables:
            if "tenant" in table.c:
                count = len((await connection.execute(table.select().where(table.c.tenant == tenant))).all())
                found |= {table.name: count} if count else {}
    return found


async def fill(store: Store, tenant: str) -> None:
    """Leave something in every table."""
    await store.install(tenant, installed(tenant))
    await store.save_thread(tenant, "C1", "1.1", "quote margin", 0)
    await store.receive(tenant, "Ev1", "{}")
    await store.save_setting(tenant, "C1", "answers", "three")
    await store.add_watch(tenant, "C1", "margin", "U1")
    schedule = Schedule(9, 0, WORKING_DAYS, "UTC")
    await store.subscribe(tenant, "C1", schedule, user="U1", now=NOW, calls={"acme": "ff"})
    from bot.state.run import Planned

    await store.plan_runs(tenant, "C1", [Planned(NOW.date(), NOW)])
    await store.save_feedback(tenant, "C1", "U1", "quote margin", helpful=True)
    await store.save_quote(tenant, "U1", "acme", 1, start=0, end=4, fingerprint="ff")
    await store.save_recent(tenant, "U1", "quote margin")
    await store.save_zone(tenant, "U1", "UTC")
    await store.forget_user(tenant, "U9")
    given = await store.give(tenant, "C1", "U1", "acme.txt", b"Operator: hello")
    await store.save_reading(tenant, given, "1", b"what was read")
    await store.save_synonym(tenant, "gm", Synonym("GM", ("gross margin",)), "U1")
    seen = {"tenant": tenant, "call": "acme", "fingerprint": "ff", "first_at": NOW}
    async with store.database.writing(tenant) as connection:
        await connection.execute(call_seen.insert().values(seen))


async def test_an_installation_is_read_back_and_replaced(store: Store) -> None:
    await store.install("T1", installed())
    await store.install("T1", installed(token="xoxb-second"))
    found = await store.installation("T1")
    assert found is not None
    assert (found.token, found.scopes, found.installed_at) == ("xoxb-second", ("commands", "chat:write"), NOW)
    assert "xoxb" not in repr(found)
    assert await store.installation("T2") is None
    assert await store.installed_tenants() == ("T1",)


async def test_the_database_holds_ciphertext_only_and_nothing_of_what_was_erased(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    store = await Store.open(f"sqlite:///{path}", keys=(OLD,), clock=lambda: NOW)
    await fill(store, "T1")
    await store.give("T1", "C1", "U1", "acme.txt", b"canary of a transcript " * 500)
    everything = b"".join(data for _, data in files(tmp_path))
    assert b"canary of a transcript" in everything
    assert TOKEN.encode() not in everything
    await store.uninstall("T1")
    await store.close()  # the log is written back, and gone
    assert [name for name, _ in files(tmp_path)] == ["state.db"]
    assert b"canary of a transcript" not in path.read_bytes()
    assert b"quote margin" not in path.read_bytes()


async def test_a_new_key_before_the_old_one_seals_every_token_anew_at_the_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    for keys in ((OLD,), (NEW, OLD), (NEW,)):
        store = await Store.open(url, keys=keys, clock=utc_now)
        if keys == (OLD,):
            await store.install("T1", installed())
        found = await store.installation("T1")
        assert found is not None
        assert found.token == TOKEN
        await store.close()


async def test_keys_that_fit_nothing_stop_the_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    store = await Store.open(url, keys=(OLD,), clock=utc_now)
    await store.install("T1", installed())
    await store.close()
    for keys in ((NEW,), (NEW, Fernet.generate_key().decode())):
        with pytest.raises(SettingsError, match="EARSHOT_KEYS holds no key that fits"):
            await Store.open(url, keys=keys, clock=utc_now)
    store = await Store.open(url, clock=utc_now)  # one workspace, whose token is in the settings: no key is needed
    with pytest.raises(SettingsError, match="EARSHOT_KEYS is missing"):
        await store.installation("T1")
    await store.close()


async def test_a_look_up_needs_one_statement_by_the_primary_key(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    await (await Store.open(f"sqlite:///{path}", clock=utc_now)).close()
    with closing(sqlite3.connect(path)) as connection:
        plan = connection.execute("EXPLAIN QUERY PLAN SELECT * FROM installation WHERE tenant = 'T1'").fetchall()
    assert "USING INDEX" in str(plan)
    assert "SCAN" not in str(plan)


async def test_uninstalling_erases_every_table_once_and_no_other_tenants(store: Store) -> None:
    await fill(store, "T1")
    await fill(store, "T2")
    everything = {table.name for table in metadata.sorted_tables if "tenant" in table.c}
    before = await rows(store, "T2")
    assert set(before) == everything
    assert await store.uninstall("T1")
    assert not await store.uninstall("T1")
    assert await rows(store, "T1") == {"forgotten": 1}  # the moment, and nobody's name
    assert await rows(store, "T2") == before
    assert "T1" in await store.tenants_with_forgettings()
    await store.prune("T1", NOW, forgettings=dt.datetime.now(dt.UTC) + dt.timedelta(days=9_999))
    assert await rows(store, "T1") == {}
    assert await store.tenants_with_forgettings() == ("T2",)


async def test_what_another_process_gathered_is_not_written_after_an_uninstall(store: Store) -> None:
    await fill(store, "T1")
    assert await store.uninstall("T1")
    await store.save_recent("T1", "U1", "quote margin", ages={"quote margin": dt.timedelta(minutes=1)})
    assert await store.recents("T1", "U1") == ()


async def test_a_late_word_of_an_old_uninstall_leaves_a_new_installation(store: Store) -> None:
    await fill(store, "T1")
    assert not await store.uninstall("T1", before=NOW - dt.timedelta(seconds=1))
    assert await store.installation("T1") is not None
    assert await store.uninstall("T1", before=NOW + dt.timedelta(seconds=1))


async def test_a_state_is_used_once_by_any_number_who_try(store: Store) -> None:
    for _ in range(20):
        state = await store.new_state(NOW)
        used = await asyncio.gather(*(store.use_state(state, NOW) for _ in range(8)))
        assert sorted(used) == [False] * 7 + [True]


async def test_a_state_is_over_after_its_life_and_a_made_up_one_never_was(store: Store) -> None:
    state = await store.new_state(NOW)
    assert not await store.use_state(state, NOW + LIFE)
    assert not await store.use_state("made up", NOW)
    await store.new_state(NOW + LIFE)
    assert not await store.use_state(state, NOW)  # the next one has swept it away


async def test_a_given_file_is_seen_where_it_was_given(store: Store) -> None:
    key = await store.give("T1", "C1", "U1", "acme.txt", b"Operator: hello")
    assert await store.upload("T1", "C1", key) == b"Operator: hello"
    assert [found.name for found in await store.uploads("T1", "C1")] == ["acme.txt"]
    for tenant, channel in [("T1", "C2"), ("T2", "C1")]:
        assert await store.upload(tenant, channel, key) is None
        assert await store.uploads(tenant, channel) == ()


async def test_only_its_giver_widens_a_file_and_takes_it_back(store: Store) -> None:
    key = await store.give("T1", "C1", "U1", "acme.txt", b"Operator: hello")
    assert not await store.widen("T1", "U2", key)
    assert not await store.widen("T2", "U1", key)
    assert await store.upload("T1", "C2", key) is None
    assert await store.widen("T1", "U1", key)
    assert await store.upload("T1", "C2", key) is not None
    assert await store.upload("T2", "C1", key) is None
    assert not await store.narrow("T1", "U2", key)
    assert await store.narrow("T1", "U1", key)
    assert await store.upload("T1", "C2", key) is None
    assert not await store.take_back("T1", "C1", "U2", key)
    assert await store.take_back("T1", "C1", "U1", key)
    assert await store.upload("T1", "C1", key) is None
    assert await files_of(store, "T1") == ()


async def test_a_widened_file_has_the_name_it_was_given_there(store: Store) -> None:
    for channel, name in (("D1", "a secret.txt"), ("C1", "plain.txt")):
        key = await store.give("T1", channel, "U1", name, b"Operator: hello")
    assert await store.widen("T1", "U1", key, "C1")
    assert [found.name for found in await store.uploads("T1", "C2")] == ["plain.txt"]


async def test_the_same_file_given_twice_stays_until_both_take_it_back(store: Store) -> None:
    key = await store.give("T1", "C1", "U1", "acme.txt", b"Operator: hello")
    assert await store.give("T1", "C2", "U2", "copy of acme.txt", b"Operator: hello") == key
    assert [found.name for found in await store.uploads("T1", "C2")] == ["copy of acme.txt"]
    assert await store.take_back("T1", "C1", "U1", key)
    assert await store.upload("T1", "C1", key) is None
    assert await store.upload("T1", "C2", key) == b"Operator: hello"
    assert await store.take_back("T1", "C2", "U2", key)
    assert await files_of(store, "T1") == ()


async def test_a_person_is_forgotten_and_the_channel_keeps_what_is_its_own(store: Store) -> None:
    await fill(store, "T1")
    await store.save_recent("T1", "U2", "quote capex")
    assert await store.forget_user("T1", "U1") == 5
    assert await store.recents("T1", "U1") == ()
    assert await store.saved_quotes("T1", "U1") == ()
    assert await store.zone("T1", "U1") is None
    assert await files_of(store, "T1") == ()
    assert await store.recents("T1", "U2") == ("quote capex",)
    assert [(watch.topic, watch.user) for watch in await store.watches("T1", "C1")] == [("margin", "")]
    subscription = await store.subscription("T1", "C1")
    assert subscription is not None
    assert subscription.user == ""
    assert await store.forget_user("T1", "U1") == 0


async def test_a_digest_is_put_back_as_it_was_and_no_other_one(store: Store) -> None:
    first, second = Schedule(9, 0, WORKING_DAYS, "UTC"), Schedule(10, 30, (5,), "Asia/Tokyo")
    places = (("T1", "C1"), ("T1", "C2"), ("T2", "C1"))
    for tenant, channel in places:
        await store.subscribe(tenant, channel, first, user="U1", now=NOW, calls={})
    await store.pause("T1", "C1", NOW, paused=True)
    before = await store.subscription("T1", "C1")
    assert before is not None
    later = NOW + dt.timedelta(hours=1)
    for tenant, channel in places:
        await store.subscribe(tenant, channel, second, user="U2", now=later, calls={})
    await store.put_back(before)
    assert await store.subscription("T1", "C1") == before
    for tenant, channel in places[1:]:
        found = await store.subscription(tenant, channel)
        assert found is not None
        assert (found.schedule, found.user, found.since) == (second, "U2", later)
    await store.unsubscribe("T1", "C1")
    await store.put_back(before)
    assert await store.subscription("T1", "C1") is None


async def test_what_is_old_is_pruned(store: Store) -> None:
    await fill(store, "T1")
    assert await store.prune("T1", NOW) == 0
    assert await store.prune("T1", NOW + dt.timedelta(days=90)) == 5
    assert await store.thread("T1", "C1", "1.1") is None
    assert len(await store.open_runs("T1", "C1")) == 1  # a digest that hasn't ended stays
    assert await store.subscription("T1", "C1") is not None


async def test_a_file_given_while_it_is_taken_back_elsewhere_stays(store: Store) -> None:
    """On PostgreSQL two replicas do both at once: the last gift's bytes go, but no gift that has just come."""
    if store.database.on_sqlite:
        pytest.skip("SQLite has one writer at a time")
    key = await store.give("T1", "C1", "U1", "acme.txt", b"Operator: hello")
    async with store.database.writing("T1") as connection:
        row = {"tenant": "T1", "id": key, "channel": "C2", "user": "U2", "name": "acme.txt", "given_at": NOW}
        await connection.execute(upload_gift.insert().values(row))
        taking = asyncio.create_task(store.take_back("T1", "C1", "U1", key))
        await asyncio.sleep(0.2)  # it waits for us, or it has begun
    assert await taking
    assert await store.upload("T1", "C2", key) == b"Operator: hello"
