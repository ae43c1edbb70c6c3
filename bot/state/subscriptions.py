"""Which channels take a daily digest, when, and who set it up."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from bot.digest.schedule import Schedule, days_of
from bot.state.schema import digest_subscription as table
from bot.state.schema import digest_told
from bot.state.shelf import Shelf

# Each tick of the clockwork asks for them: put together once.
_ALL = select(table).where(table.c.tenant == bindparam("its_tenant")).order_by(table.c.channel)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's digest. No digest is due at or before `since`: when it was set up, changed or resumed."""

    tenant: str
    channel: str
    schedule: Schedule
    user: str
    since: dt.datetime
    paused: bool


class Subscriptions(Shelf):
    """One subscription a channel."""

    async def subscribe(
        self, tenant: str, channel: str, schedule: Schedule, *, user: str, now: dt.datetime, calls: Mapping[str, str]
    ) -> None:
        """Set up a channel's digest, or change it.

        `calls` (id -> fingerprint) are those already loaded: a new subscription begins with what comes after them; a
        changed one keeps what it has told.
        """
        values = {
            "hour": schedule.hour,
            "minute": schedule.minute,
            "days": schedule.mask,
            "zone": schedule.zone,
            "user": user,
            "since": now,
            "paused": False,
        }
        known = select(table.c.user).where(table.c.tenant == tenant, table.c.channel == channel)
        told = [
            {"tenant": tenant, "channel": channel, "call": call, "fingerprint": fingerprint}
            for call, fingerprint in calls.items()
        ]
        async with self.database.writing(tenant) as connection:
            if told and (await connection.execute(known)).first() is None:
                await connection.execute(self.database.insert(digest_told).on_conflict_do_nothing(), told)
            await connection.execute(
                self.database.insert(table)
                .values(tenant=tenant, channel=channel, **values)
                .on_conflict_do_update(index_elements=["tenant", "channel"], set_=values)
            )

    async def put_back(self, before: Subscription) -> None:
        """Let a channel's digest be again what it was before a change that did not hold."""
        mine = (table.c.tenant == before.tenant, table.c.channel == before.channel)
        schedule = before.schedule
        statement = (
            update(table)
            .where(*mine)
            .values(
                hour=schedule.hour,
                minute=schedule.minute,
                days=schedule.mask,
                zone=schedule.zone,
                user=before.user,
                since=before.since,
                paused=before.paused,
            )
        )
        async with self.database.writing(before.tenant) as connection:
            await connection.execute(statement)

    async def unsubscribe(self, tenant: str, channel: str) -> bool:
        """End a channel's digest; False where there was none. What was told is forgotten with it."""
        mine = (table.c.tenant == tenant, table.c.channel == channel)
        async with self.database.writing(tenant) as connection:
            ended = (await connection.execute(delete(table).where(*mine).returning(table.c.channel))).first()
            await connection.execute(
                delete(digest_told).where(digest_told.c.tenant == tenant, digest_told.c.channel == channel)
            )
        return ended is not None

    async def pause(self, tenant: str, channel: str, now: dt.datetime, *, paused: bool) -> bool:
        """Pause a digest, or resume it from `now` on; False where there is none."""
        statement = (
            update(table)
            .where(table.c.tenant == tenant, table.c.channel == channel)
            .values(paused=paused, since=now)
            .returning(table.c.channel)
        )
        async with self.database.writing(tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def subscription(self, tenant: str, channel: str) -> Subscription | None:
        """Return a channel's digest, None where it has none."""
        query = select(table).where(table.c.tenant == tenant, table.c.channel == channel)
        async with self.database.reading(tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _subscription(row)

    async def subscriptions(self, tenant: str) -> tuple[Subscription, ...]:
        """Return all digests of a workspace, paused ones too."""
        async with self.database.reading(tenant) as connection:
            return tuple(_subscription(row) for row in (await connection.execute(_ALL, {"its_tenant": tenant})).all())


def _subscription(row: Row[Any]) -> Subscription:
    schedule = Schedule(row.hour, row.minute, days_of(row.days), row.zone)
    return Subscription(row.tenant, row.channel, schedule, row.user, row.since, row.paused)
