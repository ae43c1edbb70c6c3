"""The database behind the store: one engine, transactions for reading and for writing."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Table, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.state.sqlite import Connection as Driven
from bot.state.sqlite import Driver
from bot.state.walls import NAME, PART

BUSY = 5_000  # milliseconds a writer waits for another process
# PostgreSQL: nobody waits long for a replica that stands still within a transaction, and the server ends that one.
PATIENCE = {"lock_timeout": "5s", "idle_in_transaction_session_timeout": "30s"}
READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"  # how SQLite's transactions start
PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode=WAL",  # readers never wait for the writer
    "PRAGMA synchronous=FULL",  # a commit outlives a power cut
    f"PRAGMA busy_timeout={BUSY}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten, not left in free pages
)


Inserting = Callable[[Table], sqlite.Insert | postgresql.Insert]
S = TypeVar("S")


class Database:
    """One SQLite file or PostgreSQL database. Writers take turns on SQLite; PostgreSQL sorts them out itself."""

    def __init__(self, engine: AsyncEngine, url: URL) -> None:
        self.engine = engine
        self.url = url
        self.on_sqlite = engine.dialect.name == "sqlite"
        self._alone = self.on_sqlite and self.path is None
        self._turn = asyncio.Lock()

    @property
    def path(self) -> Path | None:
        """The SQLite file, None on PostgreSQL and in memory."""
        name = self.url.database
        return Path(name) if self.on_sqlite and name and name != ":memory:" else None

    @property
    def name(self) -> str:
        """The database for people: the file, or the address without its password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    @classmethod
    def at(cls, url: str) -> "Database":
        """Name a database by its address; nothing is opened yet. postgres:// and sqlite:// choose the async drivers.

        Parameters stay out of errors, for errors are logged, and parameters are what people said.
        """
        parsed = make_url(url)
        backend = parsed.get_backend_name() if parsed.drivername != "postgres" else "postgresql"
        if backend == "sqlite":
            parsed = parsed.set(drivername="sqlite+aiosqlite")
            memory = parsed.database in {None, "", ":memory:"}
            pool: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
            opening = {"factory": Prepared}
            engine = create_async_engine(parsed, hide_parameters=True, module=Driver(), connect_args=opening, **pool)
        else:
            parsed = parsed.set(drivername="postgresql+asyncpg")
            # A connection that the server closed meanwhile is noticed before it is used.
            engine = create_async_engine(
                parsed, hide_parameters=True, pool_pre_ping=True, connect_args={"server_settings": PATIENCE}
            )
        return cls(engine, parsed)

    @asynccontextmanager
    async def reading(self, tenant: str, *more: str) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction that changes nothing, for these tenants' rows (`bot/state/walls.py`)."""
        if not self.on_sqlite:
            async with self.engine.connect() as connection:
                await self._name(connection, (tenant, *more))
                yield connection
            return
        async with self._turn if self._alone else nullcontext():
            connection = await self.engine.connect()
            try:
                await _begin(connection, READ)
                yield connection
            finally:
                await connection.close()  # which waits for nothing, and so can't be cancelled half-way

    @asynccontextmanager
    async def writing(self, tenant: str, *more: str) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction that is committed at the end, undone on an error; tenants as above."""
        if not self.on_sqlite:
            async with self.engine.begin() as connection:
                await self._name(connection, (tenant, *more))
                yield connection
            return
        # One writer at a time in this process, so that nobody spins on SQLite's own lock.
        async with self._turn:
            connection = await self.engine.connect()
            keep = False
            try:
                await _begin(connection, WRITE)
                yield connection
                keep = True
            finally:
                await _to_its_end(connection.run_sync(_ended, keep))

    async def _name(self, connection: AsyncConnection, tenants: tuple[str, ...]) -> None:
        """Name a transaction's tenants to PostgreSQL, which then shows it no others' rows."""
        if not self.on_sqlite:
            await connection.execute(NAME, {"tenants": PART.join(tenants)})

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Return an INSERT that knows ON CONFLICT, in this database's dialect."""
        return sqlite.insert(table) if self.on_sqlite else postgresql.insert(table)

    def once(self, build: Callable[[Inserting], S]) -> S:
        """Return what `build` puts together with this INSERT, once a process: that takes longer than to run it."""
        statement: S = _built(build, sqlite.insert if self.on_sqlite else postgresql.insert)
        return statement

    async def now(self, own: dt.datetime) -> dt.datetime:
        """Return PostgreSQL's time, which all replicas share; on SQLite `own`, for there one host has one clock."""
        if self.on_sqlite:
            return own
        async with self.engine.connect() as connection:
            value = (await connection.execute(text("SELECT now()"))).scalar_one()
        if not isinstance(value, dt.datetime):
            raise TypeError("the database's clock gave no time")
        return value.astimezone(dt.UTC)

    async def close(self) -> None:
        """Let go of every connection; SQLite checkpoints its log with the last one."""
        await self.engine.dispose()


@cache
def _built(build: Callable[[Inserting], S], insert: Inserting) -> S:
    return build(insert)


def _ended(connection: Connection, keep: bool) -> None:
    try:
        if keep:
            connection.commit()
    finally:
        connection.close()  # which undoes what is not kept


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await something that must not be left half-way; whoever is cancelled meanwhile is so once it is done."""
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
        except Exception:  # noqa: BLE001, S110  # raised below, by the task
            pass
    try:
        task.result()
    finally:
        if cancelled is not None:
            raise cancelled


class Prepared(sqlite3.Connection):
    """A SQLite connection as we have it: transactions are begun by us (`_begin`), not guessed by the driver."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # whatever its parent takes
        super().__init__(*arguments, **options)
        try:
            self.isolation_level = None
            for pragma in PRAGMAS:
                self.execute(pragma)
        except BaseException:
            self.close()
            raise


async def _begin(connection: AsyncConnection, statement: str) -> None:
    """Begin a SQLite transaction: for a writer by taking the lock, so that it never fails half-way for a reader's."""
    own = connection.sync_connection
    driver: object = own and own.connection.dbapi_connection
    if isinstance(driver, Driven):
        driver.begin(statement, reads=statement == READ)
    else:
        await connection.exec_driver_sql(statement)
