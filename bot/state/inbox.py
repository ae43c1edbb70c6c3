"""Which events, commands and clicks have come in: each is handled once, and what a crash left undone is known."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update

from bot.state.schema import inbox as table
from bot.state.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Received:
    """Something that came in and isn't done: its id and its body as it came."""

    event: str
    body: str
    received_at: dt.datetime


class Inbox(Shelf):
    """One row an event id. The row is there before Slack hears "received"; the body is erased with the work's end."""

    async def receive(self, tenant: str, event: str, body: str) -> bool:
        """Write an event down; False where it is there already, and so is nobody's work any more."""
        insert = (
            self.database.insert(table)
            .values(tenant=tenant, event=event, body=body, received_at=self.clock())
            .on_conflict_do_nothing()
            .returning(table.c.event)
        )
        async with self.database.writing() as connection:
            return (await connection.execute(insert)).first() is not None

    async def done(self, tenant: str, event: str) -> None:
        """Mark an event as handled, and erase its body."""
        statement = (
            update(table)
            .where(table.c.tenant == tenant, table.c.event == event)
            .values(done_at=self.clock(), body=None)
        )
        async with self.database.writing() as connection:
            await connection.execute(statement)

    async def undone(self, tenant: str, since: dt.datetime) -> tuple[Received, ...]:
        """Return what came in after `since` and was never done, oldest first: to be replayed at the start."""
        query = (
            select(table.c.event, table.c.body, table.c.received_at)
            .where(table.c.tenant == tenant, table.c.done_at.is_(None), table.c.received_at > since)
            .order_by(table.c.received_at, table.c.event)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Received(row.event, row.body, row.received_at) for row in rows if row.body is not None)

    async def tenants_with_undone(self, since: dt.datetime) -> tuple[str, ...]:
        """Return the tenants (nothing else) that have something to replay."""
        query = select(table.c.tenant).where(table.c.done_at.is_(None), table.c.received_at > since).distinct()
        async with self.database.reading() as connection:
            return tuple(sorted((await connection.execute(query)).scalars()))
