"""The words that a team has named, kept for it alone."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import delete, select

from bot.state.schema import team_word as table
from bot.state.shelf import Shelf
from bot.team import Alias, Sort, Synonym, Team


class Kind(StrEnum):
    """Which sort of word a row holds."""

    SYNONYM = "synonym"
    ALIAS = "alias"


class TeamWords(Shelf):
    """A team's synonyms and aliases. `key` is a word as it is compared; who names it anew gives it another meaning."""

    async def save_synonym(self, tenant: str, key: str, synonym: Synonym, user: str) -> None:
        """Keep a synonym in the place of one of the same key."""
        await self._save(tenant, Kind.SYNONYM, key, synonym.word, synonym.means, user)

    async def save_alias(self, tenant: str, key: str, alias: Alias, user: str) -> None:
        """Keep an alias in the place of one of the same key."""
        await self._save(tenant, Kind.ALIAS, key, alias.name, (alias.target, alias.sort), user)

    async def remove_word(self, tenant: str, kind: Kind, key: str) -> bool:
        """Forget a synonym or an alias; False where there is none of that key."""
        statement = (
            delete(table)
            .where(table.c.tenant == tenant, table.c.kind == kind, table.c.key == key)
            .returning(table.c.key)
        )
        async with self.database.writing(tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def team(self, tenant: str) -> Team:
        """Return everything that a team has named, in the order of the words."""
        query = select(table.c.kind, table.c.word, table.c.means).where(table.c.tenant == tenant).order_by(table.c.key)
        async with self.database.reading(tenant) as connection:
            rows = (await connection.execute(query)).all()
        return Team(
            tuple(Synonym(row.word, tuple(row.means)) for row in rows if row.kind == Kind.SYNONYM),
            tuple(Alias(row.word, row.means[0], Sort(row.means[1])) for row in rows if row.kind == Kind.ALIAS),
        )

    async def _save(self, tenant: str, kind: Kind, key: str, word: str, means: Sequence[str], user: str) -> None:
        values = {"word": word, "means": list(means), "user": user, "added_at": self.clock()}
        insert = self.database.insert(table).values(tenant=tenant, kind=kind, key=key, **values)
        async with self.database.writing(tenant) as connection:
            await connection.execute(
                insert.on_conflict_do_update(index_elements=["tenant", "kind", "key"], set_=values)
            )
