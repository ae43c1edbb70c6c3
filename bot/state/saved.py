"""Quotes that somebody keeps: where they stand, never their words, which stay in the call."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select

from bot.state.schema import saved_quote as table
from bot.state.shelf import Shelf


@dataclass(frozen=True, slots=True)
class SavedQuote:
    """A place in a call: characters [start, end) of a turn. `fingerprint` tells whether the turn has changed since."""

    call: str
    turn: int
    start: int
    end: int
    fingerprint: str
    saved_at: dt.datetime


class SavedQuotes(Shelf):
    """Each person's own quotes."""

    async def save_quote(
        self, tenant: str, user: str, call: str, turn: int, *, start: int, end: int, fingerprint: str
    ) -> None:
        """Keep a quote; keeping it again renews it."""
        values = {"end": end, "fingerprint": fingerprint, "saved_at": self.clock()}
        insert = self.database.insert(table).values(
            tenant=tenant, user=user, call=call, turn=turn, start=start, **values
        )
        async with self.database.writing(tenant) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=["tenant", "user", "call", "turn", "start"], set_=values)
            )

    async def drop_quote(self, tenant: str, user: str, call: str, turn: int, start: int) -> bool:
        """Keep a quote no longer; False where it wasn't kept."""
        statement = (
            delete(table)
            .where(
                table.c.tenant == tenant,
                table.c.user == user,
                table.c.call == call,
                table.c.turn == turn,
                table.c.start == start,
            )
            .returning(table.c.turn)
        )
        async with self.database.writing(tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def saved_quotes(self, tenant: str, user: str) -> tuple[SavedQuote, ...]:
        """Return a person's quotes, the newest first."""
        query = (
            select(table)
            .where(table.c.tenant == tenant, table.c.user == user)
            .order_by(table.c.saved_at.desc(), table.c.call, table.c.turn, table.c.start)
        )
        async with self.database.reading(tenant) as connection:
            rows = (await connection.execute(query)).all()
        return tuple(SavedQuote(row.call, row.turn, row.start, row.end, row.fingerprint, row.saved_at) for row in rows)
