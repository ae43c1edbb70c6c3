"""oauth.v2.access and apps.*: installing, and opening a socket."""

from playground.method import Method, Visit
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import APP, BOT_USER, TEAM

CONNECTIONS = 10  # sockets one app may hold


async def _access(visit: Visit) -> Payload:
    slack = visit.slack
    if visit.args.text("client_id") != slack.client_id:
        raise Refusal("invalid_client_id")
    if visit.args.text("client_secret") != slack.client_secret:
        raise Refusal("bad_client_secret")
    if visit.args.text("code") not in slack.codes:
        raise Refusal("invalid_code")
    installer = slack.codes.pop(visit.args.text("code"))
    return {
        "access_token": slack.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(slack.scopes or ("chat:write", "commands"))),
        "bot_user_id": BOT_USER,
        "app_id": APP,
        "team": {"id": TEAM, "name": visit.workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": installer},
    }


async def _connect(visit: Visit) -> Payload:
    if len(visit.slack.sockets) >= CONNECTIONS:
        raise Refusal("too_many_websockets")
    return {"url": visit.slack.ticket()}


async def _uninstall(visit: Visit) -> Payload:
    if visit.args.text("client_secret") != visit.slack.client_secret:
        raise Refusal("bad_client_secret")
    visit.slack.revoke(visit.slack.bot_token)
    return {}


methods = (
    Method(
        "oauth.v2.access",
        "client_id client_secret code redirect_uri grant_type refresh_token",
        _access,
        kind="none",
    ),
    Method("apps.connections.open", "app_token", _connect, ("connections:write",), kind="app"),
    Method("apps.uninstall", "client_id! client_secret!", _uninstall),
)
