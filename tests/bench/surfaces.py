"""How soon each surface answers, with 1,000 calls loaded: from the request to the answer at Slack's door.

    python -m tests.bench surfaces

The bot answers the playground's Slack over signed HTTP, one request at a time, each question for the first time. Both
run in this process, so a figure holds Slack's part, too; beside it stands the time of a sub-command that needs no
search, over the same way. `EARSHOT_BENCH_CALLS` names another number of calls, `EARSHOT_BENCH_ASKED` of questions.
"""

import asyncio
import dataclasses
import itertools
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.transcripts import load
from handlers.desk import Desk
from handlers.recent import Recent
from playground.driving import DESK
from playground.slack import LocalSlack
from tests.bench.command import NEW, SAMPLES
from tests.desk import desk_at, served

CALLS = int(os.environ.get("EARSHOT_BENCH_CALLS", "1000"))
ASKED = int(os.environ.get("EARSHOT_BENCH_ASKED", "150"))
WANTED = 100  # milliseconds, at the 99th percentile
FORM = "search_calls"
ANSWERED = ("ack", "chat.postMessage", "chat.stopStream", "response_url", "views.publish", "views.update", "views.open")

Surface = Callable[[LocalSlack, Desk, str], Awaitable[float]]


def main() -> None:
    """Measure every surface, and print its figures."""
    asyncio.run(measure())


async def measure() -> None:
    """Load the calls, then ask at each surface in turn."""
    loaded = load([SAMPLES]).calls
    calls = [
        dataclasses.replace(loaded[number % len(loaded)], id=f"{loaded[number % len(loaded)].id}-{number}")
        for number in range(CALLS)
    ]
    with TemporaryDirectory() as folder:
        async with LocalSlack() as slack, desk_at(slack, Path(folder), calls) as desk, served(slack, desk):
            desk.recent = Recent()  # as in earnest: the double's own writes down each question at once
            print(f"{CALLS} calls, {desk.library.directory.turns} turns, {ASKED} questions a surface; milliseconds")
            questions = itertools.cycle(NEW)
            for name, surface in SURFACES.items():
                times = sorted([await surface(slack, desk, next(questions)) for _ in range(ASKED)])
                late = times[min(len(times) - 1, int(len(times) * 0.99))]
                print(f"{name:16} p50 {statistics.median(times):6.1f}  p99 {late:6.1f}  max {times[-1]:6.1f}")
    print(f"wanted: p99 at most {WANTED}")


async def answered(slack: LocalSlack, act: Callable[[], Awaitable[object]]) -> float:
    """Act, and give the milliseconds until the bot's answer has come."""
    slack.calls.clear()
    started = time.perf_counter()
    await act()
    await slack.until(lambda: slack.called(*ANSWERED), 30)
    return (time.perf_counter() - started) * 1000


async def command(slack: LocalSlack, desk: Desk, question: str) -> float:
    """Type the slash command: the answer is in the acknowledgement, or comes later through the response URL."""
    del desk
    return await answered(slack, lambda: slack.slash(question))


async def bare(slack: LocalSlack, desk: Desk, question: str) -> float:
    """Type a sub-command that looks nothing up."""
    del question
    return await command(slack, desk, "help who")


async def mention(slack: LocalSlack, desk: Desk, question: str) -> float:
    """Mention the bot in a channel."""
    del desk
    return await answered(slack, lambda: slack.mention(question))


async def direct(slack: LocalSlack, desk: Desk, question: str) -> float:
    """Write to the bot."""
    del desk
    return await answered(slack, lambda: slack.direct(question))


async def button(slack: LocalSlack, desk: Desk, question: str) -> float:
    """Press the first button of an answer that asks for something else than a thumb."""
    for asked in (question, "margin"):
        await command(slack, desk, asked)
        message = slack.workspace.channel(DESK).messages[-1]
        name = next((each for each in actions(message.blocks) if each.startswith(("open:", "page:", "ask:"))), None)
        if name is not None:
            break
    else:
        raise RuntimeError("an answer about margin without a button")
    return await answered(slack, lambda: slack.click(message, name))


def actions(blocks: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Yield the action ids of a message's buttons."""
    for block in blocks:
        elements = block.get("elements")
        for element in elements if isinstance(elements, list) else ():
            if isinstance(element, Mapping) and isinstance(name := element.get("action_id"), str):
                yield name


async def form(slack: LocalSlack, desk: Desk, question: str) -> float:
    """Submit the search form of a shortcut: the answer takes its place."""
    del desk
    await answered(slack, lambda: slack.shortcut(FORM))
    view = list(slack.workspace.views.values())[-1]
    started = time.perf_counter()
    delivered = await slack.submit(view, {"words": question})
    took = (time.perf_counter() - started) * 1000
    if not delivered.ok:
        raise RuntimeError(delivered.failure)
    return took


async def home(slack: LocalSlack, desk: Desk, question: str) -> float:
    """Open the Home tab."""
    del desk, question
    return await answered(slack, slack.open_home)


SURFACES: Mapping[str, Surface] = {
    "no search": bare,
    "command": command,
    "mention": mention,
    "direct message": direct,
    "button": button,
    "shortcut form": form,
    "Home": home,
}
