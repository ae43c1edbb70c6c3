"""The workspaces Earshot is installed in, and the Web API clients that speak for it there."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation. `tenant` keys all state: the team's id, or the enterprise's for an organisation-wide install."""

    tenant: str
    team: str | None
    enterprise: str | None
    token: str
    bot: str  # the bot's id (B…)
    user: str  # the bot's user id (U…)
    url: str | None = None


class Workspaces(Protocol):
    """Where installations are looked up. One workspace now; an OAuth store plugs in here."""

    async def of(self, *, team: str | None, enterprise: str | None, org_wide: bool = False) -> Workspace | None:
        """Return the installation that a request belongs to, None where there is none."""

    async def installed(self) -> tuple[Workspace, ...]:
        """Return every installation: whom the digest serves."""
