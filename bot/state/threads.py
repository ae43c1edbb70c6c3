"""What was asked in a thread last, so that a follow-up there ("and on margin?", "more") has something to follow."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.state.schema import thread as table
from bot.state.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Thread:
    """A question, in the words that read back into the same query, and how many of its hits were shown."""

    question: str
    offset: int


class Threads(Shelf):
    """The memory of threads, by channel and the root's timestamp."""

    async def save_thread(self, tenant: str, channel: str, thread: str, question: str, offset: int) -> None:
        """Remember the last question of a thread, in place of the one before."""
        values = {"question": question, "start": offset, "updated_at": self.clock()}
        insert = self.database.insert(table).values(tenant=tenant, channel=channel, thread=thread, **values)
        async with self.database.writing(tenant) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=["tenant", "channel", "thread"], set_=values)
            )

    async def thread(self, tenant: str, channel: str, thread: str) -> Thread | None:
        """Return the last question of a thread, None where nothing was asked in it."""
        query = select(table.c.question, table.c.start).where(
            table.c.tenant == tenant, table.c.channel == channel, table.c.thread == thread
        )
        async with self.database.reading(tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        return Thread(row.question, row.start) if row else None
