"""A Slack that schedules messages and fails at random: refuses, breaks, takes and drops, takes late."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

CLOSED = 60.0  # seconds before its time within which a message can't be taken back any more


@dataclass(frozen=True, slots=True)
class Odds:
    """How often each fault comes, of 1."""

    too_many: float = 0.03
    bad_gateway: float = 0.03
    dropped: float = 0.05  # taken, then the connection closes without an answer
    late: float = 0.03  # taken after the client has given up


@dataclass(slots=True)
class TroubledSlack:
    """Scheduled messages under `clock` (seconds); `delay` is how long, by the wall, a late one takes."""

    clock: Callable[[], float]
    seed: int
    delay: float
    odds: Odds = field(default_factory=Odds)
    waiting: dict[str, tuple[str, int]] = field(default_factory=dict)  # id -> channel, post_at
    posted: list[tuple[str, int]] = field(default_factory=list)
    scheduled: list[tuple[str, int]] = field(default_factory=list)  # ever
    faults: dict[str, int] = field(default_factory=dict)
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _dice: random.Random = field(init=False)
    _count: int = 0

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)

    def app(self) -> web.Application:
        """Return the server; tokens are tenants, which keep apart what they see by the first word of a channel's id."""
        app = web.Application()
        app.router.add_post("/api/{method}", self._answer)
        return app

    def post(self) -> None:
        """Post whatever's time has come."""
        now = self.clock()
        for name, (channel, at) in list(self.waiting.items()):
            if at <= now:
                del self.waiting[name]
                self.posted.append((channel, at))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.post()
        method = request.match_info["method"]
        given = await request.json()
        tenant = request.headers.get("Authorization", "").removeprefix("Bearer ")
        work = {
            "chat.scheduleMessage": self._schedule,
            "chat.scheduledMessages.list": self._list,
            "chat.deleteScheduledMessage": self._delete,
        }[method]
        dice, odds = self._dice.random(), self.odds
        if dice < odds.too_many:
            self._note("429")
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
        dice -= odds.too_many
        if dice < odds.bad_gateway:
            self._note("502")
            if self._dice.random() < 0.5:
                work(tenant, given)
            return web.Response(status=502, text="<html>bad gateway</html>")
        dice -= odds.bad_gateway
        if dice < odds.dropped:
            self._note("dropped")
            work(tenant, given)
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        dice -= odds.dropped
        if dice < odds.late:
            self._note("late")
            task = asyncio.create_task(self._later(work, tenant, given))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
            await asyncio.sleep(self.delay * 2)
            return web.Response(status=504)
        return web.json_response(work(tenant, given))

    async def _later(
        self, work: Callable[[str, dict[str, object]], dict[str, object]], tenant: str, given: dict[str, object]
    ) -> None:
        await asyncio.sleep(self.delay)
        work(tenant, given)

    def _schedule(self, tenant: str, given: dict[str, object]) -> dict[str, object]:
        at, channel = int(str(given["post_at"])), str(given["channel"])
        if at <= self.clock():
            return {"ok": False, "error": "time_in_past"}
        self._count += 1
        name = f"Q{self._count:06}"
        self.waiting[name] = (channel, at)
        self.scheduled.append((channel, at))
        return {"ok": True, "channel": channel, "scheduled_message_id": name, "post_at": at}

    def _list(self, tenant: str, given: dict[str, object]) -> dict[str, object]:
        mine = [
            {"id": name, "channel_id": channel, "post_at": at}
            for name, (channel, at) in sorted(self.waiting.items())
            if channel.startswith(tenant) and given.get("channel") in (None, channel)
        ]
        start, limit = int(str(given.get("cursor") or 0)), int(str(given.get("limit") or 100))
        more = str(start + limit) if start + limit < len(mine) else ""
        page = mine[start : start + limit]
        return {"ok": True, "scheduled_messages": page, "response_metadata": {"next_cursor": more}}

    def _delete(self, tenant: str, given: dict[str, object]) -> dict[str, object]:
        name = str(given["scheduled_message_id"])
        if name not in self.waiting or self.waiting[name][1] - self.clock() < CLOSED:
            return {"ok": False, "error": "invalid_scheduled_message_id"}
        del self.waiting[name]
        return {"ok": True}

    def _note(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1
