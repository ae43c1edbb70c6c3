"""Settings of a channel: a name and a value each."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select

from bot.state.schema import channel_setting as table
from bot.state.shelf import Shelf

_SETTINGS = select(table.c.name, table.c.value).where(  # each answer reads them: put together once
    table.c.tenant == bindparam("its_tenant"), table.c.channel == bindparam("its_channel")
)


class Channels(Shelf):
    """What a channel has set. The names belong to those who read them."""

    async def save_setting(self, tenant: str, channel: str, name: str, value: str | None) -> None:
        """Set a channel's setting; None takes it back."""
        async with self.database.writing(tenant) as connection:
            if value is None:
                await connection.execute(
                    delete(table).where(table.c.tenant == tenant, table.c.channel == channel, table.c.name == name)
                )
                return
            await connection.execute(
                self.database.insert(table)
                .values(tenant=tenant, channel=channel, name=name, value=value)
                .on_conflict_do_update(index_elements=["tenant", "channel", "name"], set_={"value": value})
            )

    async def settings(self, tenant: str, channel: str) -> Mapping[str, str]:
        """Return everything a channel has set, by name."""
        async with self.database.reading(tenant) as connection:
            rows = await connection.execute(_SETTINGS, {"its_tenant": tenant, "its_channel": channel})
            return {row.name: row.value for row in rows.all()}

    async def setting(self, tenant: str, channel: str, name: str) -> str | None:
        """Return one setting of a channel, None where it isn't set."""
        return (await self.settings(tenant, channel)).get(name)
