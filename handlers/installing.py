"""Installing by OAuth: a page that leads to Slack, a page that comes back, and the workspaces that are kept."""

import hmac
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_sdk.errors import SlackApiError

from bot.state.installations import Installation
from handlers.scopes import OPTIONAL_SCOPES, SCOPES
from handlers.workspace import AGENT, Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.state.store import Store
    from handlers.desk import Desk

INSTALL = "/slack/install"
BACK = "/slack/oauth_redirect"
COOKIE = "earshot-install"  # ties the way back to the browser that set out
LIFE = 600  # seconds; as long as the state in the store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ManyWorkspaces:
    """The workspaces that installed the app, as the store keeps them."""

    store: "Store"

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        """Return a team's own installation, else that of its organisation; each is one look-up by primary key."""
        for tenant in (team, enterprise):
            if tenant is not None and (found := await self.store.installation(tenant)) is not None:
                return workspace_of(found)
        return None

    async def installed(self) -> tuple[Workspace, ...]:
        """Return every installation: whom the digest serves."""
        found = [await self.store.installation(tenant) for tenant in await self.store.installed_tenants()]
        return tuple(workspace_of(each) for each in found if each is not None)


def workspace_of(kept: Installation) -> Workspace:
    """Return an installation as listeners know it."""
    return Workspace(
        tenant=kept.tenant,
        team=kept.team,
        enterprise=kept.enterprise,
        token=kept.token,
        bot=kept.bot_id,
        user=kept.bot_user,
        url=kept.url,
        agent=AGENT in kept.scopes,
    )


def add_installing(server: web.Application, desk: "Desk") -> None:
    """Add the two pages of an installation; nothing where the settings name no client."""
    if desk.settings.client_id is None:
        return

    async def install(request: web.Request) -> web.StreamResponse:
        state = await desk.store.new_state(desk.clock())
        leave = web.HTTPFound(_slack_address(desk, state))
        leave.set_cookie(COOKIE, state, max_age=LIFE, httponly=True, secure=_by_https(request), samesite="Lax")
        raise leave

    async def back(request: web.Request) -> web.StreamResponse:
        page = await _come_back(request, desk)
        page.del_cookie(COOKIE)
        return page

    server.router.add_get(INSTALL, install)
    server.router.add_get(BACK, back)


def _slack_address(desk: "Desk", state: str) -> str:
    """Return Slack's page that asks the person whether to install."""
    root = desk.settings.api_url.removesuffix("/").removesuffix("/api")
    asked = {
        "client_id": desk.settings.client_id or "",
        "scope": ",".join([*SCOPES, *OPTIONAL_SCOPES]),
        "state": state,
    }
    return f"{root}/oauth/v2/authorize?{urlencode(asked)}"


def _by_https(request: web.Request) -> bool:
    """Whether the person came by HTTPS, to us or to the proxy before us."""
    return request.secure or request.headers.get("x-forwarded-proto", "") == "https"


async def _come_back(request: web.Request, desk: "Desk") -> web.Response:
    """Take the answer that Slack sent the person back with; every way out is a page that says what to do."""
    state, code = request.query.get("state", ""), request.query.get("code", "")
    ours = request.cookies.get(COOKIE, "")
    # Compared as bytes: the state is whatever somebody put into the address.
    tied = bool(state) and hmac.compare_digest(state.encode(), ours.encode())
    if not tied or not await desk.store.use_state(state, desk.clock()):
        return _page(HTTPStatus.BAD_REQUEST, "This link has expired or was already used.", "Begin again at")
    if not code:
        return _page(HTTPStatus.OK, "Nothing was installed.", "If you change your mind, begin again at")
    try:
        kept = await _exchanged(code, desk)
    except SlackApiError as error:
        _log.warning("an installation was refused: %s", error.response.get("error"))
        return _page(HTTPStatus.BAD_REQUEST, "Slack refused the installation.", "Begin again at")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        _log.warning("an installation failed: %s", error.__class__.__name__)
        return _page(HTTPStatus.BAD_GATEWAY, "Slack could not be reached.", "Wait a minute, then begin again at")
    await desk.store.install(kept.tenant, kept)
    _log.info("installed in %s", kept.tenant)
    return _page(HTTPStatus.OK, "Earshot is installed. Go back to Slack and type /invite @earshot in a channel.", "")


async def _exchanged(code: str, desk: "Desk") -> Installation:
    """Exchange the code for a token, and ask once whose it is. Raises SlackApiError and errors of the connection."""
    settings = desk.settings
    # The SDK's own method names the app by aiohttp's deprecated BasicAuth; Slack takes both from the body as well.
    told = await desk.speaking.posting("").api_call(
        "oauth.v2.access",
        data={"client_id": settings.client_id, "client_secret": settings.client_secret, "code": code},
    )
    token = str(told["access_token"])
    client: AsyncWebClient = desk.speaking.reading(token)
    whose = await client.auth_test()
    team, enterprise = _id(told.get("team")), _id(told.get("enterprise"))
    org_wide = bool(told.get("is_enterprise_install")) and enterprise is not None
    return Installation(
        tenant=str(enterprise if org_wide else team),
        team=None if org_wide else team,
        enterprise=enterprise,
        token=token,
        bot_id=str(whose.get("bot_id") or ""),
        bot_user=str(told.get("bot_user_id") or whose["user_id"]),
        url=str(whose["url"]) if whose.get("url") else None,
        scopes=tuple(str(told.get("scope") or "").split(",")),
        installer=_id(told.get("authed_user")),
    )


def _id(holder: "Mapping[str, object] | None") -> str | None:
    """Return the id of a team, an enterprise or a user as oauth.v2.access names it."""
    found = holder.get("id") if holder else None
    return found if isinstance(found, str) else None


def _page(status: HTTPStatus, sentence: str, again: str) -> web.Response:
    """Return a page of one sentence; nothing that came in with the request is shown on it."""
    link = f' {again} <a href="{INSTALL}">{INSTALL}</a>.' if again else ""
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Earshot</title><p>{sentence}{link}</p></html>'
    return web.Response(status=status, text=html, content_type="text/html")
