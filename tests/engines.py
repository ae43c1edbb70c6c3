"""SQLAlchemy's engines in tests: hundreds of small SQLite databases, over one dialect and one store of compiled SQL.

A running bot has one engine, which writes each statement's SQL once. Tests have one a database, and each would write
the same SQL anew: a twentieth of their time. Nor do they send each statement to a thread and wait until it wakes the
loop, which takes several times as long as SQLite does over a few rows; the loop has its turn all the same, after each.
Tests of the driver itself, of several at once in one database, and of whole processes keep the thread (`threads`).
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
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.state import database

_FIRST: list[Engine] = []
_THREADS: list[bool] = []
AGAIN = 0.002  # seconds until a database that somebody else is writing to is tried again

Errand = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


def share() -> None:
    """Let the databases that are opened from now on share their SQL, and run it at once."""
    vars(database)[create_async_engine.__name__] = _made  # where `Database.at` looks for it


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


class _AtOnce:
    """What the driver takes for aiosqlite: its connections, without their thread."""

    @staticmethod
    def connect(*arguments: Any, **options: Any) -> aiosqlite.Connection:
        made = aiosqlite.connect(*arguments, **options)
        made._thread = SimpleNamespace(start=lambda: None)  # type: ignore[assignment]
        made._tx = SimpleNamespace(put_nowait=lambda errand: _run(made, errand))  # type: ignore[assignment]
        return made


def _run(connection: aiosqlite.Connection, errand: Errand, until: float | None = None) -> None:
    """Do an errand now, and tell of it in the loop's next turn; as long as the database is locked, later."""
    future, function = errand
    try:
        if connection._connection is not None and not connection._connection.in_transaction:
            connection._connection.execute("PRAGMA busy_timeout = 0")  # else who holds the lock could not go on
        result = function()
    except sqlite3.OperationalError as error:
        now = time.monotonic()
        if future is not None and not future.done():
            if "locked" in str(error) and now < (until or now + 1):
                future.get_loop().call_later(AGAIN, _run, connection, errand, until or now + database.BUSY / 1000)
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
