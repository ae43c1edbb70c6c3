"""Whether answers helped: one verdict a person and answer."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from bot.state.schema import feedback as table
from bot.state.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody said of an answer."""

    channel: str
    user: str
    question: str
    helpful: bool
    given_at: dt.datetime


class Feedback(Shelf):
    """Verdicts; a second one on the same question by the same person replaces the first."""

    async def save_feedback(self, tenant: str, channel: str, user: str, question: str, *, helpful: bool) -> None:
        """Keep a verdict on the answer to a question."""
        values = {"helpful": helpful, "given_at": self.clock()}
        key = hashlib.sha256(repr((channel, user, question)).encode()).hexdigest()
        insert = self.database.insert(table).values(
            tenant=tenant, id=key, channel=channel, user=user, question=question, **values
        )
        async with self.database.writing(tenant) as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=["tenant", "id"], set_=values))

    async def feedback(self, tenant: str, since: dt.datetime | None = None) -> tuple[Verdict, ...]:
        """Return the verdicts of a workspace, the newest first."""
        query = select(table).where(table.c.tenant == tenant).order_by(table.c.given_at.desc(), table.c.id)
        if since is not None:
            query = query.where(table.c.given_at > since)
        async with self.database.reading(tenant) as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Verdict(row.channel, row.user, row.question, row.helpful, row.given_at) for row in rows)
