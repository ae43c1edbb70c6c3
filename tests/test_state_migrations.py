"""Versions of the tables: made, upgraded with a copy kept, or refused with a sentence and left untouched."""

import asyncio
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.state.database import Database
from bot.state.errors import DamagedError, DatabaseError, ForeignError, NewerError, UnreachableError
from bot.state.migrations import VERSION_TABLE, VERSIONS, copy, migrate
from bot.state.schema import metadata
from bot.state.store import Store
from bot.state.walls import EVERY
from handlers.serve import utc_now
from tests.cluster import fresh_database
from tests.engines import PRAGMAS

HEAD = max(path.stem for path in VERSIONS.glob("v*.py"))[1:5]
SECOND = '''"""A second version, for a test."""
import sqlalchemy as sa
from alembic import op
revision = "{name}"
down_revision = "{before}"
def upgrade():
    op.add_column("watch", sa.Column("note", sa.Text()))
    {then}
'''


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copies(folder: Path) -> list[str]:
    return [found.name for found in folder.glob("*.before-*")]


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


async def filled(path: Path) -> None:
    store = await Store.open(f"sqlite:///{path}", clock=utc_now)
    await store.add_watch("T1", "C1", "margin", "U1")
    await store.close()


def newer(folder: Path, then: str = "pass") -> Path:
    """Return a folder with all versions and one more."""
    folder = folder / "versions"
    shutil.copytree(VERSIONS, folder)
    (folder / "v9999_second.py").write_text(SECOND.format(name="9999", before=HEAD, then=then))
    return folder


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_the_versions_build_what_the_schema_says(tmp_path: Path, kind: str) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}" if kind == "sqlite" else await fresh_database()
    database = Database.at(url)
    await migrate(database)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, metadata))

    async with database.reading(EVERY) as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


@pytest.mark.postgres
async def test_postgresql_is_upgraded_once_by_replicas_that_start_together_and_refused_when_newer() -> None:
    url = await fresh_database()
    stores = await asyncio.gather(*(Store.open(url, clock=utc_now) for _ in range(5)))
    await stores[0].add_watch("T1", "C1", "margin", "U1")
    assert [watch.topic for watch in await stores[4].watches("T1", "C1")] == ["margin"]
    async with stores[0].database.writing(EVERY) as connection:
        await connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    for store in stores:
        await store.close()
    with pytest.raises(NewerError, match="9999"):
        await Store.open(url, clock=utc_now)
    with pytest.raises(UnreachableError, match="nowhere"):
        await Store.open(url.rpartition("/")[0] + "/nowhere", clock=utc_now)


@pytest.mark.postgres
async def test_postgresql_tables_of_another_program_are_left_alone() -> None:
    url = await fresh_database()
    database = Database.at(url)
    async with database.writing(EVERY) as connection:
        await connection.execute(text("CREATE TABLE thread (name TEXT)"))
    await database.close()
    with pytest.raises(ForeignError, match="thread"):
        await Store.open(url, clock=utc_now)


async def test_opening_twice_changes_nothing_and_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "state.db"
    await filled(path)
    store = await Store.open(f"sqlite:///{path}", clock=utc_now)
    assert [watch.topic for watch in await store.watches("T1", "C1")] == ["margin"]
    await store.close()
    assert copies(path.parent) == []


