"""Half an hour's work: questions, given files and files taken back; does the bot grow, does it hold files open?

    python -m tests.chaos soak --minutes 30 --queries 5000 --uploads 200 --deletes 50 --seeds 1

The files given are of a small pool, given again and again: what is loaded is as much at the end as after the warm-up, and
memory that grows is memory that leaks.
"""

import asyncio
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from playground.slack import LocalSlack
from tests.chaos.bot import QUESTIONS, Running, given, running

POOL = 20  # different files
WARM = 0.15  # of the time: caches fill, every file of the pool has been given once
LAST = 0.1  # of the time: what the end is measured by
CALLS = 40
POOL = 8  # the store keeps five connections, two files each, and may have needed one of them before it was warm
FILES = (
    3 + POOL
)  # a file that is being written just now; what leaks leaves one for each of dozens of files that are given
SOCKETS = 20  # connections that whoever asks keeps open for a while, more or fewer at a time


@dataclass(slots=True)
class Result:
    """What one run gave; memory in megabytes."""

    seed: int
    minutes: float
    queries: int = 0
    uploads: int = 0
    deletes: int = 0
    errors: int = 0
    memory_warm: float = 0.0
    memory_end: float = 0.0
    memory_most: float = 0.0
    files_warm: int = 0
    files_end: int = 0
    sockets_warm: int = 0
    sockets_end: int = 0
    stall: float = 0.0  # milliseconds
    samples: list[tuple[int, float, int, int]] = field(default_factory=list)  # second, memory, open files, sockets

    @property
    def growth(self) -> float:
        """How much memory grew after the warm-up, in megabytes."""
        return round(self.memory_end - self.memory_warm, 1)

    @property
    def broken(self) -> int:
        """How many promises were broken: growth of at most 5 % and 20 MB, no file left open, no error."""
        grown = self.growth > 20 or self.growth > 0.05 * self.memory_warm
        left = self.errors + (self.files_end > self.files_warm + FILES)
        return grown + left + (self.sockets_end > self.sockets_warm + SOCKETS)


def plan(dice: random.Random, minutes: float, queries: int, uploads: int, deletes: int) -> list[tuple[float, str]]:
    """Return what to do when (in seconds), spread evenly at random; the pool is given once during the warm-up."""
    seconds = minutes * 60
    early = [(dice.uniform(0, WARM * 0.6) * seconds, f"give {number}") for number in range(POOL)]
    later = [
        *((dice.uniform(0, 1) * seconds, "ask") for _ in range(queries)),
        *((dice.uniform(WARM, 1) * seconds, f"give {dice.randrange(POOL)}") for _ in range(uploads - 2 * POOL)),
        *((dice.uniform(WARM, 1 - LAST * 2) * seconds, f"take {dice.randrange(POOL)}") for _ in range(deletes)),
    ]
    # The pool is whole again for the last measurement.
    end = [(dice.uniform(1 - LAST * 2, 1 - LAST) * seconds, f"give {number}") for number in range(POOL)]
    return sorted([*early, *later, *end])


async def run(seed: int, minutes: float, queries: int, uploads: int, deletes: int, calls: int = CALLS) -> Result:
    """Run one seed."""
    result = Result(seed, minutes)
    dice = random.Random(seed)
    acts = plan(dice, minutes, queries, uploads, deletes)
    with tempfile.TemporaryDirectory() as folder:
        async with (
            LocalSlack() as slack,
            running(slack, Path(folder), calls) as bot,
            aiohttp.ClientSession() as session,
        ):
            measuring = asyncio.create_task(_measure(bot, result, minutes * 60))
            began = time.monotonic()
            async with asyncio.TaskGroup() as group:
                for at, what in acts:
                    await asyncio.sleep(max(0.0, began + at - time.monotonic()))
                    group.create_task(_act(what, dice, slack, bot, session, result))
                    if len(slack.calls) > 500:
                        slack.calls.clear()  # what is under way stays
            await measuring
            result.stall = await bot.stall(session)
    _conclude(result)
    return result


async def _act(
    what: str, dice: random.Random, slack: LocalSlack, bot: Running, session: aiohttp.ClientSession, result: Result
) -> None:
    kind, _, number = what.partition(" ")
    try:
        if kind == "ask":
            result.queries += 1
            question = dice.choice(QUESTIONS)
            if dice.random() < 0.2:
                said = await slack.mention(question)
                result.errors += any(one.status != 200 for one in said.delivered)
            else:
                result.errors += (await slack.slash(question)).status != 200
        elif kind == "give":
            result.uploads += 1
            result.errors += not await bot.give(session, *given(int(number)))
        else:
            result.deletes += 1
            await bot.take_back(session, given(int(number))[0])
    except (aiohttp.ClientError, TimeoutError, OSError):
        result.errors += 1


async def _measure(bot: Running, result: Result, seconds: float) -> None:
    began = time.monotonic()
    while (now := time.monotonic() - began) < seconds:
        result.samples.append((round(now), round(bot.memory, 1), *bot.open()))
        await asyncio.sleep(max(0.2, seconds / 180))


def _conclude(result: Result) -> None:
    """Compare the time right after the warm-up with the end: medians, for one sample may hold a request's own."""
    seconds = result.minutes * 60
    warm = [one for one in result.samples if WARM * seconds <= one[0] <= (WARM + LAST) * seconds] or result.samples[:1]
    end = [one for one in result.samples if one[0] >= (1 - LAST) * seconds] or result.samples[-1:]
    result.memory_warm = round(statistics.median(one[1] for one in warm), 1)
    result.memory_end = round(statistics.median(one[1] for one in end), 1)
    result.memory_most = max(one[1] for one in result.samples)
    result.files_warm = round(statistics.median(one[2] for one in warm))
    result.files_end = round(statistics.median(one[2] for one in end))
    result.sockets_warm = round(statistics.median(one[3] for one in warm))
    result.sockets_end = round(statistics.median(one[3] for one in end))
