"""SQLAlchemy's engines in tests: hundreds of small SQLite databases, over one dialect and one store of compiled SQL.

A running bot has one engine, which writes each statement's SQL once. Tests have one a database, and each would write
the same SQL anew: a twentieth of their time. Nor do they wait for the disk, for none of them cuts the power.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.state import database

_FIRST: list[Engine] = []
PRAGMAS: tuple[str, ...] = database.PRAGMAS  # as a bot has them


def share() -> None:
    """Let the databases that are opened from now on share their SQL, and leave to the system when it writes."""
    vars(database)[create_async_engine.__name__] = _made  # where `Database.at` looks for it
    database.PRAGMAS = tuple(pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in PRAGMAS)


def _made(*arguments: Any, **options: Any) -> AsyncEngine:
    engine = create_async_engine(*arguments, **options)
    made = engine.sync_engine
    if made.dialect.name == "sqlite":
        if not _FIRST:
            _FIRST.append(made)
        made.dialect = made.pool._dialect = _FIRST[0].dialect  # nothing else sets it
        made._compiled_cache = _FIRST[0]._compiled_cache
    return engine
