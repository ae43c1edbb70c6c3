"""The workspaces that have installed Earshot: who they are, and the token that speaks there, never in clear."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.state.forgetting import erase, note_forgetting
from bot.state.recents import NOBODY
from bot.state.schema import forgotten
from bot.state.schema import installation as table
from bot.state.shelf import Shelf
from bot.state.walls import EVERY


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace. `tenant` is the enterprise's id for an organisation-wide install, else the team's."""

    tenant: str
    team: str | None
    enterprise: str | None
    token: str = field(repr=False)
    bot_id: str
    bot_user: str
    url: str | None = None
    scopes: tuple[str, ...] = ()
    installer: str | None = None
    installed_at: dt.datetime | None = None


class Installations(Shelf):
    """Installations by tenant; tokens are sealed on the way in and opened on the way out."""

    async def install(self, tenant: str, installation: Installation) -> None:
        """Keep an installation; a second one of the same workspace replaces the first. Raises SettingsError: no key."""
        values = {
            "team": installation.team,
            "enterprise": installation.enterprise,
            "token": self.vault.seal(installation.token),
            "bot_id": installation.bot_id,
            "bot_user": installation.bot_user,
            "url": installation.url,
            "scopes": " ".join(installation.scopes),
            "installer": installation.installer,
            "installed_at": installation.installed_at or self.clock(),
        }
        insert = self.database.insert(table).values(tenant=tenant, **values)
        async with self.database.writing(tenant) as connection:
            await connection.execute(insert.on_conflict_do_update(index_elements=["tenant"], set_=values))

    async def installation(self, tenant: str) -> Installation | None:
        """Return an installation by one look-up in the primary key, None where there is none. Raises SettingsError."""
        query = select(table).where(table.c.tenant == tenant)
        async with self.database.reading(tenant) as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else self._opened(row)

    async def installed_tenants(self) -> tuple[str, ...]:
        """Return the tenants (nothing else) that have installed Earshot."""
        async with self.database.reading(EVERY) as connection:
            return tuple(sorted((await connection.execute(select(table.c.tenant))).scalars()))

    async def uninstall(self, tenant: str, before: dt.datetime | None = None) -> bool:
        """Erase everything of a tenant, at once; False where nothing was installed.

        What stays for a few hours is the moment: questions that another process has gathered don't come after it.

        Slack tells of a revoked token and of an uninstalled app in any order, and repeats itself: the second time
        changes nothing. With `before`, a workspace that was installed anew after that moment stays.
        """
        found = select(table.c.installed_at).where(table.c.tenant == tenant)
        people = delete(forgotten).where(forgotten.c.tenant == tenant, forgotten.c.user != NOBODY)
        now = await self.database.now(self.clock())
        async with self.database.writing(tenant) as connection:
            installed_at = (await connection.execute(found)).scalar_one_or_none()
            if installed_at is not None and before is not None and installed_at > before:
                return False
            await note_forgetting(self.database, connection, tenant, NOBODY, now)
            await connection.execute(people)
            await erase(connection, tenant, keep=(forgotten.name,))
        return installed_at is not None

    async def renew_tokens(self, tenant: str) -> bool:
        """Seal a tenant's token anew with the newest key; False where there is none. Raises SettingsError."""
        query = select(table.c.token).where(table.c.tenant == tenant)
        async with self.database.writing(tenant) as connection:
            sealed = (await connection.execute(query)).scalar_one_or_none()
            if sealed is None:
                return False
            statement = update(table).where(table.c.tenant == tenant).values(token=self.vault.renew(sealed))
            await connection.execute(statement)
        return True

    def _opened(self, row: Row[Any]) -> Installation:
        return Installation(
            tenant=row.tenant,
            team=row.team,
            enterprise=row.enterprise,
            token=self.vault.open(row.token),
            bot_id=row.bot_id,
            bot_user=row.bot_user,
            url=row.url,
            scopes=tuple(row.scopes.split()),
            installer=row.installer,
            installed_at=row.installed_at,
        )
