"""What somebody asked lately, to ask it again with a tap."""

import datetime as dt

from sqlalchemy import delete, select

from bot.state.schema import recent_question as table
from bot.state.shelf import Shelf

KEPT = 20  # questions a person; older ones are erased with each new one
MOMENT = dt.timedelta(microseconds=1)  # between two questions that are written down together: it keeps their order


class Recents(Shelf):
    """Each person's last questions, seen by that person only."""

    async def save_recent(self, tenant: str, user: str, *questions: str) -> None:
        """Put questions on top of a person's last ones, the newest last, and erase what is beyond KEPT: one commit."""
        now = self.clock()
        rows = [
            {"tenant": tenant, "user": user, "question": question, "asked_at": now + MOMENT * place}
            for place, question in enumerate(questions)
        ]
        mine = (table.c.tenant == tenant, table.c.user == user)
        newest = select(table.c.question).where(*mine).order_by(table.c.asked_at.desc()).limit(KEPT)
        insert = self.database.insert(table)
        async with self.database.writing(tenant) as connection:
            await connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["tenant", "user", "question"], set_={"asked_at": insert.excluded.asked_at}
                ),
                rows,
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
