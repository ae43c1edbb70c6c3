"""What comes in, over HTTP or a socket: every event once, whatever Slack repeats and wherever a process stopped.

An event is the process's that received it, for as long as that one lives: it renews its leases while it works. What a
process gives up at its end is free at once, what one leaves behind that was killed, when its lease has ended.
"""

import asyncio
import datetime as dt
import json
import logging
from collections.abc import Iterable, Mapping

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.state.inbox import LEASE
from handlers.desk import Desk
from handlers.errands import Work
from handlers.pressed import installed_in

BEAT = LEASE.total_seconds() / 4  # seconds between two renewals: three may fail
REPLAYED = dt.timedelta(hours=1)  # undone events older than this are no longer answered: nobody waits for them
FAILED = 500
# What a person's own message may be: plain, with a file, a thread's that also goes to the conversation, or a /me.
SPOKEN = (None, "file_share", "thread_broadcast", "me_message")

_log = logging.getLogger(__name__)


class Intake:
    """Dispatches requests to Bolt; events go through the store's inbox first."""

    def __init__(self, app: AsyncApp, desk: Desk, beat: float = BEAT) -> None:
        self._app = app
        self._desk = desk
        self._beat = beat
        self._held: dict[tuple[str, str], Work] = {}  # the events at work here
        self._beating: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Answer what other processes left, now and from now on, and hold what is at work here."""
        taken = await self.replay()
        if taken:
            _log.info("answered %d events that were left undone", taken)
        self._beating = asyncio.create_task(self._go_on(), name="leases of events")

    async def end(self) -> None:
        """Give up what was not finished, for another process to take at once. Call it when all work has ended."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
        held = dict(self._held)
        finished = [key for key, work in held.items() if all(each.done() and not each.cancelled() for each in work)]
        for tenant, event in finished:
            await self._desk.store.done(tenant, event)
        await self._hold(set(held) - set(finished), dt.timedelta())

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
        if not await self._desk.store.receive(tenant, event, body, owner=self._desk.owner):
            return BoltResponse(status=200, body="")
        try:
            response, begun = await self._handle(request, tenant, event)
        except Exception:
            await self._desk.store.release(tenant, event)
            raise
        if not begun:
            # Nobody has heard anything yet: Slack sends the event again, and then it has to be new.
            await self._desk.store.release(tenant, event)
        return response

    async def replay(self) -> int:
        """Handle what no process is at work on, of the last hour. Return how many events that were.

        One that fails keeps its row: Slack sends it no more, but it is taken again when its lease has ended.
        """
        store, now = self._desk.store, await self._now()
        count = 0
        for tenant in await store.tenants_with_undone(now, now - REPLAYED):
            for received in await store.take_undone(tenant, self._desk.owner, now, now - REPLAYED):
                if (tenant, received.event) in self._held:
                    continue  # our own: the beats before this one failed
                request = AsyncBoltRequest(body=received.body, headers={"content-type": "application/json"})
                try:
                    await self._handle(request, tenant, received.event)
                except Exception:  # noqa: BLE001  # one event's trouble must not keep the others from their answers
                    _log.exception("an event that was left undone could not be handled")
                count += 1
        return count

    async def _handle(self, request: AsyncBoltRequest, tenant: str, event: str) -> tuple[BoltResponse, bool]:
        """Dispatch an event, and mark it as done when its work has ended. False beside a failure that began none."""
        work: Work = []
        self._held[tenant, event] = work
        try:
            with self._desk.errands.group(work):
                response = await self._app.async_dispatch(request)
        except BaseException:
            del self._held[tenant, event]
            raise
        if response.status >= FAILED and not work:
            del self._held[tenant, event]
            return response, False
        self._desk.errands.start(self._finish(work, tenant, event), "mark an event as done")
        return response, True

    async def _finish(self, work: Work, tenant: str, event: str) -> None:
        """Mark the event as done when all its work has ended; what was cancelled is given up by `end`."""
        if work:
            await asyncio.wait(work)
        if any(task.cancelled() for task in work):
            return
        await self._desk.store.done(tenant, event)
        self._held.pop((tenant, event), None)

    async def _go_on(self) -> None:
        """Renew the leases, and take what others left, until it is cancelled. Trouble waits for the next beat."""
        while True:
            await asyncio.sleep(self._beat)
            try:
                await self._hold(self._held, LEASE)
                await self.replay()
            except Exception:  # noqa: BLE001  # the database may be back at the next beat
                _log.exception("events could not be looked after; the next look is in %.0f s", self._beat)

    async def _hold(self, held: Iterable[tuple[str, str]], span: dt.timedelta) -> None:
        """Let the leases of these events end `span` from now."""
        events: dict[str, list[str]] = {}
        for tenant, event in held:
            events.setdefault(tenant, []).append(event)
        if not events:
            return
        until = await self._now() + span
        for tenant, mine in events.items():
            await self._desk.store.hold(tenant, mine, self._desk.owner, until)

    async def _now(self) -> dt.datetime:
        return await self._desk.store.database.now(self._desk.clock())


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
    return event.get("subtype") in SPOKEN


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
