"""Transcripts that people give: their bytes as they came, and who may see them."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, exists, null, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.state.room import Room
from bot.state.schema import upload as table
from bot.state.schema import upload_gift as gift
from bot.state.schema import upload_reading as read
from bot.state.shelf import Shelf

WORKSPACE = "*"  # no channel of Slack's is called so


@dataclass(frozen=True, slots=True)
class Upload:
    """A given file. `id` is the SHA-256 of its bytes (hex); `channel` is where it was given (WORKSPACE: widened).

    `correction` holds what the giver knew better than the file: fields of the call.
    """

    id: str
    name: str
    channel: str
    user: str
    given_at: dt.datetime
    size: int
    correction: Mapping[str, object] | None = None


# What each request asks: put together once.
_SEEN = (
    select(gift, table.c.size)
    .join(table, (table.c.tenant == gift.c.tenant) & (table.c.id == gift.c.id))
    .where(
        gift.c.tenant == bindparam("its_tenant"),
        table.c.tenant == bindparam("its_tenant"),
        or_(gift.c.channel == bindparam("its_channel"), gift.c.channel == WORKSPACE),
    )
    .order_by(gift.c.given_at.desc(), gift.c.id, gift.c.channel)
)

# PostgreSQL only (SQLite has one writer): one person's gifts are counted and kept one after the other.
_IN_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 0))")


class Uploads(Shelf):
    """Given files: seen in the channel they were given in, in the whole workspace when their giver says so."""

    async def give(
        self, tenant: str, channel: str, user: str, name: str, data: bytes, *, room: Room | None = None
    ) -> str:
        """Keep a file that `user` gave in `channel`; it is on the disk when this returns. Return its id.

        Raises FullError, with nothing kept, where that would be more than the person has `room` for.
        """
        key = hashlib.sha256(data).hexdigest()
        row = {"tenant": tenant, "id": key, "channel": channel, "user": user, "name": name, "given_at": self.clock()}
        async with self.database.writing(tenant) as connection:
            if room is not None:
                await self._check(connection, tenant, user, room, key, len(data))
            await connection.execute(
                self.database.insert(table)
                .values(tenant=tenant, id=key, size=len(data), data=data)
                # Written anew, so that the row is ours: else its last gift might be taken back before ours is there.
                .on_conflict_do_update(index_elements=["tenant", "id"], set_={"size": len(data)})
            )
            await connection.execute(self.database.insert(gift).values(row).on_conflict_do_nothing())
        return key

    async def _check(
        self, connection: AsyncConnection, tenant: str, user: str, room: Room, key: str, size: int
    ) -> None:
        """See that a person has room until the transaction ends; what they gave elsewhere takes none twice."""
        if not self.database.on_sqlite:
            await connection.execute(_IN_TURN, {"whose": f"{tenant} {user}"})
        rows = await connection.execute(_owned(tenant, gift.c.user == user))
        mine = {row.id: row.size for row in rows.all()}
        if key not in mine:
            room.check(mine, size)

    async def uploads(self, tenant: str, channel: str) -> tuple[Upload, ...]:
        """Return the files that a channel may see, the newest first; one given twice is listed once."""
        asked = {"its_tenant": tenant, "its_channel": channel}
        async with self.database.reading(tenant) as connection:
            rows = (await connection.execute(_SEEN, asked)).all()
        found: dict[str, Upload] = {}
        for row in rows:
            found.setdefault(row.id, _upload(row))
        return tuple(found.values())

    async def gifts(self, tenant: str, user: str) -> tuple[Upload, ...]:
        """Return what `user` gave, everywhere, the newest first: what may be taken back, and what counts."""
        return await self._gifts(tenant, gift.c.user == user)

    async def all_gifts(self, tenant: str) -> tuple[Upload, ...]:
        """Return what anybody gave in whichever channel, the newest first: to choose from what somebody may see."""
        return await self._gifts(tenant)

    async def correct(self, tenant: str, user: str, key: str, fields: Mapping[str, object] | None) -> bool:
        """Keep what the giver of a file knows better than it (None: nothing); False unless `user` gave it."""
        statement = (
            update(gift)
            .where(gift.c.tenant == tenant, gift.c.id == key, gift.c.user == user)
            .values(correction=null() if fields is None else dict(fields))
            .returning(gift.c.id)
        )
        async with self.database.writing(tenant) as connection:
            return bool((await connection.execute(statement)).all())

    async def save_reading(self, tenant: str, key: str, reader: str, data: bytes) -> None:
        """Keep what a version of the parser (`reader`) made of a file; it goes when the file goes."""
        row = {"tenant": tenant, "id": key, "reader": reader, "data": data}
        there = select(table.c.id).where(table.c.tenant == tenant, table.c.id == key)
        there = there.with_for_update(read=True, key_share=True)  # it stays until we have ended
        async with self.database.writing(tenant) as connection:
            if (await connection.execute(there)).first() is not None:
                await connection.execute(
                    self.database.insert(read)
                    .values(row)
                    .on_conflict_do_update(index_elements=["tenant", "id"], set_={"reader": reader, "data": data})
                )

    async def reading(self, tenant: str, key: str, reader: str) -> bytes | None:
        """Return what this version of the parser made of a file, None where it did not read it yet."""
        query = select(read.c.data).where(read.c.tenant == tenant, read.c.id == key, read.c.reader == reader)
        async with self.database.reading(tenant) as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def upload(self, tenant: str, channel: str, key: str) -> bytes | None:
        """Return a file's bytes, None where the channel may not see it or nobody gave it."""
        seen = exists().where(
            gift.c.tenant == tenant,
            gift.c.id == table.c.id,
            gift.c.channel.in_((channel, WORKSPACE)),
        )
        query = select(table.c.data).where(table.c.tenant == tenant, table.c.id == key, seen)
        async with self.database.reading(tenant) as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def widen(self, tenant: str, user: str, key: str, channel: str = "") -> bool:
        """Let the whole workspace see a file; False unless `user` gave it.

        It is seen as it was given in `channel`, where it was: its name elsewhere is nobody's business.
        """
        mine = (gift.c.tenant == tenant, gift.c.id == key, gift.c.user == user)
        query = (
            select(gift.c.name, gift.c.correction)
            .where(*mine)
            .order_by(gift.c.channel != channel, gift.c.name, gift.c.channel)
        )
        async with self.database.writing(tenant) as connection:
            given = (await connection.execute(query)).first()
            if given is None:
                return False
            row: dict[str, object] = {
                "tenant": tenant,
                "id": key,
                "channel": WORKSPACE,
                "user": user,
                "name": given.name,
            }
            if given.correction is not None:
                row["correction"] = given.correction
            await connection.execute(
                self.database.insert(gift).values(row | {"given_at": self.clock()}).on_conflict_do_nothing()
            )
        return True

    async def narrow(self, tenant: str, user: str, key: str) -> bool:
        """Take back what `widen` did; False unless `user` had widened it."""
        return await self._take(tenant, gift.c.id == key, gift.c.user == user, gift.c.channel == WORKSPACE)

    async def take_back(self, tenant: str, channel: str, user: str, key: str) -> bool:
        """Take a file back from a channel, and from the workspace; False unless `user` gave it there."""
        return await self._take(tenant, gift.c.id == key, gift.c.user == user, gift.c.channel.in_((channel, WORKSPACE)))

    async def _gifts(self, tenant: str, *where: ColumnElement[bool]) -> tuple[Upload, ...]:
        async with self.database.reading(tenant) as connection:
            return tuple(_upload(row) for row in (await connection.execute(_owned(tenant, *where))).all())

    async def _take(self, tenant: str, *where: ColumnElement[bool]) -> bool:
        """Delete gifts, and with the last gift of a file its bytes."""
        kept = exists().where(gift.c.tenant == tenant, gift.c.id == table.c.id)
        async with self.database.writing(tenant) as connection:
            await hold(connection, tenant, *where)
            gone = await connection.execute(delete(gift).where(gift.c.tenant == tenant, *where).returning(gift.c.id))
            taken = gone.all()
            await connection.execute(delete(table).where(table.c.tenant == tenant, ~kept))
        return bool(taken)


async def hold(connection: AsyncConnection, tenant: str, *where: ColumnElement[bool]) -> None:
    """Hold the files of some gifts until the transaction ends: nobody gives one while its last gift goes.

    PostgreSQL alone needs that; SQLite, with one writer at a time, passes over it.
    """
    ids = select(gift.c.id).where(gift.c.tenant == tenant, *where)
    held = select(table.c.id).where(table.c.tenant == tenant, table.c.id.in_(ids)).order_by(table.c.id)
    await connection.execute(held.with_for_update())


def _owned(tenant: str, *where: ColumnElement[bool]) -> Select[Any]:
    """Select the gifts of a workspace that meet a condition, the newest first."""
    return (
        select(gift, table.c.size)
        .join(table, (table.c.tenant == gift.c.tenant) & (table.c.id == gift.c.id))
        .where(gift.c.tenant == tenant, table.c.tenant == tenant, *where)
        .order_by(gift.c.given_at.desc(), gift.c.id, gift.c.channel)
    )


def _upload(row: Row[Any]) -> Upload:
    return Upload(row.id, row.name, row.channel, row.user, row.given_at, row.size, row.correction)
