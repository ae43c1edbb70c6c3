"""SQLite behind SQLAlchemy's async engine, with one trip to its thread a statement, and one to end what was written.

The adapter that SQLAlchemy brings sends the thread four errands a statement (a cursor, the statement, its rows, the
cursor's end), one before it to begin, and one after the end to undo what is over already; each costs the event loop
more than SQLite takes to answer. Here a transaction begins with its first statement, nobody waits for the end of one
that only read, and what is over is left alone.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import await_only

Description = tuple[tuple[Any, ...], ...] | None  # as the DB-API has it: a column's name and six fields that are None


class Cursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor whose rows are all there once a statement has run; nothing of it stays open in the thread."""

    __slots__ = ("_description", "_lastrowid", "_rowcount")

    server_side = False

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:  # its parent would open a cursor
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001  # where the adapter keeps the driver's own
        self._rows = deque()
        self._description: Description = None
        self._rowcount, self._lastrowid = -1, 0

    @property
    def description(self) -> Any:  # noqa: ANN401  # as its parent types it
        return self._description

    @property
    def rowcount(self) -> int:
        return self._rowcount

    @property
    def lastrowid(self) -> int:
        return self._lastrowid

    def execute(self, operation: str, parameters: Any = None) -> None:  # noqa: ANN401  # as its parent types it
        """Run a statement, and fetch what it gives."""
        self._run("execute", operation, () if parameters is None else parameters)

    def executemany(self, operation: str, seq_of_parameters: Sequence[Any]) -> None:
        """Run a statement for each of some parameters."""
        self._run("executemany", operation, seq_of_parameters)

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Close nothing: nothing is open."""

    def _run(self, method: str, operation: str, parameters: Any) -> None:  # noqa: ANN401  # as above
        try:
            driver: Any = self._connection
            done = await_only(driver._execute(_ran, driver._conn, self._begun(), method, operation, parameters))  # noqa: SLF001  # as its own methods do
        except Exception as error:  # noqa: BLE001  # the adapter's own way: it raises what SQLAlchemy expects
            self._adapt_connection._handle_exception(error)  # noqa: SLF001  # as above
        self._description, self._rowcount, self._lastrowid, rows = done
        self._rows = deque(rows)

    def _begun(self) -> str | None:
        connection = self._adapt_connection
        return connection.begun() if isinstance(connection, Connection) else None


def _ran(
    connection: sqlite3.Connection, begin: str | None, method: str, operation: str, parameters: object
) -> tuple[Description, int, int, list[Any]]:
    """Run a statement in the thread that owns the connection: its columns, its counts and its rows.

    `begin` is its transaction's BEGIN, which goes before the first one.
    """
    cursor = connection.cursor()
    try:
        if begin is not None and not connection.in_transaction:
            cursor.execute(begin)
        getattr(cursor, method)(operation, parameters)
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid or 0, rows
    finally:
        cursor.close()


class Connection(AsyncAdapt_aiosqlite_connection):
    """A connection with such cursors, that goes to its thread for nothing else but an end that ends something."""

    __slots__ = ("_begin", "_reads", "_used")

    _cursor_cls = Cursor  # type: ignore[assignment]  # its parent made it by another name of the argument

    def __init__(self, dbapi: "Driver", connection: Any) -> None:  # noqa: ANN401  # the driver's own
        super().__init__(dbapi, connection)
        self._begin: str | None = None
        self._reads = False  # whether the transaction only reads
        self._used = False  # whether a statement was sent, perhaps one nobody waited for, since the last end

    def begin(self, statement: str, *, reads: bool = False) -> None:
        """Begin a transaction by a statement (BEGIN …), which goes to the thread with the first one after it.

        One that only reads has nothing to undo: nobody waits for its end, behind which stands whatever comes next.
        """
        self._begin, self._reads = statement, reads

    def begun(self) -> str | None:
        """Note that a statement is sent; return its transaction's BEGIN."""
        self._used = True
        return self._begin

    def commit(self) -> None:
        """Keep what was done, if anything was."""
        self._end(super().commit)

    def rollback(self) -> None:
        """Undo what was done, if anything was."""
        if self._reads and self._used:
            self._send(_left)
            self._used = False
        self._end(super().rollback)

    def create_function(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # as its parent types it
        """Make a function of SQL: two with each connection, for which nobody waits either."""
        self._send(sqlite3.Connection.create_function, *arguments, **options)

    def _end(self, end: Callable[[], None]) -> None:
        self._begin, self._reads = None, False
        if self._used:
            end()
            self._used = False  # only now: an end that failed, or that nobody waited for, is tried again

    def _send(self, errand: Callable[..., object], *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # the errand's
        driver: Any = self._connection
        if driver._connection is None:  # noqa: SLF001  # where it is closed there is no thread
            return
        driver._tx.put_nowait((None, partial(errand, driver._conn, *arguments, **options)))  # noqa: SLF001  # as SQLAlchemy's own does


def _left(connection: sqlite3.Connection) -> None:
    """End, in the thread that owns the connection, a transaction that only read."""
    connection.rollback()


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """What `create_async_engine` takes as its `module`."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arguments: Any, **options: Any) -> Connection:  # noqa: ANN401  # as its parent types it
        made = super().connect(*arguments, **options)
        return Connection(self, made._connection)  # noqa: SLF001  # where the adapter keeps the driver's own
