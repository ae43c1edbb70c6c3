"""What was asked in a thread last, so that a follow-up there ("and on margin?", "more") has something to follow."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Insert, bindparam, select

from bot.state.database import Inserting
from bot.state.schema import thread as table
from bot.state.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Thread:
    """A question, in the words that read back into the same query, and how many of its hits were shown."""

    question: str
    offset: int


_THREAD = select(table.c.question, table.c.start).where(
    table.c.tenant == bindparam("its_tenant"),
    table.c.channel == bindparam("its_channel"),
    table.c.thread == bindparam("its_thread"),
)


class Threads(Shelf):
    """The memory of threads, by channel and the root's timestamp."""

    async def save_thread(self, tenant: str, channel: str, thread: str, question: str, offset: int) -> None:
        """Remember the last question of a thread, in place of the one before."""
        row: dict[str, Any] = {"tenant": tenant, "channel": channel, "thread": thread}
        row |= {"question": question, "start": offset, "updated_at": self.clock()}
        async with self.database.writing(tenant) as connection:
            await connection.execute(self.database.once(_putting), row)

    async def thread(self, tenant: str, channel: str, thread: str) -> Thread | None:
        """Return the last question of a thread, None where nothing was asked in it."""
        which = {"its_tenant": tenant, "its_channel": channel, "its_thread": thread}
        async with self.database.reading(tenant) as connection:
            row = (await connection.execute(_THREAD, which)).one_or_none()
        return Thread(row.question, row.start) if row else None


def _putting(inserting: Inserting) -> Insert:
    insert = inserting(table)
    new = {name: insert.excluded[name] for name in ("question", "start", "updated_at")}
    return insert.on_conflict_do_update(index_elements=["tenant", "channel", "thread"], set_=new)
