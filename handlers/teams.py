"""Each team's own words, at hand for every question it asks."""

import asyncio
from typing import TYPE_CHECKING

from bot.team import NOBODYS, Team

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.place import Place

FRESH = 30.0  # seconds for which words are known without a look into the store; other replicas may change them
KEPT = 1_000  # teams; the oldest gives way


class Teams:
    """The words of teams as the store has them, looked up at most every FRESH seconds."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Team]] = {}
        self._changes = 0

    async def team(self, desk: "Desk", place: "Place") -> Team:
        """Return the words of the team that asks from a place; a guest of another organisation has none of them."""
        if place.outside:
            return NOBODYS
        tenant = place.tenant
        now = asyncio.get_running_loop().time()
        known = self._known.get(tenant)
        if known is not None and now < known[0]:
            return known[1]
        before = self._changes
        found = await desk.store.team(tenant)
        if before == self._changes:  # else some word was changed while we looked
            if len(self._known) >= KEPT:
                del self._known[next(iter(self._known))]
            self._known[tenant] = (now + FRESH, found)
        return found

    def forget(self, tenant: str) -> None:
        """Look a tenant's words up anew next time: they have changed."""
        self._changes += 1
        self._known.pop(tenant, None)
