"""Leaving: an uninstalled app or a revoked token erases all that was kept of the workspace, at once."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from handlers.intake import tenant_of

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from handlers.desk import Desk

Ack = Callable[[], Awaitable[object]]
Body = Mapping[str, object]

_log = logging.getLogger(__name__)


def register(app: "AsyncApp", desk: "Desk") -> None:
    """Erase a workspace when Slack says that the app has left it; the two events come in any order, and twice."""

    async def on_uninstalled(ack: Ack, body: Body) -> None:
        await _erase(desk, body)
        await ack()

    async def on_revoked(ack: Ack, body: Body) -> None:
        if revoked_bot(body):
            await _erase(desk, body)
        await ack()

    app.event("app_uninstalled")(on_uninstalled)
    app.event("tokens_revoked")(on_revoked)


def revoked_bot(body: Body) -> bool:
    """Whether a tokens_revoked event is about the bot's token, and not only about a person's."""
    event = body.get("event")
    tokens = event.get("tokens") if isinstance(event, Mapping) else None
    return isinstance(tokens, Mapping) and bool(tokens.get("bot"))


def moment_of(body: Body) -> dt.datetime | None:
    """Return the end of the second the event happened in: a workspace that was installed anew since then stays."""
    seconds = body.get("event_time")
    return dt.datetime.fromtimestamp(seconds + 1, dt.UTC) if isinstance(seconds, int) and seconds > 0 else None


async def _erase(desk: "Desk", body: Body) -> None:
    tenant = tenant_of(body)
    if tenant is None:
        return
    erased = await desk.store.uninstall(tenant, before=moment_of(body))
    # What is at hand goes in any case: with a token of the settings nothing was installed, and all was erased.
    desk.recent.forget(tenant)
    desk.usual.forget(tenant)
    desk.teams.forget(tenant)
    desk.shelves.forget(tenant)
    if erased:
        _log.info("uninstalled from %s: erased", tenant)
