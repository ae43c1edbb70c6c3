"""Digests under fire: three replicas, kill -9 and SIGSTOP at random, a troubled Slack; how many are missing or doubled?

    python -m tests.chaos digests --digests 1000 --kills 200 --seeds 1 2 3 --databases sqlite postgres

The clock runs 20 times as fast as the wall (`--speed`); everything else (pace, leases, statements, requests) is the product's own.
"""

import asyncio
import datetime as dt
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from aiohttp import web

from bot.digest.clockwork import Pace
from bot.digest.schedule import EVERY_DAY, Schedule
from bot.digest.watched import subject_of
from bot.state.run import Planned
from bot.state.store import Store
from handlers.serve import utc_now
from tests.chaos import replica
from tests.chaos.replica import Time
from tests.chaos.slack import TroubledSlack
from tests.cluster import fresh_database

SPEED = 20.0
START = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
FIRST = 15  # minutes after START that the first digest is due
TENANTS = 5
REPLICAS = 3
LATE_COMMIT = 40.0  # seconds of the faster clock after which a late request counts; below the lease
TAIL = 10 * 60.0  # seconds of the faster clock after the last digest is due


SHIPPED = Pace()


@dataclass(slots=True)
class Result:
    """What one run gave. `doubled` were seen twice, `ever_doubled` were taken back before anyone saw them."""

    database: str
    seed: int
    digests: int
    speed: float
    kills: int = 0
    pauses: int = 0
    missing: int = 0
    doubled: int = 0
    ever_doubled: int = 0
    late_p99: float = 0.0  # seconds after they were due
    states: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(slots=True)
class Monkey:
    """Kills and freezes replicas, and starts new ones in their place."""

    dice: random.Random
    arguments: tuple[str, str, Time, Pace]
    result: Result
    replicas: list[BaseProcess] = field(default_factory=list)
    started: int = 0

    def start(self) -> BaseProcess:
        """Start a replica: forked off a process that has everything imported."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.chaos.replica"])
        self.started += 1
        process = context.Process(target=replica.main, args=(*self.arguments, f"r{self.started}"), daemon=True)
        process.start()
        return process

    async def rage(self, kills: int, seconds: float) -> None:
        """Kill `kills` times in `seconds`, and freeze about one time in four."""
        self.replicas = [self.start() for _ in range(REPLICAS)]
        gap = seconds / max(kills, 1) / 2  # starting anew takes time, too, and one in five is a freeze
        until = time.time() + seconds
        while time.time() < until:
            await asyncio.sleep(self.dice.uniform(0.4, 1.6) * gap)
            victim = self.dice.randrange(REPLICAS)
            if self.dice.random() < 0.2:
                await self._freeze(self.replicas[victim])
            elif self.result.kills < kills:
                self.replicas[victim].kill()
                self.replicas[victim].join()
                self.result.kills += 1
                self.replicas[victim] = self.start()

    async def _freeze(self, process: BaseProcess) -> None:
        """Stop a replica for a while: up to twice its lease."""
        if process.pid is None:
            return
        os.kill(process.pid, signal.SIGSTOP)
        self.result.pauses += 1

        def thaw(pid: int = process.pid) -> None:
            if process.is_alive():
                os.kill(pid, signal.SIGCONT)

        asyncio.get_running_loop().call_later(self.dice.uniform(0.1, 120.0) / self.arguments[2].speed, thaw)

    def stop(self) -> None:
        """Kill them all."""
        for process in self.replicas:
            process.kill()
            process.join()


async def run(
    database: str,
    seed: int,
    digests: int,
    kills: int,
    window: int,
    speed: float = SPEED,
    pace: Pace = SHIPPED,
    *,
    watches: bool = False,
) -> Result:
    """Run one seed: `digests` channels whose digests are due within `window` minutes of the faster clock.

    `watches`: what their watches found in a new call instead, over the same machinery.
    """
    began = time.time()
    result = Result(database, seed, digests, speed)
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'state.db'}" if database == "sqlite" else await fresh_database()
        channels = await fill(url, digests, window, dice, watches=watches)
        clock = Time(START, time.time() + 2, speed)
        slack = TroubledSlack(lambda: clock.now().timestamp(), seed, LATE_COMMIT / speed)
        runner = web.AppRunner(slack.app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        monkey = Monkey(dice, (url, address, clock, pace), result)
        try:
            await monkey.rage(kills, ((FIRST + window) * 60) / speed)
            await asyncio.sleep(TAIL / speed)
        finally:
            monkey.stop()
        slack.post()
        await runner.cleanup()
        await count(result, slack, url, channels)
    result.seconds = round(time.time() - began, 1)
    return result


async def fill(url: str, digests: int, window: int, dice: random.Random, *, watches: bool) -> dict[str, dt.datetime]:
    """Subscribe a channel a digest, due at some minute of the window. Return when each is due."""
    store = await Store.open(url, clock=utc_now)
    found = {}
    for number in range(digests):
        tenant = f"T{number % TENANTS}"
        due = START + dt.timedelta(minutes=FIRST + dice.randrange(window))
        channel = f"{tenant}-C{number}"
        if watches:
            await store.go_live(tenant, channel, "margin", "U1", now=START, calls={})
            row = Planned(due.date(), due, subject=subject_of("margin", "a call"))
            await store.plan_runs(tenant, channel, [row])
        else:
            schedule = Schedule(due.hour, due.minute, EVERY_DAY, "UTC")
            await store.subscribe(tenant, channel, schedule, user="U1", now=START, calls={})
        found[channel] = due
    await store.close()
    return found


async def count(result: Result, slack: TroubledSlack, url: str, channels: dict[str, dt.datetime]) -> None:
    """Compare what was posted with what was due."""
    posted = Counter(channel for channel, _ in slack.posted)
    result.missing = sum(1 for channel in channels if not posted[channel])
    result.doubled = sum(1 for number in posted.values() if number > 1)
    result.ever_doubled = sum(1 for number in Counter(name for name, _ in slack.scheduled).values() if number > 1)
    late = sorted(at - channels[channel].timestamp() for channel, at in slack.posted)
    result.late_p99 = late[int(len(late) * 0.99)] if late else 0.0
    result.faults = slack.faults
    store = await Store.open(url, clock=utc_now)
    states: Counter[str] = Counter()
    for channel in channels:
        tenant = channel.partition("-")[0]
        runs = await store.runs(tenant, channel) or await store.found(tenant, channel)
        states[runs[0].state.value if runs else "none"] += 1
    await store.close()
    result.states = dict(states)
