"""SQLite's own driver: whatever SQLAlchemy's says of a statement, this one says too, in one trip to its thread."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.state.database import Database
from bot.state.sqlite import Driver

SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT sum(i) FROM n"


@pytest.fixture(params=["ours", "theirs"])
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    more = {"module": Driver()} if request.param == "ours" else {}
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", **more)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE word (id INTEGER PRIMARY KEY, said TEXT UNIQUE)"))
    yield engine
    await engine.dispose()


async def rows(connection: AsyncConnection) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in await connection.execute(text("SELECT id, said FROM word ORDER BY id"))]


async def test_rows_counts_and_keys_are_the_same(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        made = await connection.execute(text("INSERT INTO word (said) VALUES (:said)"), {"said": "a"})
        assert (made.rowcount, made.lastrowid, made.returns_rows) == (1, 1, False)
        many = await connection.execute(text("INSERT INTO word (said) VALUES (:said)"), [{"said": "b"}, {"said": "c"}])
        assert many.rowcount == 2
        back = await connection.execute(text("UPDATE word SET said = said || 'x' WHERE id > 1 RETURNING id, said"))
        assert sorted(back.all()) == [(2, "bx"), (3, "cx")]
        none = await connection.execute(text("SELECT said AS what FROM word WHERE id = 9"))
        assert (list(none.keys()), none.first()) == (["what"], None)
        gone = await connection.execute(text("DELETE FROM word WHERE id = 1"))
        assert gone.rowcount == 1
    async with engine.connect() as connection:
        assert await rows(connection) == [(2, "bx"), (3, "cx")]


async def test_an_error_is_sqlalchemys_and_spoils_nothing_else(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO word (said) VALUES ('a')"))
        with pytest.raises(IntegrityError, match="UNIQUE"):
            await connection.execute(text("INSERT INTO word (said) VALUES ('a')"))
        with pytest.raises(OperationalError, match="no such table"):
            await connection.execute(text("SELECT * FROM nowhere"))
        assert await rows(connection) == [(1, "a")]


@pytest.mark.parametrize("engine", ["ours"], indirect=True)  # theirs leaves the database locked
async def test_who_is_cancelled_within_a_statement_leaves_nothing_behind(engine: AsyncEngine) -> None:
    async def ask() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO word (said) VALUES ('a')"))
            await connection.execute(text(SLOW))

    task = asyncio.create_task(ask())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    async with engine.begin() as connection:
        assert await rows(connection) == []
        await connection.execute(text("INSERT INTO word (said) VALUES ('b')"))


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to SQLite's thread from now on."""
    trips: list[str] = []
    real: Any = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, errand: Any, *arguments: Any, **more: Any) -> Any:
        trips.append(getattr(errand, "__name__", "?"))
        return await real(self, errand, *arguments, **more)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return trips


async def test_a_statement_is_one_trip(tmp_path: Path, trips: list[str]) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", module=Driver())
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        trips.clear()
        for _ in range(5):
            assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
        assert len(trips) == 5
    await engine.dispose()


@pytest.mark.parametrize("where", ["", "/a.db"])
async def test_a_transaction_begins_with_its_first_statement_and_ends_once(
    tmp_path: Path, trips: list[str], where: str
) -> None:
    database = Database.at(f"sqlite://{where and f'/{tmp_path}{where}'}")
    async with database.writing("T1") as connection:
        await connection.execute(text("CREATE TABLE word (said TEXT UNIQUE)"))
    trips.clear()
    await _write(database, "a", "b")
    assert trips == ["_ran", "_ran", "commit"]
    trips.clear()
    with pytest.raises(IntegrityError):
        await _write(database, "c", "a")
    assert trips == ["_ran", "_ran", "rollback"]
    trips.clear()
    async with database.reading("T1") as connection:
        assert (await connection.execute(text("SELECT count(*) FROM word"))).scalar_one() == 2
    assert trips == ["_ran"]  # nobody waits for the end of what only read
    trips.clear()
    for kind in (database.reading, database.writing):  # it has come before whatever is next
        async with kind("T1") as connection:
            raw: Any = await connection.get_raw_connection()
            assert not await raw.driver_connection._execute(lambda own: own.in_transaction, raw.driver_connection._conn)
    trips.clear()
    async with database.writing("T1"):
        pass
    assert trips == []
    await database.close()


