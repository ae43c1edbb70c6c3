"""What somebody asked lately, to ask it again with a tap."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Insert, Integer, bindparam, delete, func, or_, select, text

from bot.state.database import Inserting
from bot.state.schema import forgotten
from bot.state.schema import recent_question as table
from bot.state.shelf import Shelf

NOBODY = ""  # in the place of a person who is forgotten, or of everybody
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
_FORGOTTEN = select(func.max(forgotten.c.at)).where(
    forgotten.c.tenant == bindparam("its_tenant"),
    or_(forgotten.c.user == bindparam("its_user"), forgotten.c.user == NOBODY),
)
# PostgreSQL only (SQLite has one writer): who is being forgotten is so before we look, or after we have written.
_STILL = text("LOCK TABLE forgotten IN SHARE MODE")


class Recents(Shelf):
    """Each person's last questions, seen by that person only."""

    async def save_recent(
        self, tenant: str, user: str, *questions: str, ages: Mapping[str, dt.timedelta] | None = None
    ) -> None:
        """Put questions on top of a person's last ones, the newest last, and erase what is beyond KEPT: one commit.

        `ages` tells how long ago they were asked: what is older than the person's wish to be forgotten is left out.
        """
        now = await self.database.now(self.clock())
        mine = {"its_tenant": tenant, "its_user": user}
        async with self.database.writing(tenant) as connection:
            if ages and not self.database.on_sqlite:
                await connection.execute(_STILL)
            at = (await connection.execute(_FORGOTTEN, mine)).scalar() if ages else None
            kept = [each for each in questions if at is None or now - (ages or {}).get(each, dt.timedelta()) > at]
            rows = [
                {"tenant": tenant, "user": user, "question": question, "asked_at": now + MOMENT * place}
                for place, question in enumerate(kept)
            ]
            if rows:
                await connection.execute(self.database.once(_putting), rows)
                await connection.execute(_CLEARING, mine)

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
