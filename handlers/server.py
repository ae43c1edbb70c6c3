"""The web server: Slack's door, two health routes, and a shutdown that finishes what was begun."""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.app import QUIET, build_app
from handlers.desk import Desk
from handlers.gate import LARGEST, Gate
from handlers.installing import add_installing
from handlers.intake import BEAT, Intake
from handlers.metrics import add_metrics

PATH = "/slack/events"
DRAIN = 10.0  # seconds that answers in flight get when the process is told to stop
UNAVAILABLE = 503

_log = logging.getLogger(__name__)


def build(desk: Desk, *, level: int = QUIET, beat: float = BEAT) -> web.Application:
    """Return the web application over a desk. Commands, clicks and events all come to one path.

    `beat` is how often the leases of events are renewed, in seconds.
    """
    server = web.Application(client_max_size=LARGEST)
    intake = Intake(build_app(desk, level=level), desk, beat)
    server.router.add_post(PATH, Gate(intake, desk).__call__)
    add_health(server, desk)
    add_installing(server, desk)
    add_metrics(server, desk, PATH)

    async def start(_: web.Application) -> None:
        await intake.begin()

    async def stop(_: web.Application) -> None:
        await drain(desk)
        await intake.end()

    server.on_startup.append(start)
    server.on_shutdown.append(stop)
    return server


Connected = Callable[[], Awaitable[bool]]


def add_health(server: web.Application, desk: Desk, connected: Connected | None = None) -> None:
    """Add `/healthz` (the process lives) and `/readyz` (calls loaded, not about to stop, the socket standing)."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        if not desk.ready or (connected is not None and not await connected()):
            return web.Response(status=UNAVAILABLE, text="not ready\n")
        # Without its watch the bot answers as well as before, from what it has loaded: ready, and candid about it.
        unseen = "" if desk.following else "; changes of their folders are not seen at the moment"
        return web.Response(text=f"ready: {len(desk.library.calls)} calls{unseen}\n")

    server.router.add_get("/healthz", healthz)
    server.router.add_get("/readyz", readyz)


async def drain(desk: Desk) -> None:
    """Stop being ready, and let what was begun come to its end."""
    desk.ready = False
    desk.recent.hurry()
    given_up = await desk.errands.drain(DRAIN)
    if given_up:
        _log.warning("%d answers were not finished within %.0f s", given_up, DRAIN)
