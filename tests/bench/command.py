"""The whole slash command over signed HTTP, beside a bare Bolt listener that acknowledges a constant.

Both servers run in one process, each in its turn; the requests come from another process, CONCURRENT at once, signed
beforehand. Beside it, Earshot is asked in as many processes as EARSHOT_PROCESSES may start, TWO on one port. The sample
calls are copied under new names until CALLS are loaded. The event loop's stall is what a sleep of one millisecond takes
beyond that, in the server while it answers some more requests; beside it, the same of the bare server. *Held* is the
processor time that the loop's own thread took meanwhile: up to a millisecond that the sleep wanted, the rest of the
loop's turn in which it ended, and the next turn, whose others come first. *Turn* is the processor time of one turn of the
loop, from one look for what is ready to the next: nobody holds it longer. *cpu* is that of one request. Other work on the
machine makes a stall longer, and these hardly.

`EARSHOT_BENCH_CALLS` names another number of calls, `EARSHOT_BENCH_REQUESTS` of requests. With `EARSHOT_BENCH_TOPICS=new`
next to nothing is kept of topics, as if nobody had ever asked about any of them.
"""

import asyncio
import dataclasses
import datetime as dt
import gc
import hashlib
import hmac
import logging
import multiprocessing
import os
import selectors
import socket
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.between_answers import collecting_between_answers
from bot.config import Settings
from bot.library import Library
from bot.search import finder
from bot.search.engines import _everybody
from bot.state.store import Store
from bot.transcripts import load
from bot.turnstile import turnstile
from handlers.blocks import drawn
from handlers.blocks.view import PAGE
from handlers.desk import Desk
from handlers.serve import utc_now
from handlers.server import build
from handlers.speaking import Speaking
from handlers.workspace import OneWorkspace, Workspace

CALLS = int(os.environ.get("EARSHOT_BENCH_CALLS", "100"))
REQUESTS = int(os.environ.get("EARSHOT_BENCH_REQUESTS", "1500"))
CONCURRENT = 20
BARE, FIRST, SECOND, CREW = (
    "bare Bolt",
    "Earshot, asked anew",
    "Earshot, just asked before",
    "two processes, asked anew",
)
TWO = 2
SECRET = "bench"
SAMPLES = Path(__file__).parent.parent.parent / "playground" / "calls"
WORDS = """
superchargers margin tariffs capex demand inventory pricing warranty hiring debt software batteries costs shipping suppliers
truck energy storage leases recall dividend buyback guidance inflation wages rent stores churn members groceries produce
waste labor traffic basket loyalty delivery freight fuel power rates
revenue earnings cash contracts growth brands orders investment headcount winter vehicle battery supplier deliveries website
subscriptions vehicles uptime charging payment production model service stalls permits utilities transformers castings
tooling shelf bakery kitchen meals wine checkout registers shoppers aisle fees insurance heat depreciation credit
acquisition budget payroll cocoa eggs meat theft shrink milk chicken cheese reservations cells europe norway canada
portugal korea mexico competition weather holidays thanksgiving currency advertising returns parking construction machines
"""
TOPICS = WORDS.split()
FORMS = (
    "who asked about {}",
    "quote {}",
    "quote {} by CFO",
    "what did the CEO say about {}",
    "{}",
    "how often was {} mentioned",
    "what did Harbor & Lane ask about {}",
    "who said {}",
)
# More than two processes keep at hand, in turn, each round from where the last one ended: each is computed anew.
# Shuffled: who asks about a topic asks after others asked about others.
NEW = tuple(Random(0).sample(every := [form.format(topic) for topic in TOPICS for form in FORMS], len(every)))
AGAIN = tuple(f"quote {topic} at velmere" for topic in TOPICS[:10])


def main() -> None:
    """Measure both in turn, three rounds each, and print the figures of the middle round."""
    logging.disable(logging.CRITICAL)  # the response URLs of answers past the deadline lead nowhere here
    selector = Turns()
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selector)) as runner:
        runner.run(measure(selector))


