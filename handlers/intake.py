"""What comes in, over HTTP or a socket: every event once, whatever Slack repeats and wherever the process stopped."""

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.desk import Desk
from handlers.errands import Work
from handlers.pressed import installed_in

REPLAYED = dt.timedelta(hours=1)  # undone events older than this are no longer answered: nobody waits for them
FAILED = 500

_log = logging.getLogger(__name__)


class Intake:
    """Dispatches requests to Bolt; events go through the store's inbox first."""

    def __init__(self, app: AsyncApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def take(self, request: AsyncBoltRequest) -> BoltResponse:
        """Answer a verified request. An event is written down before Slack hears "received", and done once."""
        event = event_key(request.body)
        tenant = tenant_of(request.body)
        if event is None or tenant is None:
            installed = installed_in(request.body)
            if installed is not None:
                request.context["team_id"] = installed  # Bolt would look up the team that the payload names first
            return await self._app.async_dispatch(request)
        body = request.raw_body or json.dumps(request.body)
        if not await self._desk.store.receive(tenant, event, body):
            return BoltResponse(status=200, body="")
        return await self._handle(request, tenant, event)

    async def replay(self) -> int:
        """Handle what a stopped process left undone within the last hour. Return how many events that were."""
        since = self._desk.clock() - REPLAYED
        count = 0
        for tenant in await self._desk.store.tenants_with_undone(since):
            for received in await self._desk.store.undone(tenant, since):
                request = AsyncBoltRequest(body=received.body, headers={"content-type": "application/json"})
                await self._handle(request, tenant, received.event)
                count += 1
        return count

    async def _handle(self, request: AsyncBoltRequest, tenant: str, event: str) -> BoltResponse:
        try:
            with self._desk.errands.group() as work:
                response = await self._app.async_dispatch(request)
        except Exception:
            await self._desk.store.release(tenant, event)
            raise
        if response.status >= FAILED and not work:
            # Nobody has heard anything yet: Slack sends the event again, and then it has to be new.
            await self._desk.store.release(tenant, event)
            return response
        self._desk.errands.start(self._finish(work, tenant, event), "mark an event as done")
        return response

    async def _finish(self, work: Work, tenant: str, event: str) -> None:
        """Mark the event as done when all its work has ended; what was cancelled is left for the next start."""
        if work:
            await asyncio.wait(work)
        if any(task.cancelled() for task in work):
            return
        await self._desk.store.done(tenant, event)


def event_key(body: Mapping[str, object]) -> str | None:
    """Return what makes an event itself: where and when something was said, else its id; None for other requests.

    One mention may come as `app_mention` and as `message`, with two ids; the message's place and time are one.
    """
    if body.get("type") != "event_callback":
        return None
    event = body.get("event")
    if isinstance(event, Mapping) and said_to_us(event):
        return f"said {event.get('channel')} {event.get('ts')}"
    key = body.get("event_id")
    return key if isinstance(key, str) else None


def said_to_us(event: Mapping[str, object]) -> bool:
    """Whether the event is something that a person said to the bot: a mention, or a direct message."""
    if event.get("type") == "app_mention":
        return True
    if event.get("type") != "message" or not in_direct(event):
        return False
    return event.get("subtype") in (None, "file_share")


def in_direct(event: Mapping[str, object]) -> bool:
    """Whether an event is of a direct message: by the kind of its channel, where that is not told by the id (`D…`)."""
    kind, channel = event.get("channel_type"), event.get("channel")
    return kind == "im" if isinstance(kind, str) else isinstance(channel, str) and channel.startswith("D")


def tenant_of(body: Mapping[str, object]) -> str | None:
    """Return the tenant of an event: that of the installation, never of the person who acts."""
    holders = body.get("authorizations")
    first = holders[0] if isinstance(holders, list) and holders and isinstance(holders[0], Mapping) else body
    if first.get("is_enterprise_install") in (True, "true") and isinstance(first.get("enterprise_id"), str):
        return str(first["enterprise_id"])
    team = first.get("team_id") or body.get("team_id")
    return team if isinstance(team, str) else None
