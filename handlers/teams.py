"""Each team's own words, at hand for every question it asks."""

from typing import TYPE_CHECKING

from bot.team import NOBODYS, Team
from handlers.known import Known

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.place import Place

FRESH = 30.0  # seconds for which words are known without a look into the store; other replicas may change them
KEPT = 1_000  # teams


class Teams:
    """The words of teams as the store has them, looked up at most every FRESH seconds."""

    def __init__(self) -> None:
        self._known: Known[str, Team] = Known(FRESH, KEPT)

    async def team(self, desk: "Desk", place: "Place") -> Team:
        """Return the words of the team that asks from a place; a guest of another organisation has none of them."""
        if place.outside:
            return NOBODYS
        return await self._known.of(place.tenant, lambda: desk.store.team(place.tenant))

    def forget(self, tenant: str) -> None:
        """Look a tenant's words up anew next time: they have changed."""
        self._known.forget(lambda known: known == tenant)
