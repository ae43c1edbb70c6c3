"""What somebody asked lately, to ask it again with a tap."""

import datetime as dt

from sqlalchemy import Insert, Integer, bindparam, delete, select

from bot.state.database import Inserting
from bot.state.schema import recent_question as table
from bot.state.shelf import Shelf

KEPT = 20  # questions a person; older ones are erased with each new one
MOMENT = dt.timedelta(microseconds=1)  # between two questions that are written down together: it keeps their order


# Each answer asks so: put together once.
_MINE = (table.c.tenant == bindparam("its_tenant"), table.c.user == bindparam("its_user"))
_NEWEST = select(table.c.question).where(*_MINE).order_by(table.c.asked_at.desc()).limit(KEPT)
_CLEARING = delete(table).where(*_MINE, table.c.question.not_in(_NEWEST))
_LAST = (
    select(table.c.question)
    .where(*_MINE)
    .order_by(table.c.asked_at.desc(), table.c.question)
    .limit(bindparam("most", type_=Integer))
)


class Recents(Shelf):
    """Each person's last questions, seen by that person only."""

    async def save_recent(self, tenant: str, user: str, *questions: str) -> None:
        """Put questions on top of a person's last ones, the newest last, and erase what is beyond KEPT: one commit."""
        now = self.clock()
        rows = [
            {"tenant": tenant, "user": user, "question": question, "asked_at": now + MOMENT * place}
            for place, question in enumerate(questions)
        ]
        async with self.database.writing(tenant) as connection:
            await connection.execute(self.database.once(_putting), rows)
            await connection.execute(_CLEARING, {"its_tenant": tenant, "its_user": user})

    async def recents(self, tenant: str, user: str, limit: int = 5) -> tuple[str, ...]:
        """Return a person's last questions, the newest first."""
        asked = {"its_tenant": tenant, "its_user": user, "most": limit}
        async with self.database.reading(tenant) as connection:
            return tuple((await connection.execute(_LAST, asked)).scalars())


def _putting(inserting: Inserting) -> Insert:
    insert = inserting(table)
    return insert.on_conflict_do_update(
        index_elements=["tenant", "user", "question"], set_={"asked_at": insert.excluded.asked_at}
    )
