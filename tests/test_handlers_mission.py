"""The two commands the product is known by, typed over the sample calls and the seed, through HTTP and the socket.

Every page is held to the lines that a reader of the calls finds right, in their order: one wrong hit fails.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.transcripts import load
from handlers.blocks.limits import broken, texts
from handlers.desk import Desk
from playground.slack import LocalSlack
from tests.desk import connected, desk_at, samples, served

SAMPLES = Path(__file__).parent.parent / "playground" / "calls"
# Where a hit says that it stands: company, quarter, line. The first word of the company is enough to tell calls apart.
SOURCE = re.compile(r"· (\w+)[^·\n]* (Q[1-4]) \d{4} · [^·\n]+ · line (\d+)")

ways = pytest.mark.parametrize("by_socket", [False, True], ids=["http", "socket"])


@asynccontextmanager
async def bot_over(slack: LocalSlack, folder: Path, path: Path, *, by_socket: bool = False) -> AsyncIterator[Desk]:
    """Run a bot that has loaded `path`."""
    calls = samples() if path == SAMPLES else load([path]).calls
    assert calls
    async with AsyncExitStack() as stack:
        desk = await stack.enter_async_context(desk_at(slack, folder, calls))
        await stack.enter_async_context(connected(slack, desk) if by_socket else served(slack, desk))
        yield desk


def places(message: Mapping[str, object]) -> list[str]:
    """Return where every hit of a page stands, in the order shown, as "Velmere Q2 60"."""
    return [" ".join(found) for found in SOURCE.findall("".join(texts(message["blocks"])))]


async def pages(slack: LocalSlack, desk: Desk, typed: str, count: int) -> list[list[str]]:
    """Type a command, press *Next* until `count` pages were seen, and return where their hits stand."""
    delivered = await slack.slash(typed)
    assert delivered.status == 200
    shown = [delivered.json]
    while len(shown) < count:
        message = slack.workspace.channel("C0AUTODESK").messages[-1]
        assert (await slack.click(message, "page:next")).status == 200
        await desk.errands.drain(5)
        shown.append(slack.called("response_url")[-1].arguments)
    assert all(broken(message) == [] for message in shown)
    assert slack.refusals == []
    return [places(message) for message in shown]


# Questions that say "superchargers": five turns, before those that only follow up or say it otherwise.
SUPERCHARGERS = [["Velmere Q2 60", "Velmere Q1 135", "Velmere Q3 60"], ["Velmere Q3 202", "Velmere Q2 44"]]
# Management on margin; each of the three says "gross margin" with its figure or its aim.
MARGIN = [["Velmere Q2 19", "Velmere Q1 59", "Finch Q1 401"]]


@ways
@pytest.mark.parametrize(
    ("typed", "expected"), [("who asked about superchargers", SUPERCHARGERS), ("quote margin", MARGIN)]
)
async def test_over_the_samples(
    slack: LocalSlack, tmp_path: Path, by_socket: bool, typed: str, expected: list[list[str]]
) -> None:
    async with bot_over(slack, tmp_path, SAMPLES, by_socket=by_socket) as desk:
        shown = await pages(slack, desk, typed, len(expected))
    assert [page[: len(lines)] for page, lines in zip(shown, expected, strict=True)] == expected
    assert len(shown[0]) == len(expected[0])


# The last ones of each speak of it in other words: of fast charging, and in answers to questions about the margin.
SEED = [
    ("who asked about superchargers", [["237", "359", "381"], ["371"]]),
    ("quote margin", [["133", "433", "271"], ["293"]]),
]


@ways
@pytest.mark.parametrize(("typed", "lines"), SEED)
async def test_over_the_seed(
    slack: LocalSlack, tmp_path: Path, shared: Path, by_socket: bool, typed: str, lines: list[list[str]]
) -> None:
    seed = shared / "transcripts" / "seed" / "tsla-2012-q3.txt"
    async with bot_over(slack, tmp_path, seed, by_socket=by_socket) as desk:
        shown = await pages(slack, desk, typed, len(lines))
    assert shown == [[f"TSLA Q3 {line}" for line in page] for page in lines]


# What is said in one thread, and where the first page of each answer stands; names without accents and in any case.
THREADS = [
    (
        ("who asked about superchargers", SUPERCHARGERS[0]),
        ("and Dmitri Vasquez?", ["Velmere Q1 329"]),
        ("only Harbor & Lane", ["Velmere Q1 135", "Velmere Q3 60", "Velmere Q2 44"]),
    ),
    (
        ("who asked about tariffs", None),
        ("and zoe marchetti?", ["Velmere Q1 295"]),
        ("only st. aldric", []),
    ),
]


@pytest.mark.parametrize("said", THREADS, ids=["superchargers", "tariffs"])
async def test_follow_ups_in_a_thread(
    slack: LocalSlack, tmp_path: Path, said: tuple[tuple[str, list[str] | None], ...]
) -> None:
    thread: str | None = None
    async with bot_over(slack, tmp_path, SAMPLES) as desk:
        for words, expected in said:
            mentioned = await slack.mention(words, thread=thread)
            thread = thread or mentioned.message.ts
            await desk.errands.drain(5)
            posted = slack.called("chat.postMessage")[-1].arguments
            assert posted["thread_ts"] == thread
            assert expected is None or places(posted) == expected
            assert broken(posted) == []
    assert len(slack.called("chat.postMessage")) == len(said)
    assert "nothing found" in "".join(texts(posted)) or expected
    assert slack.refusals == []
