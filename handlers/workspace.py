"""The workspaces Earshot is installed in."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.config import Settings
    from handlers.speaking import Speaking

AGENT = "assistant:write"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation.

    `tenant` keys all state: the team's id, or the enterprise's for an organisation-wide install. `bot` is the bot's id
    (B…), `user` its user id (U…), `url` the workspace's address. `agent`: it granted what Slack's agent view needs.
    """

    tenant: str
    team: str | None
    enterprise: str | None
    token: str
    bot: str
    user: str
    url: str | None = None
    agent: bool = False


class Workspaces(Protocol):
    """Where installations are looked up: one workspace from the settings, or many from a store."""

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        """Return the installation that a request belongs to, None where there is none."""

    async def installed(self) -> tuple[Workspace, ...]:
        """Return every installation: whom the digest serves."""


@dataclass(frozen=True, slots=True)
class OneWorkspace:
    """The one workspace whose token is in the settings."""

    workspace: Workspace

    @classmethod
    async def learn(cls, settings: "Settings", speaking: "Speaking") -> "OneWorkspace":
        """Ask Slack once whose token it is. Raises SettingsError when Slack refuses it or can't be reached."""
        token = settings.bot_token or ""
        try:
            told = await speaking.reading(token).auth_test()
        except SlackApiError as error:
            reason = error.response.get("error", "unknown")
            raise SettingsError(
                f"SLACK_BOT_TOKEN was refused by Slack ({reason}): copy the bot token again from OAuth & Permissions."
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SettingsError(
                f"SLACK_API_URL ({settings.api_url}) can't be reached: check the network, then start again."
            ) from error
        enterprise = told.get("enterprise_id") if told.get("is_enterprise_install") else None
        return cls(
            Workspace(
                tenant=str(enterprise or told["team_id"]),
                team=str(told["team_id"]),
                enterprise=str(enterprise) if enterprise else None,
                token=token,
                bot=str(told.get("bot_id") or ""),
                user=str(told["user_id"]),
                url=str(told["url"]) if told.get("url") else None,
                agent=AGENT in _granted(told.headers),
            )
        )

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        """Return the workspace where the ids are its own, else None: a stranger's request gets no answer."""
        if team is not None and team == self.workspace.team:
            return self.workspace
        if self.workspace.enterprise is not None and enterprise == self.workspace.enterprise:
            return self.workspace
        return None

    async def installed(self) -> tuple[Workspace, ...]:
        """Return the one."""
        return (self.workspace,)


@dataclass(frozen=True, slots=True)
class EveryWorkspace:
    """The workspaces that installed the app, and the one whose token is in the settings beside them.

    Where that one installed the app as well, its installation goes first: it is the newer token of the two.
    """

    installations: Workspaces
    own: OneWorkspace

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        """Return the installation of the ids, else the settings' own workspace where they are its own, else None."""
        found = await self.installations.of(team=team, enterprise=enterprise)
        return found or await self.own.of(team=team, enterprise=enterprise)

    async def installed(self) -> tuple[Workspace, ...]:
        """Return every installation, and the settings' own workspace where it has none."""
        found = await self.installations.installed()
        known = {each.tenant for each in found}
        return found + tuple(each for each in await self.own.installed() if each.tenant not in known)


def _granted(headers: "Mapping[str, str]") -> set[str]:
    """Return the scopes of a token, which Slack names in a header of each answer."""
    named = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return {scope.strip() for scope in named.split(",")}


def authorize(workspaces: Workspaces) -> "Callable[..., Awaitable[AuthorizeResult]]":
    """Return Bolt's authorize over `workspaces`: one look-up a request, and no call to Slack."""

    async def look_up(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        found = await workspaces.of(team=team_id, enterprise=enterprise_id)
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_id=found.bot,
            bot_user_id=found.user,
            bot_token=found.token,
        )

    return look_up  # type: ignore[return-value]  # Bolt takes None for "not installed", but its types don't say so
