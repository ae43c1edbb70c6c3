"""One replica of the digest's clockwork in a process of its own: the real clockwork, store and outbox, a faster clock."""

import asyncio
import datetime as dt
import logging
import random
import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from bot.call import Call
from bot.digest.clockwork import Clockwork, Pace
from bot.digest.digest import Digest, News
from bot.digest.outbox import Post
from bot.state.run import Run
from bot.state.store import Store
from bot.state.watches import Watch
from handlers import outbox, speaking
from handlers.outbox import SlackOutbox
from handlers.serve import utc_now
from handlers.speaking import Speaking
from handlers.workspace import Workspace

if TYPE_CHECKING:
    from handlers.desk import Desk

TICK = (15.0, 30.0)  # seconds of the faster clock


@dataclass(frozen=True, slots=True)
class Time:
    """A clock that runs `speed` times as fast as the wall, from `start`, which was at `origin` (seconds since 1970)."""

    start: dt.datetime
    origin: float
    speed: float

    def now(self) -> dt.datetime:
        """Return the faster clock's time."""
        return self.start + dt.timedelta(seconds=(time.time() - self.origin) * self.speed)


class Everywhere:
    """Every tenant has installed Earshot; its token is its own name."""

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace:
        """Return a tenant's workspace."""
        del enterprise
        return Workspace(str(team), team, None, str(team), "B", "U")


async def compose(tenant: str, channel: str, now: dt.datetime) -> Digest:
    """Return a digest of one call, which every channel hasn't heard of."""
    del tenant, now
    call = Call(f"call of {channel}", None, None, None, None, None, None, {}, (), (), (), (), fingerprint=channel)
    return Digest((News(call, ()),))


async def look(run: Run, watch: Watch) -> Post:
    """Return what a watch finds: as much as a digest tells."""
    del watch
    return await compose(run.tenant, run.channel, run.due_at)


def main(url: str, slack: str, clock: Time, pace: Pace, name: str) -> None:
    """Tick until killed."""
    logging.disable(logging.CRITICAL)
    speaking.TIMEOUT = 10 / clock.speed  # type: ignore[assignment]  # as fast as the clock
    outbox.LIMIT = 20 / clock.speed
    while True:
        try:
            asyncio.run(tick_for_ever(url, slack, clock, pace, name))
        except Exception:  # noqa: BLE001  # a host starts a process that ended anew
            time.sleep(1)


async def tick_for_ever(url: str, slack: str, clock: Time, pace: Pace, name: str) -> None:
    """Keep the clockwork."""
    store = await Store.open(url, clock=utc_now)
    settings = SimpleNamespace(command="/call")
    desk = SimpleNamespace(settings=settings, workspaces=Everywhere(), speaking=Speaking(slack))

    async def now() -> dt.datetime:
        return clock.now()

    clockwork = Clockwork(store, SlackOutbox(cast("Desk", desk)), compose, now, name, pace, look=look)
    while True:
        await clockwork.tick()
        await asyncio.sleep(random.uniform(*TICK) / clock.speed)