async def _write(database: Database, *words: str) -> None:
    async with database.writing("T1") as connection:
        for said in words:
            await connection.execute(text("INSERT INTO word VALUES (:said)"), {"said": said})


async def test_who_only_reads_sees_one_state_and_leaves_it_whatever_happens(tmp_path: Path) -> None:
    database = Database.at(f"sqlite:///{tmp_path / 'a.db'}")
    async with database.writing("T1") as connection:
        await connection.execute(text("CREATE TABLE word (said TEXT)"))
    with closing(sqlite3.connect(tmp_path / "a.db", timeout=0, isolation_level=None)) as other:
        last = asyncio.Event()

        async def ask(number: int, then: str) -> None:
            async with database.reading("T1") as connection:
                assert (await connection.execute(text("SELECT count(*) FROM word"))).scalar_one() == number
                other.execute("INSERT INTO word VALUES ('a')")
                assert (await connection.execute(text("SELECT count(*) FROM word"))).scalar_one() == number
                last.set()
                await connection.execute(text(then))

        await ask(0, "SELECT 1")
        with pytest.raises(OperationalError, match="no such table"):
            await ask(1, "SELECT * FROM nowhere")
        last.clear()
        task = asyncio.create_task(ask(2, SLOW))
        await last.wait()  # the slow statement is on its way
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        await ask(3, "SELECT 1")
        for _ in range(5_000):  # nobody waits for the ends, but they come: soon nobody reads any more
            if other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0):
                break
            await asyncio.sleep(0.001)
        else:
            raise AssertionError("somebody still reads")
    await database.close()


@pytest.mark.parametrize("where", ["", "/a.db"])
async def test_with_sqlalchemys_own_cursor_a_database_works_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr("bot.state.database.Driver", SQLiteDialect_aiosqlite.import_dbapi)
    database = Database.at(f"sqlite://{where and f'/{tmp_path}{where}'}")
    async with database.writing("T1") as connection:
        await connection.execute(text("CREATE TABLE word (said TEXT UNIQUE)"))
    await _write(database, "a", "b")
    with pytest.raises(IntegrityError):
        await _write(database, "c", "a")
    async with database.reading("T1") as connection:
        assert (await connection.execute(text("SELECT count(*) FROM word"))).scalar_one() == 2
    await database.close()


async def test_who_is_cancelled_at_the_end_has_written_all_and_the_next_one_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database.at(f"sqlite:///{tmp_path / 'a.db'}")
    async with database.writing("T1") as connection:
        await connection.execute(text("CREATE TABLE word (said TEXT)"))
    real, there, on = aiosqlite.Connection.commit, asyncio.Event(), asyncio.Event()

    async def slow(self: aiosqlite.Connection) -> None:
        there.set()
        await on.wait()
        await real(self)

    monkeypatch.setattr(aiosqlite.Connection, "commit", slow)
    task = asyncio.create_task(_write(database, "a", "b"))
    await there.wait()
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0)
    assert not task.done()
    on.set()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    await _write(database, "c")
    async with database.reading("T1") as connection:
        assert (await connection.execute(text("SELECT said FROM word"))).scalars().all() == ["a", "b", "c"]
    await database.close()


async def test_a_writer_has_the_lock_from_its_first_statement_on(tmp_path: Path) -> None:
    """Else it would read, and then fail where another process has written meanwhile."""
    path = tmp_path / "a.db"
    database = Database.at(f"sqlite:///{path}")
    async with database.writing("T1") as connection:
        await connection.execute(text("CREATE TABLE word (said TEXT)"))
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        async with database.reading("T1") as connection:
            await connection.execute(text("SELECT * FROM word"))
            other.execute("INSERT INTO word VALUES ('a')")
        async with database.writing("T1") as connection:
            await connection.execute(text("SELECT * FROM word"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("INSERT INTO word VALUES ('b')")
        other.execute("INSERT INTO word VALUES ('c')")
    await database.close()
