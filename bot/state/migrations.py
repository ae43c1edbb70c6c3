"""From whatever version of the tables a database has to the newest; forward only, in one transaction.

Alembic keeps the order and writes the SQL of both databases; its command line and `env.py` aren't used. A database that
is damaged, newer or somebody else's is refused before anything in it changes. An older SQLite file is copied first.
"""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from asyncpg.exceptions import PostgresError  # type: ignore[import-untyped]  # asyncpg ships no types
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.state.database import Database
from bot.state.errors import DamagedError, ForeignError, NewerError, UnreachableError
from bot.state.schema import metadata
from bot.state.walls import EVERY, NO_TENANT, build, unwalled

VERSIONS = Path(__file__).parent / "versions"
VERSION_TABLE = "earshot_version"
LOCK = 0x45617273  # "Ears": replicas that start together upgrade one after the other (PostgreSQL's advisory lock)


async def migrate(database: Database, versions: Path = VERSIONS) -> None:
    """Upgrade the tables to the newest of `versions`; nothing is done where they are. Raises DatabaseError."""
    script = _script(versions)
    try:
        if database.path is not None:
            database.path.parent.mkdir(parents=True, exist_ok=True)
            found = examine(database.path, script)
            if found == script.get_current_head():
                async with database.reading(NO_TENANT):
                    return  # it can be opened for writing too
            if found is not None:
                copy(database.path, database.path.with_name(f"{database.path.name}.before-{script.get_current_head()}"))
        # Looked at first without a lock: a replica that stands still at its start must not keep the others from theirs.
        async with database.reading(NO_TENANT) as connection:
            current = await connection.run_sync(_version)
            walled = not await connection.run_sync(unwalled)
        if current != script.get_current_head() or not walled:
            async with database.writing(EVERY) as connection:
                await connection.run_sync(_upgrade, script, database.name)
    except (OSError, SQLAlchemyError, PostgresError) as error:
        raise UnreachableError(database.name, _first_line(error)) from error


async def versions_of(database: Database) -> tuple[str | None, str]:
    """Return a database's version of the tables (None: none yet) and the newest. Raises DatabaseError; only looks."""
    script = _script(VERSIONS)
    newest = script.get_current_head() or "none"
    if database.path is not None:
        return examine(database.path, script), newest
    try:
        async with database.reading(NO_TENANT) as connection:
            found = await connection.run_sync(_version)
            if found is None:
                await connection.run_sync(_unclaimed, database.name)
    except (OSError, SQLAlchemyError, PostgresError) as error:
        raise UnreachableError(database.name, _first_line(error)) from error
    return None if found is None else _known(found, script, database.name), newest


@cache
def _script(versions: Path) -> ScriptDirectory:
    """Read a folder of versions: once a process, for it runs each of their modules."""
    return ScriptDirectory(str(versions), version_locations=[str(versions)])


def examine(path: Path, script: ScriptDirectory) -> str | None:
    """Return the version of a SQLite file's tables, None where it has none. Raises DatabaseError; changes nothing."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            versions = []
            if VERSION_TABLE in tables:
                versions = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall()  # noqa: S608  # our own name
    except sqlite3.DatabaseError as error:
        raise DamagedError(str(path), str(error)) from error
    if finding != "ok":
        raise DamagedError(str(path), str(finding))
    if tables and not versions:
        raise ForeignError(str(path), tables[0])
    return _known(str(versions[0][0]), script, str(path)) if versions else None


def copy(path: Path, target: Path) -> None:
    """Copy a SQLite file as it stands, with all that is committed; an older copy of that name is replaced."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def _version(connection: Connection) -> str | None:
    """Return the version of the tables, None where there are none."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def _upgrade(connection: Connection, script: ScriptDirectory, where: str) -> None:
    """Run the versions that the database lacks, inside the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))  # an upgrade may take its time, and the others wait
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    current = _version(connection)
    if current is not None:
        _known(current, script, where)
    else:
        _unclaimed(connection, where)

    def steps(revision: str, _context: MigrationContext) -> object:
        return script._upgrade_revs("head", revision)  # noqa: SLF001  # the recipe in EnvironmentContext's own docs

    with EnvironmentContext(Config(), script, fn=steps, destination_rev="head") as environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE)
        with environment.begin_transaction():
            environment.run_migrations()
    build(connection)


def _unclaimed(connection: Connection, where: str) -> None:
    """See that tables without a version aren't another program's. Raises ForeignError."""
    if mine := sorted(set(inspect(connection).get_table_names()) & set(metadata.tables)):
        raise ForeignError(where, mine[0])


def _known(version: str, script: ScriptDirectory, where: str) -> str:
    """Return a version that this Earshot knows. Raises NewerError."""
    if version not in {revision.revision for revision in script.walk_revisions()}:
        raise NewerError(where, version, script.get_current_head() or "none")
    return version


def _first_line(error: BaseException) -> str:
    """Return what a driver says, in one line, without the SQL that SQLAlchemy adds."""
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0].rstrip(".")
