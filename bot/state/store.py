"""The store: everything Earshot remembers, behind one door. Its parts stand beside it, one noun a module."""

import datetime as dt
from collections.abc import Callable, Sequence

from bot.state.channels import Channels
from bot.state.database import Database
from bot.state.feedback import Feedback
from bot.state.forgetting import Forgetting
from bot.state.inbox import Inbox
from bot.state.installations import Installations
from bot.state.migrations import migrate
from bot.state.oauth import OAuthStates
from bot.state.recents import Recents
from bot.state.run_lists import RunLists
from bot.state.runs import Runs
from bot.state.saved import SavedQuotes
from bot.state.subscriptions import Subscriptions
from bot.state.team_words import TeamWords
from bot.state.threads import Threads
from bot.state.told import Told
from bot.state.uploads import Uploads
from bot.state.vault import Vault
from bot.state.watches import Watches
from bot.state.zones import Zones


class Store(
    Threads,
    Inbox,
    Channels,
    Watches,
    Subscriptions,
    Runs,
    RunLists,
    Told,
    Feedback,
    SavedQuotes,
    Recents,
    Zones,
    Installations,
    OAuthStates,
    Uploads,
    TeamWords,
    Forgetting,
):
    """Every method takes the tenant first; what another tenant keeps can't be named through it.

    `clock` stamps rows; whatever decides by time takes the time as an argument.
    """

    @classmethod
    async def open(cls, url: str, *, clock: Callable[[], dt.datetime], keys: Sequence[str] = ()) -> "Store":
        """Open the database at `url`, make or upgrade its tables, and return the store.

        `keys` are the Fernet keys of tokens, the newest first. Raises DatabaseError, with the database left as it was,
        where it is damaged, newer than this Earshot, not Earshot's, or can't be reached; SettingsError where no key
        fits the stored tokens. With several keys, every token is sealed anew with the first.
        """
        database = Database.at(url)
        try:
            await migrate(database)
        except BaseException:
            await database.close()
            raise
        store = cls(database, Vault(keys), clock)
        try:
            await store._use_keys(keys)
        except BaseException:
            await store.close()
            raise
        return store

    async def _use_keys(self, keys: Sequence[str]) -> None:
        """See that the keys fit the stored tokens; with a new key before an old one, seal them all with the new one."""
        for tenant in await self.installed_tenants() if keys else ():
            if len(keys) > 1:
                await self.renew_tokens(tenant)
            else:
                await self.installation(tenant)

    async def close(self) -> None:
        """Let go of the database."""
        await self.database.close()
