"""Looking at a database without changing it: what a start would find there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.state.database import Database
from bot.state.migrations import versions_of
from bot.state.store import Store
from bot.state.vault import Vault
from bot.state.walls import NO_TENANT, passes


@dataclass(frozen=True, slots=True)
class Standing:
    """How a database stands: its tables' version (None: none yet), the newest, and whether its role passes walls."""

    found: str | None
    newest: str
    passes: bool = False


async def look(url: str, keys: Sequence[str] = ()) -> Standing:
    """Look at the database at `url`; nothing is made, upgraded or sealed anew.

    Raises DatabaseError where a start would be refused, and SettingsError where no key fits the stored tokens. Those
    are looked at where the tables are the newest: older ones can't be read before they are upgraded.
    """
    database = Database.at(url)
    try:
        found, newest = await versions_of(database)
        if found is None and database.on_sqlite:
            return Standing(found, newest)  # to connect would make the file
        async with database.reading(NO_TENANT) as connection:
            unheld = await connection.run_sync(passes)
        if found == newest:
            store = Store(database, Vault(keys), _unread)
            for tenant in await store.installed_tenants() if keys else ():
                await store.installation(tenant)
        return Standing(found, newest, unheld)
    finally:
        await database.close()


def _unread() -> dt.datetime:
    raise AssertionError("to look stamps nothing")
