"""From whatever version of the tables a database has to the newest; forward only, in one transaction."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.state.database import Database

VERSIONS = Path(__file__).parent / "versions"


async def migrate(database: Database) -> None:
    """Upgrade the tables to the newest version; nothing is done where they are."""
    if database.path is not None:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    async with database.writing() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    """Run the migrations that the database lacks, inside the caller's transaction."""
    script = _script()

    def steps(revision: str, _context: MigrationContext) -> object:
        return script._upgrade_revs("head", revision)  # noqa: SLF001  # the recipe in EnvironmentContext's own docs

    with EnvironmentContext(Config(), script, fn=steps, destination_rev="head") as environment:
        environment.configure(connection=connection)
        with environment.begin_transaction():
            environment.run_migrations()


def _script() -> ScriptDirectory:
    """Return the folder of versions, as Alembic reads it."""
    return ScriptDirectory(str(VERSIONS), version_locations=[str(VERSIONS)])
