"""PostgreSQL's own wall between tenants: a statement that has lost its tenant shows and changes nobody else's rows."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.state import walls
from bot.state.schema import metadata, watch
from bot.state.store import Store
from bot.state.walls import EVERY, NO_TENANT
from handlers.serve import utc_now
from tests import tenancy
from tests.cluster import fresh_database
from tests.test_state_tenancy import QUICK, machine

pytestmark = pytest.mark.postgres


async def filled() -> Store:
    store = await Store.open(await fresh_database(), clock=utc_now)
    for tenant in ("T1", "T2"):
        await store.add_watch(tenant, "C1", f"topic of {tenant}", "U1")
    return store


async def topics(store: Store, *tenants: str) -> list[str]:
    async with store.database.reading(*tenants) as connection:
        return sorted((await connection.execute(select(watch.c.topic))).scalars())


async def test_without_the_tenant_in_the_statement_only_the_transactions_own_rows_show() -> None:
    store = await filled()
    assert await topics(store, "T1") == ["topic of T1"]
    assert await topics(store, "T1", "T2") == ["topic of T1", "topic of T2"]
    assert await topics(store, "T3") == []
    assert await topics(store, NO_TENANT) == []
    assert await topics(store, EVERY) == ["topic of T1", "topic of T2"]
    async with store.database.engine.connect() as connection:  # a transaction that names nobody, on a used connection
        assert (await connection.execute(select(watch))).all() == []
    await store.close()


async def test_another_tenants_rows_are_neither_changed_nor_erased_nor_made() -> None:
    store = await filled()
    async with store.database.writing("T1") as connection:
        assert (await connection.execute(update(watch).values(topic="taken"))).rowcount == 1
        assert (await connection.execute(delete(watch).where(watch.c.tenant == "T2"))).rowcount == 0
    assert await topics(store, "T2") == ["topic of T2"]
    row = {"tenant": "T2", "channel": "C9", "key": "k", "topic": "t", "user": "U", "added_at": store.clock()}
    with pytest.raises(DBAPIError, match="row-level security"):
        async with store.database.writing("T1") as connection:
            await connection.execute(insert(watch).values(row))
    await store.close()


async def test_every_table_with_a_tenant_has_its_wall_and_one_that_lost_it_gets_it_at_the_next_start() -> None:
    url = await fresh_database()
    store = await Store.open(url, clock=utc_now)
    async with store.database.writing(EVERY) as connection:
        assert await connection.run_sync(walls.unwalled) == []
        assert not await connection.run_sync(walls.passes)
        for name in ("watch", "upload"):
            await connection.execute(text(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY"))
        assert sorted(await connection.run_sync(walls.unwalled)) == ["upload", "watch"]
    await store.close()
    store = await Store.open(url, clock=utc_now)
    async with store.database.reading(EVERY) as connection:
        assert await connection.run_sync(walls.unwalled) == []
        assert await connection.run_sync(policies) == {
            table.name for table in metadata.sorted_tables if "tenant" in table.c
        }
    await store.close()


def policies(connection: Connection) -> set[str]:
    return set(connection.execute(text("SELECT tablename FROM pg_policies")).scalars())


async def test_a_superuser_is_told_apart() -> None:
    url = await fresh_database()
    name = url.rpartition("/")[2]
    store = await Store.open(url.replace(f"{name}@", "earshot@"), clock=utc_now)
    async with store.database.reading(EVERY) as connection:
        assert await connection.run_sync(walls.passes)
    await store.close()


async def test_with_the_first_wall_gone_from_every_statement_the_second_holds() -> None:
    """The mutant that the tenancy machine catches on SQLite at once leaks nothing on PostgreSQL."""
    found: Any = machine(url=await fresh_database(), prepare=staticmethod(tenancy.mutate))
    from hypothesis.stateful import run_state_machine_as_test

    await asyncio.to_thread(run_state_machine_as_test, found, settings=QUICK)
