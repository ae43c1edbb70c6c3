"""The topics a channel watches: live ones post what a new call says on them, the others are quoted in its digest."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, union, update

from bot.state.run import State
from bot.state.schema import call_seen, digest_run, digest_subscription
from bot.state.schema import watch as table
from bot.state.shelf import Shelf
from bot.state.walls import EVERY

FOREVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # a watch that is muted until somebody unmutes it


# What each tick of the clockwork asks, put together once: that takes longer than SQLite takes to run it.
_ALL = (
    select(table)
    .where(table.c.tenant == bindparam("its_tenant"))
    .order_by(table.c.added_at, table.c.channel, table.c.key)
)
_LIVE = _ALL.where(table.c.live_since.is_not(None))
_OF_A_CHANNEL = _ALL.where(table.c.channel == bindparam("its_channel"))
_OF_A_PERSON = _ALL.where(table.c.user == bindparam("its_user"))
_SEEN = select(call_seen.c.call, call_seen.c.fingerprint, call_seen.c.first_at).where(
    call_seen.c.tenant == bindparam("its_tenant")
)
_TO_SERVE = union(
    select(digest_subscription.c.tenant),
    select(table.c.tenant).where(table.c.live_since.is_not(None)),
    select(digest_run.c.tenant).where(digest_run.c.state.in_((State.DUE, State.SENDING, State.SCHEDULED))),
)


@dataclass(frozen=True, slots=True)
class Watch:
    """A watched topic as it was typed, and who asked for it.

    `live_since`: new calls that come after this are posted about at once; None: the channel's digest quotes them.
    """

    topic: str
    user: str
    added_at: dt.datetime
    channel: str = ""
    key: str = ""  # the topic, folded
    live_since: dt.datetime | None = None
    muted_until: dt.datetime | None = None

    @property
    def live(self) -> bool:
        """Whether it posts at once."""
        return self.live_since is not None

    def muted(self, now: dt.datetime) -> bool:
        """Whether it is to be silent now."""
        return self.muted_until is not None and now < self.muted_until


@dataclass(frozen=True, slots=True)
class Seen:
    """When a workspace that watches something first had a call, and the call's bytes then."""

    fingerprint: str
    first_at: dt.datetime


class Watches(Shelf):
    """Watched topics by channel; case and outer blanks make no second topic."""

    async def add_watch(self, tenant: str, channel: str, topic: str, user: str) -> bool:
        """Watch a topic in the digest; False where the channel watches it already, in whichever way."""
        insert = (
            self.database.insert(table)
            .values(
                tenant=tenant, channel=channel, key=folded(topic), topic=topic.strip(), user=user, added_at=self.clock()
            )
            .on_conflict_do_nothing()
            .returning(table.c.key)
        )
        async with self.database.writing(tenant) as connection:
            return (await connection.execute(insert)).first() is not None

    async def go_live(
        self, tenant: str, channel: str, topic: str, user: str, *, now: dt.datetime, calls: Mapping[str, str]
    ) -> bool:
        """Post what calls that come from now on say on a topic; False where the channel has that already.

        `calls` (id -> fingerprint) are those that are there: they are no news, whoever watches what.
        """
        values = {"topic": topic.strip(), "user": user, "live_since": now, "muted_until": None}
        insert = (
            self.database.insert(table)
            .values(tenant=tenant, channel=channel, key=folded(topic), added_at=now, **values)
            .on_conflict_do_update(
                index_elements=["tenant", "channel", "key"], set_=values, where=table.c.live_since.is_(None)
            )
            .returning(table.c.key)
        )
        async with self.database.writing(tenant) as connection:
            if seen := _seen(tenant, calls, now):
                await connection.execute(self.database.insert(call_seen).on_conflict_do_nothing(), seen)
            return (await connection.execute(insert)).first() is not None

    async def mute(self, tenant: str, channel: str, topic: str | None, until: dt.datetime | None) -> tuple[str, ...]:
        """Silence a channel's live watch (all, where no topic is given) until a moment; None: speak again.

        Return the topics it was about.
        """
        named = [] if topic is None else [table.c.key == folded(topic)]
        statement = (
            update(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.live_since.is_not(None), *named)
            .values(muted_until=until)
            .returning(table.c.topic)
        )
        async with self.database.writing(tenant) as connection:
            return tuple(sorted((await connection.execute(statement)).scalars()))

    async def remove_watch(self, tenant: str, channel: str, topic: str) -> bool:
        """Watch a topic no longer; False where the channel didn't."""
        statement = (
            delete(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.key == folded(topic))
            .returning(table.c.key)
        )
        async with self.database.writing(tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def watches(self, tenant: str, channel: str) -> tuple[Watch, ...]:
        """Return a channel's watched topics, the oldest first."""
        return await self._watches(tenant, _OF_A_CHANNEL, its_channel=channel)

    async def live_watches(self, tenant: str) -> tuple[Watch, ...]:
        """Return a workspace's watches that post at once, muted ones too."""
        return await self._watches(tenant, _LIVE)

    async def watches_of(self, tenant: str, user: str) -> tuple[Watch, ...]:
        """Return what a person watches, in whichever channel."""
        return await self._watches(tenant, _OF_A_PERSON, its_user=user)

    async def all_watches(self, tenant: str) -> tuple[Watch, ...]:
        """Return what a workspace watches, in whichever channel: to choose from what somebody may see."""
        return await self._watches(tenant, _ALL)

    async def tenants_to_serve(self) -> tuple[str, ...]:
        """Return the tenants (nothing else) that the clockwork serves.

        Those that have a digest anywhere, a live watch, or something on its way: it may have to be taken back.
        """
        async with self.database.reading(EVERY) as connection:
            return tuple(sorted((await connection.execute(_TO_SERVE)).scalars()))

    async def see(self, tenant: str, calls: Mapping[str, str], now: dt.datetime) -> None:
        """Note calls (id -> fingerprint) as there since now, unless they were before."""
        if seen := _seen(tenant, calls, now):
            async with self.database.writing(tenant) as connection:
                await connection.execute(self.database.insert(call_seen).on_conflict_do_nothing(), seen)

    async def seen(self, tenant: str) -> Mapping[str, Seen]:
        """Return every call that a workspace has had, by id."""
        async with self.database.reading(tenant) as connection:
            rows = await connection.execute(_SEEN, {"its_tenant": tenant})
            return {row.call: Seen(row.fingerprint, row.first_at) for row in rows.all()}

    async def _watches(self, tenant: str, query: Select[Any], **of: str) -> tuple[Watch, ...]:
        async with self.database.reading(tenant) as connection:
            rows = await connection.execute(query, {"its_tenant": tenant, **of})
            return tuple(_watch(row) for row in rows.all())


def folded(topic: str) -> str:
    """Fold a topic so that "Gross  margin" and "gross margin" are one."""
    return " ".join(topic.casefold().split())


def _seen(tenant: str, calls: Mapping[str, str], now: dt.datetime) -> list[dict[str, object]]:
    return [
        {"tenant": tenant, "call": call, "fingerprint": fingerprint, "first_at": now}
        for call, fingerprint in calls.items()
    ]


def _watch(row: Row[Any]) -> Watch:
    return Watch(row.topic, row.user, row.added_at, row.channel, row.key, row.live_since, row.muted_until)
