"""The topics a channel watches: its digest quotes the turns about them."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select

from bot.state.schema import watch as table
from bot.state.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Watch:
    """A watched topic as it was typed, and who asked for it."""

    topic: str
    user: str
    added_at: dt.datetime


class Watches(Shelf):
    """Watched topics by channel; case and outer blanks make no second topic."""

    async def add_watch(self, tenant: str, channel: str, topic: str, user: str) -> bool:
        """Watch a topic; False where the channel watches it already."""
        insert = (
            self.database.insert(table)
            .values(
                tenant=tenant, channel=channel, key=_key(topic), topic=topic.strip(), user=user, added_at=self.clock()
            )
            .on_conflict_do_nothing()
            .returning(table.c.key)
        )
        async with self.database.writing(tenant) as connection:
            return (await connection.execute(insert)).first() is not None

    async def remove_watch(self, tenant: str, channel: str, topic: str) -> bool:
        """Watch a topic no longer; False where the channel didn't."""
        statement = (
            delete(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.key == _key(topic))
            .returning(table.c.key)
        )
        async with self.database.writing(tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def watches(self, tenant: str, channel: str) -> tuple[Watch, ...]:
        """Return a channel's watched topics, the oldest first."""
        query = (
            select(table.c.topic, table.c.user, table.c.added_at)
            .where(table.c.tenant == tenant, table.c.channel == channel)
            .order_by(table.c.added_at, table.c.key)
        )
        async with self.database.reading(tenant) as connection:
            return tuple(Watch(row.topic, row.user, row.added_at) for row in (await connection.execute(query)).all())


def _key(topic: str) -> str:
    """Fold a topic so that "Gross  margin" and "gross margin" are one."""
    return " ".join(topic.casefold().split())