class Turns(selectors.DefaultSelector):
    """What a loop asks once a turn for what is ready, noting, while `watching`, the processor time of each turn."""

    def __init__(self) -> None:
        super().__init__()
        self.watching = False
        self.taken: list[float] = []  # milliseconds
        self._since: float | None = None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Look for what is ready."""
        if not self.watching:
            self._since = None
            return super().select(timeout)
        if self._since is not None:
            self.taken.append((time.thread_time() - self._since) * 1000)
        found = super().select(timeout)
        self._since = time.thread_time()
        return found


async def measure(selector: Turns) -> None:
    """Start both servers in turn and let the other process ask."""
    context = multiprocessing.get_context("spawn")
    with TemporaryDirectory() as folder, ProcessPoolExecutor(1, mp_context=context) as asker:
        rounds: dict[str, list[Round]] = {}
        async with bare() as bare_url, earshot(Path(folder)) as earshot_url:
            turns = {BARE: (bare_url, NEW), FIRST: (earshot_url, NEW), SECOND: (earshot_url, AGAIN)}
            for url, questions in turns.values():
                await one_round(asker, url, questions, 100, selector)
            with crew(Path(folder), context) as crew_url:
                turns[CREW] = (crew_url, NEW)
                await one_round(asker, crew_url, NEW, 100, selector)
                for number in range(3):
                    for name, (url, questions) in turns.items():
                        if name == SECOND:  # as its name says: what is kept of these, the round before has displaced
                            await one_round(asker, url, questions, len(questions), selector)
                        asked = (200 + number * (REQUESTS + REQUESTS // 3)) % len(questions)
                        left = questions[asked:] + questions[:asked]
                        rounds.setdefault(name, []).append(await one_round(asker, url, left, REQUESTS, selector))
    middle = {name: sorted(found, key=lambda one: one.p50)[1] for name, found in rounds.items()}
    print(f"{CALLS} calls, {REQUESTS} requests a round, {CONCURRENT} at once; milliseconds")
    for name, one in middle.items():
        print(f"{name:28} p50 {one.p50:6.1f}  p99 {one.p99:6.1f}", end="")
        print(f"   {one.p50 / middle[BARE].p50:5.2f} and {one.p99 / middle[BARE].p99:5.2f} times bare Bolt", end="")
        print(f"   late {one.past}", end="")
        print("" if name == CREW else f"   {one.of_the_loop}")  # its loops are in other processes
    print("wanted: at most 2 and 4 times; the loop held for 5 at most")


@contextmanager
def crew(folder: Path, context: SpawnContext) -> Iterator[str]:
    """Serve Earshot in TWO processes on one port, as a crew does."""
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
        started = [context.Event() for _ in range(TWO)]
        processes = [
            context.Process(target=serve_beside, args=(folder / f"crew {number}", port, event), daemon=True)
            for number, event in enumerate(started)
        ]
        for process in processes:
            process.start()
        for event in started:
            event.wait()
        yield f"http://127.0.0.1:{port}/slack/events"
        for process in processes:
            process.terminate()
            process.join()


def serve_beside(folder: Path, port: int, started: Event) -> None:
    """Serve Earshot on a port that others share, until this process is ended."""
    logging.disable(logging.CRITICAL)
    folder.mkdir()

    async def serve() -> None:
        async with earshot(folder, port):
            started.set()
            await asyncio.Event().wait()

    asyncio.run(serve())


@dataclasses.dataclass(frozen=True, slots=True)
class Round:
    """The latencies of one round, in milliseconds, and the loop's stalls meanwhile."""

    p50: float
    p99: float
    most: float
    stall99: float
    stall: float
    held99: float
    held: float
    turn99: float
    turn: float
    cpu: float  # milliseconds of the server's processor a request
    past: int  # answers that came after the deadline, through the response URL

    @property
    def of_the_loop(self) -> str:
        """The figures of the server's process."""
        return (
            f"stall p99 {self.stall99:5.1f} max {self.stall:5.1f}  held p99 {self.held99:5.1f} max {self.held:5.1f}"
            f"  turn p99 {self.turn99:5.1f} max {self.turn:5.1f}  cpu {self.cpu:5.2f}"
        )


