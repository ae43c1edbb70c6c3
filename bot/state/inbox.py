"""Which events, commands and clicks have come in: each is handled once, and what a crash left undone is known."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.state.batch import Batch
from bot.state.database import Database, Inserting
from bot.state.schema import inbox as table
from bot.state.shelf import Shelf
from bot.state.vault import Vault
from bot.state.walls import EVERY


@dataclass(frozen=True, slots=True)
class Received:
    """Something that came in and isn't done: its id and its body as it came."""

    event: str
    body: str
    received_at: dt.datetime


# What each event asks: put together once.
_DONE = (
    update(table)
    .where(table.c.tenant == bindparam("its_tenant"), table.c.event == bindparam("its_event"))
    .values(done_at=bindparam("at"), body=None)
)
_LEFT = select(table.c.tenant).where(table.c.done_at.is_(None), table.c.received_at > bindparam("since")).distinct()


class Inbox(Shelf):
    """One row an event id. The row is there before Slack hears "received"; the body is erased with the work's end.

    Events come in bursts, and each commit waits for the disk: what comes in meanwhile shares the next commit.
    """

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(database, vault, clock)
        self._receiving: Batch[tuple[str, str, str], bool] = Batch(self._receive)
        self._finishing: Batch[tuple[str, str], None] = Batch(self._done)

    async def receive(self, tenant: str, event: str, body: str) -> bool:
        """Write an event down; False where it is there already, and so is nobody's work any more."""
        return await self._receiving.do((tenant, event, body))

    async def done(self, tenant: str, event: str) -> None:
        """Mark an event as handled, and erase its body."""
        await self._finishing.do((tenant, event))

    async def release(self, tenant: str, event: str) -> None:
        """Forget an event that could not be handled: the next time it comes, it is new."""
        statement = delete(table).where(table.c.tenant == tenant, table.c.event == event, table.c.done_at.is_(None))
        async with self.database.writing(tenant) as connection:
            await connection.execute(statement)

    async def _receive(self, events: list[tuple[str, str, str]]) -> list[bool]:
        now = self.clock()
        # The first of two alike is kept; PostgreSQL and SQLite would both pass over the second.
        first = {(tenant, event): body for tenant, event, body in reversed(events)}
        rows = [
            {"tenant": tenant, "event": event, "body": body, "received_at": now}
            for (tenant, event), body in sorted(first.items())  # in one order everywhere, or two replicas may deadlock
        ]
        # Several rows are put into words anew each time; one, as most are, is remembered.
        insert = self.database.once(_receiving)
        async with self.database.writing(*{tenant for tenant, *_ in events}) as connection:
            found = await (connection.execute(insert.values(rows)) if rows[1:] else connection.execute(insert, rows[0]))
            new = {(row.tenant, row.event) for row in found.all()}
        results = []
        for tenant, event, _ in events:
            results.append((tenant, event) in new)
            new.discard((tenant, event))
        return results

    async def _done(self, events: list[tuple[str, str]]) -> list[None]:
        now = self.clock()
        rows = [{"its_tenant": tenant, "its_event": event, "at": now} for tenant, event in sorted(events)]
        async with self.database.writing(*{tenant for tenant, *_ in events}) as connection:
            await connection.execute(_DONE, rows)
        return [None] * len(events)

    async def undone(self, tenant: str, since: dt.datetime) -> tuple[Received, ...]:
        """Return what came in after `since` and was never done, oldest first: to be replayed at the start."""
        query = (
            select(table.c.event, table.c.body, table.c.received_at)
            .where(table.c.tenant == tenant, table.c.done_at.is_(None), table.c.received_at > since)
            .order_by(table.c.received_at, table.c.event)
        )
        async with self.database.reading(tenant) as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Received(row.event, row.body, row.received_at) for row in rows if row.body is not None)

    async def tenants_with_undone(self, since: dt.datetime) -> tuple[str, ...]:
        """Return the tenants (nothing else) that have something to replay."""
        async with self.database.reading(EVERY) as connection:
            return tuple(sorted((await connection.execute(_LEFT, {"since": since})).scalars()))


def _receiving(inserting: Inserting) -> ReturningInsert[tuple[str, str]]:
    return inserting(table).on_conflict_do_nothing().returning(table.c.tenant, table.c.event)
