"""Folders that can't be followed: told, tried again, and never a silent end."""

import asyncio
import contextlib
import datetime as dt
import json
import logging
import shutil
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.transcripts import load
from bot.watching import Watched, watch
from handlers import folders
from handlers.asked import Asked
from handlers.call import answer
from handlers.desk import Desk
from handlers.folders import keep_filled
from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import NOW, desk_at, served
from tests.test_transcripts import call


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A served desk with no calls, not ready yet."""
    async with desk_at(slack, tmp_path / "home", ()) as desk, served(slack, desk):
        desk.ready = False
        yield desk


@contextlib.asynccontextmanager
async def followed(desk: Desk, folder: Path) -> AsyncIterator[None]:
    task = asyncio.create_task(keep_filled(desk, (folder,), pause=0.05))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def readiness(slack: LocalSlack) -> str:
    address = (slack.bot_url or "").removesuffix("/slack/events") + "/readyz"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return f"{response.status} {await response.text()}"


async def until(slack: LocalSlack, said: str) -> None:
    """Wait until readiness says something."""
    async with asyncio.timeout(20):
        while said not in await readiness(slack):  # noqa: ASYNC110  # nobody is told
            await asyncio.sleep(0.02)


async def test_a_watch_that_dies_is_told_and_begins_again(
    slack: LocalSlack, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = asyncio.Event()
    broken.set()

    async def falters(*arguments: object, **named: object) -> AsyncIterator[object]:
        if broken.is_set():
            raise OSError("no more watches")
        async for change in watch(*arguments, **named):  # type: ignore[arg-type]  # handed on as they came
            yield change

    monkeypatch.setattr(folders, "watch", falters)
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "a.txt").write_text(call("chargers"))
    with caplog.at_level(logging.ERROR, "handlers.folders"):
        async with followed(desk, folder):
            await until(slack, "200 ready: 1 calls; changes of their folders are not seen at the moment\n")
            (folder / "b.txt").write_text(call("batteries"))
            (folder / "a.txt").unlink()
            broken.clear()
            async with asyncio.timeout(20):
                while set(desk.library.calls) != {"b"}:  # noqa: ASYNC110  # as above
                    await asyncio.sleep(0.02)
            assert await readiness(slack) == "200 ready: 1 calls\n"
    assert "can't be followed" in caplog.text


async def test_a_folder_that_goes_and_comes_back_is_followed(slack: LocalSlack, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "a.txt").write_text(call("chargers"))
    async with followed(desk, folder):
        await until(slack, "ready: 1 calls\n")
        await asyncio.sleep(0.3)  # until the watcher has begun
        shutil.rmtree(folder)
        await until(slack, "ready: 0 calls")
        folder.mkdir()
        (folder / "b.txt").write_text(call("batteries"))
        await until(slack, "ready: 1 calls")
        (folder / "c.txt").write_text(call("tariffs"))
        await until(slack, "ready: 2 calls")


async def test_files_that_still_cant_be_read_are_told_until_they_are_mended_or_go(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    broken = "int main() { return 0; }\n" * 50
    archive, odd, other = folder / "calls.zip", folder / "Q3: final.txt", folder / "other.txt"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("bad.txt", broken)
    for each in (odd, other):
        each.write_text(broken)
    loaded = await folders.fill(desk, (folder,))
    watched = Watched((folder,), loaded)

    async def passes() -> set[str]:
        await folders.take(desk, watched.look())
        shown = json.dumps((await answer(Asked("status", TEAM, DESK, ADA), desk)).message.blocks)
        named = {each for each in (f"{archive}/bad.txt", str(odd), str(other)) if each in shown}
        assert len(named) == len(desk.failures)
        return {Path(each).name for each in named}

    assert await passes() == {"bad.txt", "Q3: final.txt", "other.txt"}
    (folder / "new.txt").write_text(call("chargers"))
    assert await passes() == {"bad.txt", "Q3: final.txt", "other.txt"}
    other.write_text(call("batteries"))
    assert await passes() == {"bad.txt", "Q3: final.txt"}
    odd.unlink()
    assert await passes() == {"bad.txt"}
    archive.unlink()
    assert await passes() == set()


async def test_a_question_that_cant_be_answered_keeps_no_other_from_warming(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "WARMING", ("quote margin call:unheard-2026-q1", *folders.WARMING))
    asked = []

    def clock() -> dt.datetime:
        asked.append(1)
        return NOW

    desk.clock = clock
    await folders.fill(desk, ())
    assert len(asked) == len(folders.WARMING)


async def test_a_first_load_that_fails_is_tried_again(
    slack: LocalSlack, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [OSError("the disk is away"), OSError("still away")]

    def falters(*arguments: object, **named: object) -> object:
        if failures:
            raise failures.pop()
        return load(*arguments, **named)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(folders, "load", falters)
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "a.txt").write_text(call("chargers"))
    assert (await readiness(slack)).startswith("503")
    async with followed(desk, folder):
        await until(slack, "200 ready: 1 calls\n")
    assert failures == []
