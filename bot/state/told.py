"""Which calls a channel has been told of, so that none comes as news twice."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from bot.state.schema import digest_told
from bot.state.shelf import Shelf


class Told(Shelf):
    """Calls by channel, with the fingerprint that they had when they were told."""

    async def told(self, tenant: str, channel: str) -> Mapping[str, str]:
        """Return the calls that a channel has been told of: id -> fingerprint."""
        query = select(digest_told.c.call, digest_told.c.fingerprint).where(
            digest_told.c.tenant == tenant, digest_told.c.channel == channel
        )
        async with self.database.reading(tenant) as connection:
            return {row.call: row.fingerprint for row in (await connection.execute(query)).all()}

    async def tell(
        self, tenant: str, channel: str, calls: Mapping[str, str], local_date: dt.date | None
    ) -> frozenset[str]:
        """Note calls as told outside a run: by `digest now`. Return those that nobody had: of two, one has each."""
        told = [
            {"tenant": tenant, "channel": channel, "call": call, "fingerprint": mark, "local_date": local_date}
            for call, mark in calls.items()
        ]
        if not told:
            return frozenset()
        statement = self.database.insert(digest_told).on_conflict_do_nothing().returning(digest_told.c.call)
        async with self.database.writing(tenant) as connection:
            return frozenset((await connection.execute(statement, told)).scalars())
