"""Given calls over a large library: what it costs to make what a channel sees, and to ask it, beside the library alone."""

import asyncio
import datetime as dt
import random
import statistics
import time
from dataclasses import replace

from bot.ask import ask
from bot.library import Library
from tests.bench.understanding import library as invented

CALLS = 1_200
ROUNDS = 40
QUESTIONS = ("quote margin", "who asked about demand", "who asked about superchargers", "quote growth in Q2 2024")
TODAY = dt.date(2026, 11, 22)


async def _asked(library: Library, order: list[str]) -> list[float]:
    took = []
    for question in order:
        started = time.process_time()
        await ask(library, question, today=TODAY)
        took.append((time.process_time() - started) * 1000)
    return took


async def measured() -> None:
    """Print processor time in milliseconds."""
    calls = list(invented(CALLS))
    base = await Library.of(calls)
    given = [replace(call, id=f"given/{call.id}", fingerprint=f"given {call.id}") for call in calls[:5]]
    started = time.process_time()
    over = await Library.over(base, given)
    made = (time.process_time() - started) * 1000
    order = [random.Random(7).choice(QUESTIONS) for _ in range(ROUNDS * len(QUESTIONS))]  # no secret
    await _asked(base, order[:20])
    await _asked(over, order[:20])
    alone, both = await _asked(base, order), await _asked(over, order)
    print(f"{len(calls)} shared calls ({base.directory.turns:,} turns), 5 given: made in {made:.0f} ms beside the loop")
    for name, took in (("shared alone", alone), ("with the given", both)):
        print(
            f"  ask, {name}: p50 {statistics.median(took):.2f} ms, p99 {statistics.quantiles(took, n=100)[98]:.2f} ms"
        )


def main() -> None:
    """Measure."""
    asyncio.run(measured())