async def one_round(
    asker: ProcessPoolExecutor, url: str, questions: tuple[str, ...], requests: int, selector: Turns
) -> Round:
    """Let the other process ask; then let it ask some more, and watch this process's loop, which takes a share itself."""
    gc.collect()
    run = asyncio.get_running_loop().run_in_executor
    start = time.process_time()
    times, past = await run(asker, ask_all, url, questions, requests)
    cpu = (time.process_time() - start) * 1000 / requests
    asked = requests % len(questions)
    stalls: list[tuple[float, float]] = []
    watching = asyncio.create_task(watch(stalls))
    selector.taken.clear()
    selector.watching = True
    await run(asker, ask_all, url, questions[asked:] + questions[:asked], max(requests // 3, CONCURRENT))
    selector.watching = False
    watching.cancel()
    ordered = sorted(times)
    late, held = (sorted(column) for column in zip(*stalls, strict=True))
    turns = sorted(selector.taken)
    return Round(
        statistics.median(ordered),
        _late(ordered),
        ordered[-1],
        _late(late),
        late[-1],
        _late(held),
        held[-1],
        _late(turns),
        turns[-1],
        cpu,
        past,
    )


def _late(ordered: Sequence[float]) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


async def watch(stalls: list[tuple[float, float]]) -> None:
    """Note by how much each sleep of a millisecond was late, and the loop's processor time meanwhile, in milliseconds."""
    while True:
        start, busy = time.perf_counter(), time.thread_time()
        await asyncio.sleep(0.001)
        stalls.append(((time.perf_counter() - start) * 1000 - 1, (time.thread_time() - busy) * 1000))


def ask_all(url: str, questions: tuple[str, ...], requests: int) -> tuple[list[float], int]:
    """Ask CONCURRENT at once until `requests` are answered; give each one's milliseconds, and how many came after the deadline."""
    return asyncio.run(_ask_all(url, questions, requests))


async def _ask_all(url: str, questions: tuple[str, ...], requests: int) -> tuple[list[float], int]:
    signed = [sign(questions[number % len(questions)]) for number in reversed(range(requests))]
    times: list[float] = []
    late: list[float] = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONCURRENT)) as session:

        async def asker() -> None:
            while signed:
                body, headers = signed.pop()
                start = time.perf_counter()
                async with session.post(url, data=body, headers=headers) as response:
                    said = await response.read()
                times.append((time.perf_counter() - start) * 1000)
                if response.status != 200:
                    raise RuntimeError(f"{response.status}: {said[:200]!r}")
                if not said:  # acknowledged at the deadline, answered later
                    late.append(times[-1])

        await asyncio.gather(*(asker() for _ in range(CONCURRENT)))
    return times, len(late)


def sign(question: str) -> tuple[bytes, dict[str, str]]:
    """Give a command's body and its signed headers."""
    form = {
        "command": "/call",
        "text": question,
        "team_id": "T",
        "channel_id": "C",
        "user_id": "U",
        "response_url": "http://127.0.0.1:9/",
    }
    body = urlencode(form).encode()
    now = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + now.encode() + b":" + body, hashlib.sha256).hexdigest()
    kind = "application/x-www-form-urlencoded"
    return body, {"content-type": kind, "x-slack-request-timestamp": now, "x-slack-signature": f"v0={digest}"}


@asynccontextmanager
async def bare() -> AsyncIterator[str]:
    """Serve Bolt as its documentation has it: verified, one workspace, a constant acknowledged."""

    async def authorize(**_: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T", bot_token="xoxb-bench", bot_id="B", bot_user_id="U")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize)

    async def constant(ack: Callable[[str], Awaitable[None]]) -> None:
        await ack("hello")

    app.command("/call")(constant)
    async with serving(app.web_app()) as url:
        yield url


@asynccontextmanager
async def earshot(folder: Path, port: int | None = None) -> AsyncIterator[str]:
    """Serve Earshot over copies of the sample calls, on a port of its own unless on one that others share."""
    if os.environ.get("EARSHOT_BENCH_TOPICS") == "new":
        finder.READ = _everybody.KEPT = _everybody.PASSED = 1
        drawn.KEPT = PAGE  # a page draws each of its turns once
    settings = Settings(bot_token="xoxb-bench", signing_secret=SECRET, home=folder)
    loaded = load([SAMPLES]).calls
    calls = [
        dataclasses.replace(loaded[number % len(loaded)], id=f"{loaded[number % len(loaded)].id}-{number}")
        for number in range(CALLS)
    ]
    workspaces = OneWorkspace(Workspace("T", "T", None, "xoxb-bench", "B", "U"))
    store = await Store.open(settings.database_url, clock=utc_now)
    library = await Library.of(calls)
    async with Speaking("http://127.0.0.1:9/api/") as speaking:
        desk = Desk(settings, library, store, lambda: dt.datetime.now(tz=dt.UTC), workspaces, speaking)
        async with collecting_between_answers(lambda: turnstile().free), serving(build(desk), port) as url:
            yield url
    await store.close()


@asynccontextmanager
async def serving(app: web.Application, port: int | None = None) -> AsyncIterator[str]:
    """Serve an application on the loopback, on a port of its own unless on one that others share."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port or 0, reuse_port=port is not None)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    main()
