"""States of OAuth: what ties an answer from Slack to the person who pressed the button, good once."""

import datetime as dt
import secrets

from sqlalchemy import delete

from bot.state.schema import oauth_state as table
from bot.state.shelf import Shelf
from bot.state.walls import NO_TENANT

LIFE = dt.timedelta(minutes=10)


class OAuthStates(Shelf):
    """The one part of the store without a tenant: before the installation there is none."""

    async def new_state(self, now: dt.datetime) -> str:
        """Make a state that lives ten minutes, and forget those that are over."""
        state = secrets.token_urlsafe(32)
        async with self.database.writing(NO_TENANT) as connection:
            await connection.execute(delete(table).where(table.c.expires_at <= now))
            await connection.execute(self.database.insert(table).values(state=state, expires_at=now + LIFE))
        return state

    async def use_state(self, state: str, now: dt.datetime) -> bool:
        """Use a state up; False where it was used, is over, or never was. Of any number who try, one has it."""
        statement = delete(table).where(table.c.state == state, table.c.expires_at > now).returning(table.c.state)
        async with self.database.writing(NO_TENANT) as connection:
            return (await connection.execute(statement)).first() is not None
