"""What the ledger holds, looked up: by workspace, by channel, by watch."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import bindparam, func, select

from bot.state.run import DIGEST, Run, State, run_of
from bot.state.schema import digest_run as table
from bot.state.shelf import Shelf

# What each tick of the clockwork asks, put together once.
_SCHEDULED = (
    select(table)
    .where(table.c.tenant == bindparam("its_tenant"), table.c.state == State.SCHEDULED)
    .order_by(table.c.due_at, table.c.channel)
)

_LAST = (
    select(table.c.channel, func.max(table.c.due_at).label("last"))
    .where(table.c.tenant == bindparam("its_tenant"), table.c.subject == DIGEST)
    .group_by(table.c.channel)
)


class RunLists(Shelf):
    """The ledger for those who only look."""

    async def last_due(self, tenant: str) -> Mapping[str, dt.datetime]:
        """Return when the last digest that has a row was due, or is, for each channel of a workspace."""
        async with self.database.reading(tenant) as connection:
            return {row.channel: row.last for row in (await connection.execute(_LAST, {"its_tenant": tenant})).all()}

    async def scheduled_runs(self, tenant: str) -> tuple[Run, ...]:
        """Return the runs that Slack has and hasn't posted, so far as the ledger knows."""
        async with self.database.reading(tenant) as connection:
            return tuple(run_of(row) for row in (await connection.execute(_SCHEDULED, {"its_tenant": tenant})).all())

    async def open_runs(self, tenant: str, channel: str) -> tuple[Run, ...]:
        """Return a channel's digests that may still be posted: due, being sent, or scheduled."""
        return tuple(run for run in await self.afoot(tenant, channel) if run.subject == DIGEST)

    async def afoot(self, tenant: str, channel: str) -> tuple[Run, ...]:
        """Return everything of a channel that may still be posted: its digests, and what its watches found."""
        states = (State.DUE, State.SENDING, State.SCHEDULED)
        query = (
            select(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.state.in_(states))
            .order_by(table.c.due_at, table.c.channel)
        )
        async with self.database.reading(tenant) as connection:
            return tuple(run_of(row) for row in (await connection.execute(query)).all())

    async def seconds_taken(self, tenant: str, channel: str, since: dt.datetime) -> frozenset[dt.datetime]:
        """Return the seconds from `since` on for which a channel has a message: each has one to itself."""
        query = select(table.c.post_at).where(
            table.c.tenant == tenant, table.c.channel == channel, table.c.post_at >= since
        )
        async with self.database.reading(tenant) as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def posts_since(self, tenant: str, channel: str, since: dt.datetime, *, start: str, but: str) -> int:
        """Count what a channel got after `since` or may yet, on subjects that begin with `start`, `but` one of them."""
        query = select(func.count()).where(
            table.c.tenant == tenant,
            table.c.channel == channel,
            func.substr(table.c.subject, 1, len(start)) == start,
            table.c.subject != but,
            table.c.state.in_((State.SENDING, State.SCHEDULED, State.POSTED)),
            table.c.post_at > since,
        )
        async with self.database.reading(tenant) as connection:
            return int((await connection.execute(query)).scalar_one())

    async def found(self, tenant: str, channel: str, limit: int = 50) -> tuple[Run, ...]:
        """Return the last runs of a channel's watches, the newest first."""
        query = (
            select(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.subject != DIGEST)
            .order_by(table.c.due_at.desc(), table.c.subject)
            .limit(limit)
        )
        async with self.database.reading(tenant) as connection:
            return tuple(run_of(row) for row in (await connection.execute(query)).all())

    async def runs(self, tenant: str, channel: str, limit: int = 10) -> tuple[Run, ...]:
        """Return a channel's last digests, the newest local date first."""
        query = (
            select(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.subject == DIGEST)
            .order_by(table.c.local_date.desc())
            .limit(limit)
        )
        async with self.database.reading(tenant) as connection:
            return tuple(run_of(row) for row in (await connection.execute(query)).all())
