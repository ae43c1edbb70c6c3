"""What every part of the store stands on: the database, the vault and the clock that stamps rows."""

import datetime as dt
from collections.abc import Callable

from bot.state.database import Database
from bot.state.vault import Vault


class Shelf:
    """One part of the store. Each public method takes the tenant first, and each statement names it."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], dt.datetime]) -> None:
        self.database = database
        self.vault = vault
        self.clock = clock
