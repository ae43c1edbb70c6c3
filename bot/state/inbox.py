"""Which events have come in: each is handled once, by one process, and what a crash left undone another one takes."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.state.batch import Batch
from bot.state.database import Database, Inserting
from bot.state.schema import inbox as table
from bot.state.shelf import Shelf
from bot.state.vault import Vault
from bot.state.walls import EVERY

LEASE = dt.timedelta(minutes=1)  # an event is its process's for so long after that one's last sign of life


@dataclass(frozen=True, slots=True)
class Received:
    """Something that came in and isn't done: its id and its body as it came."""

    event: str
    body: str
    received_at: dt.datetime


# What each event asks: put together once.
_MINE = (table.c.tenant == bindparam("its_tenant"), table.c.event == bindparam("its_event"))
_DONE = update(table).where(*_MINE).values(done_at=bindparam("at"), body=None)
_HOLDING = (
    update(table)
    .where(*_MINE, table.c.owner == bindparam("by"), table.c.done_at.is_(None))
    .values(lease_until=bindparam("until"))
)
# A row without a lease is of a version that knew none: it counts as taken when it came.
_FREE = and_(
    table.c.done_at.is_(None),
    table.c.body.is_not(None),
    table.c.received_at > bindparam("since"),
    or_(
        table.c.lease_until <= bindparam("at"),
        and_(table.c.lease_until.is_(None), table.c.received_at <= bindparam("stale")),
    ),
)
_LEFT = select(table.c.tenant).where(_FREE).distinct()
_TAKING = (
    update(table)
    .where(table.c.tenant == bindparam("its_tenant"), _FREE)
    .values(owner=bindparam("by"), lease_until=bindparam("until"))
    .returning(table.c.event, table.c.body, table.c.received_at)
)
Arrival = tuple[str, str, str | None, str | None]  # tenant, event, body, and who is at work on it


class Inbox(Shelf):
    """One row an event id. The row is there before Slack hears "received"; the body is erased with the work's end.

    Events come in bursts, and each commit waits for the disk: what comes in meanwhile shares the next commit.
    """

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(database, vault, clock)
        self._receiving: Batch[Arrival, bool] = Batch(self._receive)
        self._finishing: Batch[tuple[str, str], None] = Batch(self._done)

    async def receive(self, tenant: str, event: str, body: str, *, owner: str | None = None) -> bool:
        """Write an event down, with a LEASE for its owner; False where it is there already, and somebody else's."""
        return await self._receiving.do((tenant, event, body, owner))

    async def claim(self, tenant: str, event: str) -> bool:
        """Claim something that is done once, by whoever comes first; nobody takes it over. False where it is taken."""
        return await self._receiving.do((tenant, event, None, None))

    async def done(self, tenant: str, event: str) -> None:
        """Mark an event as handled, and erase its body."""
        await self._finishing.do((tenant, event))

    async def release(self, tenant: str, event: str) -> None:
        """Forget an event that could not be handled: the next time it comes, it is new."""
        statement = delete(table).where(table.c.tenant == tenant, table.c.event == event, table.c.done_at.is_(None))
        async with self.database.writing(tenant) as connection:
            await connection.execute(statement)

    async def hold(self, tenant: str, events: Collection[str], owner: str, until: dt.datetime) -> None:
        """Move the end of an owner's leases: ahead while it works on the events, to now where it gives them up."""
        rows = [{"its_tenant": tenant, "its_event": event, "by": owner, "until": until} for event in sorted(events)]
        if rows:
            async with self.database.writing(tenant) as connection:
                await connection.execute(_HOLDING, rows)

    async def take_undone(self, tenant: str, owner: str, now: dt.datetime, since: dt.datetime) -> tuple[Received, ...]:
        """Take over what came in after `since`, was never done, and is nobody's any more. Oldest first.

        One UPDATE decides, so that of any number of processes one has it.
        """
        asked = {"its_tenant": tenant, "by": owner, "until": now + LEASE, **_times(now, since)}
        async with self.database.writing(tenant) as connection:
            rows = (await connection.execute(_TAKING, asked)).all()
        taken = (Received(row.event, row.body, row.received_at) for row in rows)
        return tuple(sorted(taken, key=lambda one: (one.received_at, one.event)))

    async def tenants_with_undone(self, now: dt.datetime, since: dt.datetime) -> tuple[str, ...]:
        """Return the tenants (nothing else) that have something to take over."""
        async with self.database.reading(EVERY) as connection:
            return tuple(sorted((await connection.execute(_LEFT, _times(now, since))).scalars()))

    async def _receive(self, events: list[Arrival]) -> list[bool]:
        now = await self.database.now(self.clock())
        # The first of two alike is kept; PostgreSQL and SQLite would both pass over the second.
        first = {(tenant, event): (body, owner) for tenant, event, body, owner in reversed(events)}
        rows = [
            {
                "tenant": tenant,
                "event": event,
                "body": body,
                "received_at": now,
                "owner": owner,
                "lease_until": now + LEASE,
            }
            # in one order everywhere, or two replicas may deadlock
            for (tenant, event), (body, owner) in sorted(first.items(), key=lambda item: item[0])
        ]
        # Several rows are put into words anew each time; one, as most are, is remembered.
        insert = self.database.once(_receiving)
        async with self.database.writing(*{tenant for tenant, *_ in events}) as connection:
            found = await (connection.execute(insert.values(rows)) if rows[1:] else connection.execute(insert, rows[0]))
            new = {(row.tenant, row.event) for row in found.all()}
        results = []
        for tenant, event, *_ in events:
            results.append((tenant, event) in new)
            new.discard((tenant, event))
        return results

    async def _done(self, events: list[tuple[str, str]]) -> list[None]:
        now = self.clock()
        rows = [{"its_tenant": tenant, "its_event": event, "at": now} for tenant, event in sorted(events)]
        async with self.database.writing(*{tenant for tenant, *_ in events}) as connection:
            await connection.execute(_DONE, rows)
        return [None] * len(events)


def _times(now: dt.datetime, since: dt.datetime) -> dict[str, dt.datetime]:
    """Return the times by which a row is free."""
    return {"at": now, "since": since, "stale": now - LEASE}


def _receiving(inserting: Inserting) -> ReturningInsert[tuple[str, str]]:
    return inserting(table).on_conflict_do_nothing().returning(table.c.tenant, table.c.event)