async def test_an_older_database_is_upgraded_and_a_copy_kept(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    await filled(path)
    database = Database.at(f"sqlite:///{path}")
    await migrate(database, newer(tmp_path))
    await database.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT topic, note FROM watch").fetchall() == [("margin", None)]
    with closing(sqlite3.connect(tmp_path / "state.db.before-9999")) as connection:
        assert connection.execute("SELECT topic FROM watch").fetchall() == [("margin",)]
        assert "note" not in [row[1] for row in connection.execute("PRAGMA table_info(watch)")]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_digests_of_the_first_version_are_kept(tmp_path: Path, kind: str) -> None:
    first = tmp_path / "first"
    first.mkdir()
    shutil.copy(VERSIONS / "v0001_first.py", first)
    url = f"sqlite:///{tmp_path / 'state.db'}" if kind == "sqlite" else await fresh_database()
    database = Database.at(url)
    await migrate(database, first)
    async with database.writing("T1") as connection:
        await connection.execute(
            text(
                "INSERT INTO digest_run (tenant, channel, local_date, due_at, state, attempts, reason) "
                "VALUES ('T1', 'C1', '2026-11-23', 1, 'posted', 2, 'once')"
            )
        )
    await database.close()
    store = await Store.open(url, clock=utc_now)
    assert [(str(run.local_date), run.state, run.attempts, run.reason, run.subject) for run in
            await store.runs("T1", "C1")] == [("2026-11-23", "posted", 2, "once", "")]  # fmt: skip
    await store.close()


async def test_an_upgrade_that_fails_half_way_leaves_the_old_version(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    await filled(path)
    database = Database.at(f"sqlite:///{path}")
    with pytest.raises(ZeroDivisionError):
        await migrate(database, newer(tmp_path, then="1 / 0"))
    await database.close()
    store = await Store.open(f"sqlite:///{path}", clock=utc_now)
    assert [watch.topic for watch in await store.watches("T1", "C1")] == ["margin"]
    await store.close()


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:12000] = b"\xa5" * (12000 - 4096)
    path.write_bytes(bytes(data))


def no_database(path: Path) -> None:
    path.write_bytes(b"This is a shopping list, and no database at all. " * 50)


def of_the_future(path: Path) -> None:
    run(path, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")


def of_somebody_else(path: Path) -> None:
    run(path, f"DROP TABLE {VERSION_TABLE}", "CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize(
    ("spoil", "error", "told"),
    [
        (cut_short, DamagedError, "is damaged"),
        (scribbled, DamagedError, "put a backup in its place"),
        (no_database, DamagedError, "file is not a database"),
        (of_the_future, NewerError, f"tables are version 9999, this Earshot knows {HEAD}"),
        (of_somebody_else, ForeignError, "belongs to another program"),
    ],
)
async def test_what_cant_be_used_is_refused_and_left_untouched(
    tmp_path: Path, spoil: Callable[[Path], None], error: type[DatabaseError], told: str
) -> None:
    path = tmp_path / "state.db"
    await filled(path)
    spoil(path)
    before = digest(path)
    with pytest.raises(error) as raised:
        await Store.open(f"sqlite:///{path}", clock=utc_now)
    assert told in raised.value.sentence
    assert str(path) in raised.value.sentence
    assert digest(path) == before
    assert copies(tmp_path) == []


@pytest.mark.parametrize(
    "url", ["sqlite:////dev/null/nowhere/state.db", "postgres://earshot:hunter2@127.0.0.1:1/earshot"]
)
async def test_what_cant_be_reached_is_told_without_the_password(url: str) -> None:
    with pytest.raises(UnreachableError) as raised:
        await Store.open(url, clock=utc_now)
    assert "can't be opened" in raised.value.sentence
    assert "hunter2" not in raised.value.sentence


async def test_a_copy_made_while_the_bot_runs_is_a_whole_database(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    store = await Store.open(f"sqlite:///{path}", clock=utc_now)
    await store.add_watch("T1", "C1", "margin", "U1")
    copy(path, tmp_path / "copy.db")
    await store.add_watch("T1", "C1", "capex", "U1")
    await store.close()
    restored = await Store.open(f"sqlite:///{tmp_path / 'copy.db'}", clock=utc_now)
    assert [watch.topic for watch in await restored.watches("T1", "C1")] == ["margin"]
    await restored.close()


async def test_sqlite_is_set_to_outlive_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.state.database.PRAGMAS", PRAGMAS)
    database = Database.at(f"sqlite:///{tmp_path / 'state.db'}")
    await migrate(database)
    async with database.reading(EVERY) as connection:
        for pragma, value in [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)]:
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == value
    await database.close()
