"""Whatever bytes and words come: the parser, the questions and the gate give an answer or a refusal, never an error.

    python -m tests.chaos fuzz --minutes 60 --targets gate parser query --seeds 1

Hypothesis draws each round of examples from a seed of its own; what fails is printed with it, so that it can be had again.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.chaos import hostile

TARGETS = ("gate", "parser", "query")
ROUND = 200  # examples a seed
SETTINGS = settings(
    max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
Target = tuple[st.SearchStrategy[Any], Callable[[Any], None]]


@dataclass(slots=True)
class Result:
    """What one target gave: how many examples, and what failed (round's seed, kind of error and where it was raised)."""

    target: str
    seed: int
    minutes: float
    examples: int = 0
    slowest: float = 0.0  # seconds an example
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def broken(self) -> int:
        """How many kinds of failures there were."""
        return len(self.failures)


def run(target: str, first: int, minutes: float) -> Result:
    """Draw examples for as long as that, whatever fails on the way."""
    result = Result(target, first, minutes)
    until = time.monotonic() + minutes * 60
    with opened(target) as (strategy, check):
        number = first * 1_000_000
        while time.monotonic() < until:
            _round(strategy, check, number, until, result)
            number += 1
    result.slowest = round(result.slowest, 2)
    return result


def _round(
    strategy: st.SearchStrategy[Any], check: Callable[[Any], None], number: int, until: float, result: Result
) -> None:
    @seed(number)
    @settings(SETTINGS)
    @given(strategy)
    def draw(value: Any) -> None:
        began = time.monotonic()
        if began > until:
            return
        result.examples += 1
        try:
            check(value)
        except Exception as error:  # noqa: BLE001  # every kind is kept once, and the hunt goes on
            shown = value if isinstance(value, int) else ascii(value)[:300]
            result.failures.setdefault(_kind(error), f"seed {number}: {shown}: {str(error)[:300]}")
        result.slowest = max(result.slowest, time.monotonic() - began)

    draw()


def _kind(error: Exception) -> str:
    """Tell failures apart: the error's class and the last line of ours that it came through."""
    place, trace = "", error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "/site-packages/" not in file and "/lib/python" not in file:
            place = f"{Path(file).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} {place}".strip()


@contextmanager
def opened(target: str) -> Iterator[Target]:
    """Open a target: what to draw, and what to do with it."""
    level = logging.getLogger().level
    with hostile.temporary() as folder:
        if target == "parser":
            seeds = hostile.corpus()
            yield hostile.numbers, lambda number: hostile.parse(*hostile.mutated_bytes(number, seeds), Path(folder))
        elif target == "query":
            asking = hostile.Asking()
            yield hostile.words(), asking.check
            asking.close()
        else:
            gate = hostile.Gate(Path(folder))
            logging.getLogger().setLevel(logging.INFO)  # what the bot itself logs at

            def post(number: int) -> None:
                body, kind, signed = hostile.mutated_body(number)
                gate.check(body, kind, signed=signed)

            yield hostile.numbers, post
            gate.close()
    logging.getLogger().setLevel(level)
