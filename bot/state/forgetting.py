"""Erasing: what a person left behind, and what is older than anybody needs."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.database import Database
from bot.state.recents import NOBODY
from bot.state.run import State
from bot.state.schema import (
    digest_run,
    digest_subscription,
    feedback,
    forgotten,
    inbox,
    installation,
    metadata,
    recent_question,
    saved_quote,
    team_word,
    thread,
    upload,
    upload_gift,
    user_zone,
    watch,
)
from bot.state.shelf import Shelf
from bot.state.uploads import hold
from bot.state.walls import EVERY


async def erase(connection: AsyncConnection, tenant: str, keep: Collection[str] = ()) -> int:
    """Erase every row of a tenant, in the caller's transaction, but those of the tables to keep. Return how many."""
    gone = 0
    for table in reversed(metadata.sorted_tables):  # children before parents, for the foreign keys
        if "tenant" in table.c and table.name not in keep:
            gone += (await connection.execute(delete(table).where(table.c.tenant == tenant))).rowcount
    return gone


async def note_forgetting(
    database: Database, connection: AsyncConnection, tenant: str, user: str, now: dt.datetime
) -> None:
    """Note when somebody, or everybody, is forgotten: what was gathered before is not written after it.

    First of all in its transaction, for it waits for who is writing questions down at this moment.
    """
    statement = database.insert(forgotten).values(tenant=tenant, user=user, at=now)
    await connection.execute(statement.on_conflict_do_update(index_elements=["tenant", "user"], set_={"at": now}))


class Forgetting(Shelf):
    """Erases at once; SQLite overwrites what was erased (`secure_delete`)."""

    async def forget_user(self, tenant: str, user: str) -> int:
        """Erase what `user` saved, asked and gave. Return how many rows went.

        A channel's watches and digest stay, and the team's words, without the name of who set them up.
        """
        gone = 0
        now = await self.database.now(self.clock())
        async with self.database.writing(tenant) as connection:
            await note_forgetting(self.database, connection, tenant, user, now)
            await hold(connection, tenant, upload_gift.c.user == user)
            for table in (saved_quote, recent_question, user_zone, feedback, upload_gift):
                found = await connection.execute(
                    delete(table).where(table.c.tenant == tenant, table.c.user == user).returning(table.c.tenant)
                )
                gone += len(found.all())
            left = upload_gift.c.id == upload.c.id
            given = upload_gift.select().where(upload_gift.c.tenant == tenant, left).exists()
            await connection.execute(delete(upload).where(upload.c.tenant == tenant, ~given))
            for table in (watch, digest_subscription, team_word):
                await connection.execute(
                    update(table).where(table.c.tenant == tenant, table.c.user == user).values(user=NOBODY)
                )
        return gone

    async def forget_tenant(self, tenant: str) -> int:
        """Erase everything of a tenant but its installation. Return how many rows went."""
        now = await self.database.now(self.clock())
        async with self.database.writing(tenant) as connection:
            await note_forgetting(self.database, connection, tenant, NOBODY, now)
            return await erase(connection, tenant, keep=(installation.name, forgotten.name))

    async def tenants_with_forgettings(self) -> tuple[str, ...]:
        """Return the tenants (nothing else) of whom a moment of forgetting is kept, be they installed or not."""
        async with self.database.reading(EVERY) as connection:
            return tuple(sorted((await connection.execute(select(forgotten.c.tenant).distinct())).scalars()))

    async def prune(
        self,
        tenant: str,
        before: dt.datetime,
        *,
        runs: dt.datetime | None = None,
        forgettings: dt.datetime | None = None,
    ) -> int:
        """Erase a tenant's threads, events, verdicts, questions and ended digests from before a moment.

        Ended digests only from before `runs`, where given: the ledger tells which dates had theirs. The moments of
        forgetting from before `forgettings`, where given. Return how many.
        """
        ended = (State.POSTED, State.QUIET, State.SKIPPED, State.DEAD)
        old = (
            (forgotten, forgotten.c.at < (forgettings or before)),  # first, as in `note_forgetting`
            (thread, thread.c.updated_at < before),
            (inbox, inbox.c.received_at < before),
            (feedback, feedback.c.given_at < before),
            (recent_question, recent_question.c.asked_at < before),
            (digest_run, (digest_run.c.due_at < (runs or before)) & digest_run.c.state.in_(ended)),
        )
        gone = 0
        async with self.database.writing(tenant) as connection:
            for table, condition in old:
                found = await connection.execute(
                    delete(table).where(table.c.tenant == tenant, condition).returning(table.c.tenant)
                )
                gone += len(found.all())
        return gone
