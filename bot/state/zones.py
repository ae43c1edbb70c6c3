"""Which time zone a person is in, once asked or looked up."""

from sqlalchemy import select

from bot.state.schema import user_zone as table
from bot.state.shelf import Shelf


class Zones(Shelf):
    """Time zones by person, as IANA names ("Europe/Berlin")."""

    async def save_zone(self, tenant: str, user: str, zone: str) -> None:
        """Keep a person's time zone."""
        insert = self.database.insert(table).values(tenant=tenant, user=user, zone=zone)
        async with self.database.writing(tenant) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=["tenant", "user"], set_={"zone": zone})
            )

    async def zone(self, tenant: str, user: str) -> str | None:
        """Return a person's time zone, None where it was never learnt."""
        query = select(table.c.zone).where(table.c.tenant == tenant, table.c.user == user)
        async with self.database.reading(tenant) as connection:
            return (await connection.execute(query)).scalar_one_or_none()
