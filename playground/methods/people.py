"""users.*, team.*, bots.*, auth.* and api.test: who is who."""

from playground.method import Method, Visit
from playground.methods.conversations import page
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import APP, BOT, BOT_USER, TEAM


async def _test(visit: Visit) -> Payload:
    if visit.args.has("error"):
        raise Refusal(visit.args.text("error"))
    return {"args": dict(visit.args.values)}


async def _auth(visit: Visit) -> Payload:
    return {
        "url": f"https://{visit.workspace.domain}.slack.com/",
        "team": visit.workspace.name,
        "user": visit.workspace.users[BOT_USER].handle,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


async def _revoke(visit: Visit) -> Payload:
    if not visit.args.flag("test"):
        visit.slack.revoke(visit.token)
    return {"revoked": not visit.args.flag("test")}


async def _user(visit: Visit) -> Payload:
    return {"user": visit.workspace.user(visit.args.text("user")).payload}


async def _users(visit: Visit) -> Payload:
    found, following = page(visit, [user.payload for user in visit.workspace.users.values()], 200)
    return {"members": found, "cache_ts": 0, "response_metadata": {"next_cursor": following}}


async def _team(visit: Visit) -> Payload:
    workspace = visit.workspace
    return {"team": {"id": TEAM, "name": workspace.name, "domain": workspace.domain, "email_domain": "", "icon": {}}}


async def _bot(visit: Visit) -> Payload:
    if visit.args.text("bot", BOT) != BOT:
        raise Refusal("bot_not_found")
    return {"bot": {"id": BOT, "deleted": False, "name": "Earshot", "app_id": APP, "user_id": BOT_USER}}


methods = (
    Method("api.test", "error foo", _test, kind="none"),
    Method("auth.test", "", _auth),
    Method("auth.revoke", "test", _revoke),
    Method("users.info", "user! include_locale", _user, ("users:read",)),
    Method("users.list", "cursor include_locale limit team_id", _users, ("users:read",)),
    Method("team.info", "team domain include_slackbot_availability", _team, ("team:read",)),
    Method("bots.info", "bot team_id", _bot, ("users:read",)),
)
