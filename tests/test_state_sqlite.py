"""SQLite's own driver: whatever SQLAlchemy's says of a statement, this one says too, in one trip to its thread."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.state.sqlite import Driver


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
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT sum(i) FROM n"

    async def ask() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO word (said) VALUES ('a')"))
            await connection.execute(text(slow))

    task = asyncio.create_task(ask())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    async with engine.begin() as connection:
        assert await rows(connection) == []
        await connection.execute(text("INSERT INTO word (said) VALUES ('b')"))


async def test_a_statement_is_one_trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trips: list[str] = []
    real: Any = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, errand: Any, *arguments: Any, **more: Any) -> Any:
        trips.append(getattr(errand, "__name__", "?"))
        return await real(self, errand, *arguments, **more)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}", module=Driver())
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        trips.clear()
        for _ in range(5):
            assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
        assert len(trips) == 5
    await engine.dispose()
