"""Watched folders: what appears, changes or leaves."""

import asyncio
import contextlib
import shutil
from pathlib import Path

import pytest

from bot.transcripts import load
from bot.watching import Change, Watched, _stirs, watch
from tests.test_transcripts import call

TELLS = Path("/proc/self/fdinfo").is_dir()  # Linux tells how many watches a process holds


def ids(change: Change) -> tuple[set[str], set[str]]:
    return {each.id for each in change.added}, set(change.removed)


def watches_held() -> int:
    """Return how many inotify watches this process holds; 0 where the system doesn't tell."""
    held = 0
    if not TELLS:
        return held
    for each in Path("/proc/self/fdinfo").iterdir():
        with contextlib.suppress(OSError):
            held += sum(line.startswith("inotify wd:") for line in each.read_text().splitlines())
    return held


async def begun(held: int, more: int = 1) -> None:
    """Wait until the system watches `more` than it held; for a while, where it doesn't tell."""
    if not TELLS:
        await asyncio.sleep(0.3)
        return
    async with asyncio.timeout(20):
        while watches_held() < held + more:  # noqa: ASYNC110  # nobody is told
            await asyncio.sleep(0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "a.txt").write_text(call("chargers"))
    return tmp_path / "calls"


def test_what_appears_changes_and_leaves(folder: Path, tmp_path: Path) -> None:
    watched = Watched([folder], load([folder]), cache=tmp_path / "cache")
    assert ids(watched.look()) == (set(), set())
    (folder / "b.txt").write_text(call("batteries"))
    assert ids(watched.look()) == ({"b"}, set())
    (folder / "a.txt").write_text(call("chargers", turns=8))
    assert ids(watched.look()) == ({"a"}, {"a"})
    (folder / "b.toml").write_text('company = "Brightwater Motors"')
    assert ids(watched.look()) == ({"b"}, {"b"})
    (folder / "b.txt").rename(folder / "c.txt")
    assert ids(watched.look()) == ({"c"}, {"b"})
    shutil.rmtree(folder)
    assert ids(watched.look()) == (set(), {"a", "c"})


def test_a_clash_renames_both_and_its_end_renames_back(folder: Path) -> None:
    watched = Watched([folder], load([folder]))
    watched.look()
    (folder / "old").mkdir()
    (folder / "old" / "a.txt").write_text(call("batteries"))
    assert ids(watched.look()) == ({"calls/a", "old/a"}, {"a"})
    (folder / "old" / "a.txt").unlink()
    assert ids(watched.look()) == ({"a"}, {"calls/a", "old/a"})


def test_a_double_is_told_once_and_takes_over_when_the_first_leaves(folder: Path) -> None:
    watched = Watched([folder], load([folder]))
    watched.look()
    (folder / "b.txt").write_text(call("chargers"))
    change = watched.look()
    assert (ids(change), len(change.notes)) == ((set(), set()), 1)
    assert not watched.look().notes
    (folder / "a.txt").unlink()
    assert ids(watched.look()) == ({"b"}, {"a"})


def test_a_file_that_fails_is_told_and_may_be_mended(folder: Path) -> None:
    watched = Watched([folder], load([folder]))
    watched.look()
    (folder / "b.txt").write_text("half")
    assert [Path(each.file).name for each in watched.look().failures] == ["b.txt"]
    (folder / "b.txt").write_text(call("batteries"))
    assert ids(watched.look()) == ({"b"}, set())


async def test_changes_come_by_themselves_until_stopped(folder: Path) -> None:
    stop, before = asyncio.Event(), watches_held()
    changes = watch([folder], load([folder]), stop=stop)
    waiting = asyncio.ensure_future(anext(changes))
    await begun(before)
    (folder / "b.txt").write_text(call("batteries"))
    assert ids(await asyncio.wait_for(waiting, 20)) == ({"b"}, set())
    stop.set()
    assert [change async for change in changes] == []


@pytest.mark.skipif(not TELLS, reason="counts what Linux tells of its watches")
async def test_a_file_is_watched_without_what_lies_beside_it(folder: Path) -> None:
    for number in range(20):
        (folder / f"deep{number}" / "deeper").mkdir(parents=True)
    file, stop = folder / "a.txt", asyncio.Event()
    before = watches_held()
    changes = watch([file], load([file]), stop=stop)
    waiting = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0.3)  # until it has begun, and would have watched more
    assert watches_held() - before == 1
    (folder / "b.txt").write_text(call("batteries"))
    new = folder / "new.tmp"
    new.write_text(call("chargers", turns=8))
    new.rename(file)  # as editors and downloads put a file in another's place
    assert ids(await asyncio.wait_for(waiting, 20)) == ({"a"}, {"a"})
    stop.set()
    assert [change async for change in changes] == []


async def test_a_folder_and_a_file_are_watched_together(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    alone = tmp_path / "alone" / "c.txt"
    alone.write_text(call("tariffs"))
    stop, before = asyncio.Event(), watches_held()
    changes = watch([folder, alone], load([folder, alone]), stop=stop)
    for path, found in ((folder / "b.txt", ({"b"}, set())), (alone, ({"c"}, {"c"}))):
        waiting = asyncio.ensure_future(anext(changes))
        await begun(before, 2)
        path.write_text(call("batteries", turns=8 if path is alone else 6))
        assert ids(await asyncio.wait_for(waiting, 20)) == found
    stop.set()
    assert [change async for change in changes] == []


async def test_a_folder_that_goes_is_told_and_raised(folder: Path) -> None:
    before = watches_held()
    changes = watch([folder], load([folder]))
    waiting = asyncio.ensure_future(anext(changes))
    await begun(before)
    shutil.rmtree(folder)
    assert ids(await asyncio.wait_for(waiting, 20)) == (set(), {"a"})
    with pytest.raises(FileNotFoundError):
        await anext(changes)


async def test_a_folder_replaced_while_its_going_is_told_is_noticed(folder: Path) -> None:
    stirs = _stirs((folder,), (), None)
    await anext(stirs)  # the system watches
    shutil.rmtree(folder)
    await asyncio.wait_for(anext(stirs), 20)
    await asyncio.to_thread(folder.mkdir)  # before anybody looks again: its watch is dead, though the folder is there
    with pytest.raises(FileNotFoundError):
        await anext(stirs)
    await stirs.aclose()


async def test_the_system_watches_before_the_first_look(folder: Path) -> None:
    stirs = _stirs((folder,), (), None)
    await anext(stirs)  # what changes from here on is told, though the first look has not been yet
    (folder / "b.txt").write_text(call("batteries"))
    await asyncio.wait_for(anext(stirs), 20)
    await stirs.aclose()
