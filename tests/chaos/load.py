"""So many commands (and events) a second for a minute, while given files are parsed: how soon is each acknowledged?

    python -m tests.chaos load --rate 50 --seconds 60
    python -m tests.chaos load --rate 100 --events 100 --seconds 600

Requests leave at their own times whether or not the bot keeps up, so that a standstill delays all that come meanwhile.
"""

import asyncio
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.chaos.bot import QUESTIONS, Running, given, running

CALLS = 200
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
EVERY = 2.0  # seconds between two files that are given
GOAL, LONGEST = 100.0, 1000.0  # milliseconds: the 99th percentile, and every single one


@dataclass(slots=True)
class Result:
    """What one run gave; times in milliseconds, of commands until they are acknowledged, of events likewise."""

    seed: int
    rate: int
    event_rate: int
    seconds: float
    commands: int = 0
    events: int = 0
    uploads: int = 0
    errors: int = 0
    p50: float = 0.0
    p99: float = 0.0
    most: float = 0.0
    events_p99: float = 0.0
    events_most: float = 0.0
    stall: float = 0.0
    behind: float = 0.0  # by how much the latest request left late: above a few ms it is the asker that is measured
    took: dict[str, list[float]] = field(default_factory=lambda: {"command": [], "event": []}, repr=False)

    @property
    def broken(self) -> int:
        """How many promises were broken."""
        return self.errors + (self.p99 > GOAL) + (self.most > LONGEST)


async def run(seed: int, rate: int, events: int, seconds: float, calls: int = CALLS) -> Result:
    """Run one seed."""
    result = Result(seed, rate, events, seconds)
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            LocalSlack() as slack,
            running(slack, Path(folder), calls) as bot,
            aiohttp.ClientSession() as session,
        ):
            for number in range(20):  # the first questions build what all later ones find ready
                await _post(slack, "command", QUESTIONS[number * 7], f"warm {number}")
            await bot.stall(session)
            times = [(number / rate, "command") for number in range(round(rate * seconds))]
            times += [(number / events, "event") for number in range(round(events * seconds))] if events else []
            giving = asyncio.create_task(_give(bot, session, result))
            began = time.perf_counter()
            async with asyncio.TaskGroup() as group:
                for number, (at, kind) in enumerate(sorted(times)):
                    late = time.perf_counter() - began - at
                    if late < 0:
                        await asyncio.sleep(-late)
                    result.behind = max(result.behind, late * 1000)
                    group.create_task(_timed(slack, kind, dice.choice(QUESTIONS), str(number), result))
                    if len(slack.calls) > 2000:
                        slack.calls.clear()  # what is under way stays
            giving.cancel()
            await asyncio.gather(giving, return_exceptions=True)
            result.stall = await bot.stall(session)
    _conclude(result)
    return result


async def _give(bot: Running, session: aiohttp.ClientSession, result: Result) -> None:
    """Give a file every two seconds, one after the other."""
    while True:
        began = time.monotonic()
        result.uploads += 1
        result.errors += not await bot.give(session, *given(result.uploads % 20))
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))


async def _timed(slack: LocalSlack, kind: str, question: str, number: str, result: Result) -> None:
    began = time.perf_counter()
    status = await _post(slack, kind, question, number)
    result.took[kind].append((time.perf_counter() - began) * 1000)
    result.errors += status != 200


async def _post(slack: LocalSlack, kind: str, question: str, number: str) -> int:
    """Send one command, or one event that nobody answers: its way is the inbox and back."""
    if kind == "event":
        event = {"type": "app_home_opened", "user": ADA, "tab": "messages", "event_ts": f"{number}.0"}
        delivered = await slack.event(event)
        return delivered.status
    form = {"command": "/call", "text": question, "team_id": TEAM, "channel_id": DESK, "user_id": ADA,
            "trigger_id": number, "response_url": slack.response_url(ADA, DESK)}  # fmt: skip
    return (await slack.raw(urlencode(form).encode(), FORM)).status


def _conclude(result: Result) -> None:
    commands, events = sorted(result.took["command"]), sorted(result.took["event"])
    result.commands, result.events = len(commands), len(events)
    result.p50 = round(commands[len(commands) // 2], 1)
    result.p99 = round(commands[min(len(commands) - 1, int(len(commands) * 0.99))], 1)
    result.most = round(commands[-1], 1)
    if events:
        result.events_p99 = round(events[min(len(events) - 1, int(len(events) * 0.99))], 1)
        result.events_most = round(events[-1], 1)
    result.behind = round(result.behind, 1)
