"""What somebody asked lately, to ask it again with a tap."""

from sqlalchemy import delete, select

from bot.state.schema import recent_question as table
from bot.state.shelf import Shelf

KEPT = 20  # questions a person; older ones are erased with each new one


class Recents(Shelf):
    """Each person's last questions, seen by that person only."""

    async def save_recent(self, tenant: str, user: str, question: str) -> None:
        """Put a question on top of a person's last ones, and erase what is beyond KEPT."""
        now = self.clock()
        mine = (table.c.tenant == tenant, table.c.user == user)
        newest = select(table.c.question).where(*mine).order_by(table.c.asked_at.desc()).limit(KEPT)
        async with self.database.writing(tenant) as connection:
            await connection.execute(
                self.database.insert(table)
                .values(tenant=tenant, user=user, question=question, asked_at=now)
                .on_conflict_do_update(index_elements=["tenant", "user", "question"], set_={"asked_at": now})
            )
            await connection.execute(delete(table).where(*mine, table.c.question.not_in(newest)))

    async def recents(self, tenant: str, user: str, limit: int = 5) -> tuple[str, ...]:
        """Return a person's last questions, the newest first."""
        query = (
            select(table.c.question)
            .where(table.c.tenant == tenant, table.c.user == user)
            .order_by(table.c.asked_at.desc(), table.c.question)
            .limit(limit)
        )
        async with self.database.reading(tenant) as connection:
            return tuple((await connection.execute(query)).scalars())
