"""SQLAlchemy's engines in tests: hundreds of small SQLite databases, over one dialect and one store of compiled SQL.

A running bot has one engine, which writes each statement's SQL once. Tests have one a database, and each would write
the same SQL anew: a twentieth of their time. Nor do they send each statement to a thread and wait until it wakes the
loop, which takes several times as long as SQLite does over a few rows; the loop has its turn all the same, after each.
Nor do they wait for the disk, for none of them cuts the power. Tests of the driver itself, of several at once in one
database, and of whole processes keep the thread and the wait (`threads`).
"""

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import aiosqlite
from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.state import database

_FIRST: list[Engine] = []
_THREADS: list[bool] = []
_prepare = database._prepare
AGAIN = 0.002  # seconds until a database that somebody else is writing to is tried again

Errand = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


def share() -> None:
    """Let the databases that are opened from now on share their SQL, and run it at once."""
    vars(database)[create_async_engine.__name__] = _made  # where `Database.at` looks for them
    vars(database)[_prepare.__name__] = _prepared


@contextlib.contextmanager
def threads() -> Iterator[None]:
    """Let the databases that are opened meanwhile have a thread each, as a bot's have."""
    _THREADS.append(True)
    try:
        yield
    finally:
        _THREADS.pop()


def _made(*arguments: Any, **options: Any) -> AsyncEngine:
    if "module" in options and not _THREADS:
        options["module"].aiosqlite = _AtOnce
    engine = create_async_engine(*arguments, **options)
    made = engine.sync_engine
    if made.dialect.name == "sqlite":
        if not _FIRST:
            _FIRST.append(made)
        made.dialect = made.pool._dialect = _FIRST[0].dialect  # nothing else sets it
        made._compiled_cache = _FIRST[0]._compiled_cache
    return engine


def _prepared(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    _prepare(connection, entry)
    if isinstance(vars(connection.driver_connection)["_thread"], _NoThread):
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA busy_timeout=0")  # whoever holds the lock could not go on while this one waits
        cursor.close()


class _NoThread:
    """What a connection starts in place of its thread."""

    def start(self) -> None: ...


class _AtOnce:
    """What the driver takes for aiosqlite: its connections, without their thread."""

    @staticmethod
    def connect(*arguments: Any, **options: Any) -> aiosqlite.Connection:
        made = aiosqlite.connect(*arguments, **options)
        made._thread = _NoThread()  # type: ignore[assignment]
        made._tx = SimpleNamespace(put_nowait=_run)  # type: ignore[assignment]
        return made


def _run(errand: Errand, until: float | None = None) -> None:
    """Do an errand now, and tell of it in the loop's next turn; as long as the database is locked, later."""
    future, function = errand
    try:
        result = function()
    except sqlite3.OperationalError as error:
        until = until or time.monotonic() + database.BUSY / 1000
        if future is not None and not future.done():
            if "locked" in str(error) and time.monotonic() < until:
                future.get_loop().call_later(AGAIN, _run, errand, until)
            else:
                future.get_loop().call_soon(_told, future.set_exception, future, error)
    except Exception as error:  # noqa: BLE001  # all of it goes to who waits for it
        if future is not None:
            future.get_loop().call_soon(_told, future.set_exception, future, error)
    else:
        if future is not None:
            future.get_loop().call_soon(_told, future.set_result, future, result)


def _told(tell: Callable[[Any], None], future: asyncio.Future[Any], what: object) -> None:
    if not future.done():
        tell(what)
