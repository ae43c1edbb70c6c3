"""The two commands the product is known by, typed over the sample calls and the seed, through HTTP and the socket."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.transcripts import load
from handlers.blocks.limits import broken, texts
from playground.slack import LocalSlack
from tests.desk import connected, desk_at, served

SAMPLES = Path(__file__).parent.parent / "playground" / "calls"


async def said(slack: LocalSlack, folder: Path, path: Path, by_socket: bool, typed: str) -> str:
    """Type a command to a bot that has loaded `path`; return the words of its answer."""
    loaded = load([path])
    assert loaded.calls
    async with AsyncExitStack() as stack:
        desk = await stack.enter_async_context(desk_at(slack, folder, loaded.calls))
        await stack.enter_async_context(connected(slack, desk) if by_socket else served(slack, desk))
        delivered = await slack.slash(typed)
    assert delivered.status == 200
    assert broken(delivered.json) == []
    assert slack.refusals == []
    return "".join(texts(delivered.json["blocks"]))


@pytest.mark.parametrize("by_socket", [False, True], ids=["http", "socket"])
@pytest.mark.parametrize(
    ("typed", "names", "words"),
    [
        ("who asked about superchargers", {"Priscilla Okonkwo-Hayes", "Dmitri Vasquez"}, "superchargers"),
        ("quote margin", {"Desmond Achterberg", "Annika Rothwell", "Josephine Tamarack"}, "margin"),
    ],
)
async def test_over_the_samples(
    slack: LocalSlack, tmp_path: Path, by_socket: bool, typed: str, names: set[str], words: str
) -> None:
    told = await said(slack, tmp_path, SAMPLES, by_socket, typed)
    assert any(name in told for name in names)
    assert words in told
    assert "6 calls searched" in told


@pytest.mark.parametrize("by_socket", [False, True], ids=["http", "socket"])
@pytest.mark.parametrize(
    ("typed", "name", "lines"),
    [
        ("who asked about superchargers", "Michael Lew", ("line 359", "line 371", "line 381")),
        ("quote margin", "Elon Musk", ("line 99", "line 133", "line 433")),
    ],
)
async def test_over_the_seed(
    slack: LocalSlack, tmp_path: Path, shared: Path, by_socket: bool, typed: str, name: str, lines: tuple[str, ...]
) -> None:
    seed = shared / "transcripts" / "seed" / "tsla-2012-q3.txt"
    told = await said(slack, tmp_path, seed, by_socket, typed)
    assert name in told
    assert any(line in told for line in lines)
    assert "TSLA Q3 2012" in told
