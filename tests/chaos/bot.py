"""The bot in a process of its own, served over HTTP as it is shipped, so that its memory, files and delays are its own.

Files are given as the bot takes them: parsed in a confined child, kept in the store, found by every question after it.
"""

import asyncio
import contextlib
import dataclasses
import logging
import multiprocessing
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.config import Settings
from bot.library import Library
from bot.transcripts import load
from handlers.serve import desk_for
from handlers.server import build
from playground.slack import LocalSlack
from tests.confining import read_given

SAMPLES = Path(__file__).parent.parent.parent / "playground" / "calls"
TENANT, CHANNEL, USER = "T1", "C1", "U1"
WORDS = [
    "superchargers",
    "margin",
    "tariffs",
    "capex",
    "demand",
    "inventory",
    "pricing",
    "warranty",
    "hiring",
    "debt",
    "software",
    "batteries",
    "costs",
    "shipping",
    "suppliers",
    "truck",
    "energy",
    "storage",
    "leases",
    "recall",
    "dividend",
    "buyback",
    "guidance",
    "inflation",
    "wages",
    "rent",
    "stores",
    "churn",
    "members",
    "groceries",
    "produce",
    "waste",
    "labor",
    "traffic",
    "basket",
    "loyalty",
    "delivery",
    "freight",
    "fuel",
    "power",
    "rates",
]
FORMS = (
    "who asked about {}",
    "quote {}",
    "quote {} by CFO",
    "what did the CEO say about {}",
    "{}",
    "how often was {} mentioned",
    "who said {}",
    "compare {} across quarters",
)
QUESTIONS = tuple(form.format(word) for word in WORDS for form in FORMS)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that serves: the process, and the address of its Slack door."""

    pid: int
    url: str

    @property
    def memory(self) -> float:
        """Its resident memory, in megabytes."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def open(self) -> tuple[int, int]:
        """Return how many files it holds open, and how many sockets."""
        kinds = []
        for each in Path(f"/proc/{self.pid}/fd").iterdir():
            with contextlib.suppress(OSError):  # closed meanwhile
                kinds.append(str(each.readlink()).startswith("socket:"))
        return kinds.count(False), kinds.count(True)

    async def give(self, session: aiohttp.ClientSession, name: str, data: bytes) -> bool:
        """Give a file; whether a call came of it."""
        async with session.post(f"{self._root}/chaos/give/{name}", data=data) as response:
            return response.status == 200 and await response.text() == "1"

    async def take_back(self, session: aiohttp.ClientSession, name: str) -> None:
        """Take a file back."""
        async with session.post(f"{self._root}/chaos/take/{name}") as response:
            response.raise_for_status()

    async def stall(self, session: aiohttp.ClientSession) -> float:
        """Return the longest that its event loop stood still since the last look, in milliseconds."""
        async with session.get(f"{self._root}/chaos/stall") as response:
            return float(await response.text())

    @property
    def _root(self) -> str:
        return self.url.removesuffix("/slack/events")


@asynccontextmanager
async def running(slack: LocalSlack, folder: Path, calls: int) -> AsyncIterator[Running]:
    """Start a bot over `calls` calls whose Slack is `slack`; it ends with the context."""
    context = multiprocessing.get_context("spawn")
    listener, told = context.Pipe(duplex=False)
    settings = Settings(
        bot_token=slack.bot_token, signing_secret=slack.signing_secret, api_url=slack.url, home=folder, port=0
    )
    process = context.Process(target=main, args=(settings, calls, told), daemon=True)
    process.start()
    told.close()
    try:
        port = await asyncio.to_thread(listener.recv)
        slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
        yield Running(process.pid or 0, slack.bot_url)
    finally:
        process.kill()
        process.join()


def main(settings: Settings, calls: int, told: Connection) -> None:
    """Be the bot, until killed."""
    logging.disable(logging.ERROR)
    asyncio.run(_serve(settings, calls, told))


async def _serve(settings: Settings, calls: int, told: Connection) -> None:
    async with desk_for(settings) as desk:
        loaded = load([SAMPLES]).calls
        copies = [
            dataclasses.replace(loaded[number % len(loaded)], id=f"{loaded[number % len(loaded)].id}-{number}")
            for number in range(calls)
        ]
        desk.library = await Library.of(copies)
        desk.ready = True
        app = build(desk)
        stalls = [0.0]

        async def give(request: web.Request) -> web.Response:
            name, data = request.match_info["name"], await request.read()
            outcome = await asyncio.to_thread(read_given, data, name)
            await desk.store.give(TENANT, CHANNEL, USER, name, data)
            await desk.library.add(tuple(entry.call for entry in outcome.entries))
            return web.Response(text=str(len(outcome.entries)))

        async def take(request: web.Request) -> web.Response:
            name = request.match_info["name"]
            for one in await desk.store.uploads(TENANT, CHANNEL):
                if one.name == name:
                    await desk.store.take_back(TENANT, CHANNEL, USER, one.id)
            await desk.library.remove((Path(name).stem,))
            return web.Response()

        async def stall(_: web.Request) -> web.Response:
            longest, stalls[0] = stalls[0], 0.0
            return web.Response(text=f"{longest:.1f}")

        app.router.add_post("/chaos/give/{name}", give)
        app.router.add_post("/chaos/take/{name}", take)
        app.router.add_get("/chaos/stall", stall)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        told.send(runner.addresses[0][1])
        await _watch(stalls)


async def _watch(stalls: list[float]) -> None:
    """Note by how much the longest sleep of a millisecond was longer, in milliseconds."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        stalls[0] = max(stalls[0], (time.perf_counter() - began) * 1000 - 1)


def given(number: int) -> tuple[str, bytes]:
    """Return a transcript to give, one of as many as you like, all of one size: its name and its bytes."""
    text = (SAMPLES / "fsrl-2026-q1.txt").read_text(encoding="utf-8")
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04}")
    return f"given-{number:04}.txt", text.replace("Fernshaw", f"Fernshaw{letters}").encode()
