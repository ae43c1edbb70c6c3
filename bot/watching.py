"""Folders of transcripts while the bot runs: what appears, changes or leaves, as calls to add and ids to remove."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change as Gone
from watchfiles import awatch

from bot.arranging import arrange
from bot.call import Call
from bot.files import find, stamp_of
from bot.outcome import Entry, Failure, Outcome
from bot.transcripts import Loaded, opened, outcomes_of

if TYPE_CHECKING:
    from watchfiles.main import FileChange

logger = logging.getLogger(__name__)
SETTLE = 600  # milliseconds without a change until a burst of them is taken for finished
LOST = (-1, -1)  # a folder whose watch died, whatever stands in its place now
EVERY = 60.0  # seconds after which is looked, though nothing was told
STEP = 100  # milliseconds between looks


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: ids that are gone, calls that are new (a changed call is both), failures, and notes for people."""

    added: tuple[Call, ...]
    removed: tuple[str, ...]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]


class Watched:
    """What the watched paths held when last looked at. `look` reads what changed since; nothing here is async."""

    def __init__(self, paths: Iterable[Path], loaded: Loaded | None = None, *, cache: Path | None = None) -> None:
        """Begin from what `load` gave for the same paths, or, without it, from nothing."""
        self._paths = tuple(paths)
        self._cache = cache
        self._stamps: dict[Path, str] = {}
        self._outcomes: dict[Path, Outcome] = {}
        self._shown: dict[str, Call] = {}
        self._notes: frozenset[str] = frozenset()
        if loaded is not None:
            self._shown = {call.id: call for call in loaded.calls}
            self._notes = frozenset(loaded.notes)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders to watch with all that is in them."""
        return tuple(dict.fromkeys(path for path in self._paths if path.is_dir()))

    @property
    def files(self) -> tuple[Path, ...]:
        """The files to watch by themselves, and with them their sidecars."""
        return tuple(dict.fromkeys(path for path in self._paths if not path.is_dir()))

    def look(self) -> Change:
        """Read files that are new or changed, drop those that are gone, and say what that means for the library."""
        paths = [path for path in find(self._paths) if path.is_file()]
        stamps = {path: stamp_of(path) for path in paths}
        fresh = [path for path in paths if self._stamps.get(path) != stamps[path]]
        with opened(self._cache) as (kept, notes):
            read = outcomes_of(fresh, kept)
            self._outcomes = {path: read.get(path) or self._outcomes[path] for path in paths}
            self._stamps = stamps
            entries: list[Entry] = [entry for outcome in self._outcomes.values() for entry in outcome.entries]
            calls, _, told = arrange(entries, kept)
        now = {call.id: call for call in calls}
        removed = tuple(id_ for id_, call in self._shown.items() if id_ not in now or _differs(now[id_], call))
        added = tuple(call for id_, call in now.items() if id_ not in self._shown or _differs(self._shown[id_], call))
        new_notes = tuple(note for note in (*notes, *told) if note not in self._notes)
        self._notes |= set(new_notes)
        self._shown = now
        failures = tuple(failure for outcome in read.values() for failure in outcome.failures)
        return Change(added, removed, failures, new_notes)


def _differs(one: Call, other: Call) -> bool:
    """Tell calls apart: identical objects at once, equal ones by their fields (a sidecar changes no fingerprint)."""
    return one is not other and (one.fingerprint != other.fingerprint or one != other)


async def watch(
    paths: Sequence[Path], loaded: Loaded, *, cache: Path | None = None, stop: asyncio.Event | None = None
) -> AsyncIterator[Change]:
    """Yield every change under the paths within seconds, until `stop` is set. Files are read in a thread.

    `loaded` is what `load` gave for the same paths; what changed between that and the first look is told first. Raises
    OSError and RuntimeError where the system stops telling of changes; begin again with what is loaded by then.
    """
    watched = Watched(paths, loaded, cache=cache)
    # The first stir comes once the system watches: what changes later is told, what changed before is looked for.
    async for _ in _stirs(watched.folders, watched.files, stop):
        try:
            change = await asyncio.to_thread(watched.look)
        except OSError:
            logger.warning("a watched folder could not be read", exc_info=True)
            continue
        if change.added or change.removed or change.failures or change.notes:
            yield change


def _streams(
    folders: Sequence[Path], files: Sequence[Path], stop: asyncio.Event | None
) -> "list[AsyncGenerator[set[FileChange], None]]":
    """Return what the system tells of changes in the folders, however deep, and in the files.

    A file is watched through the folder it stands in (a file that is written anew is another one to the system), but
    that folder alone, not what lies below it, and for the names of the file and its sidecars only.
    """
    streams: list[AsyncGenerator[set[FileChange], None]] = []
    if folders:
        streams.append(awatch(*folders, stop_event=stop, debounce=4 * SETTLE, step=STEP))
    if files:
        stems = {_stem(file) for file in files}
        parents = dict.fromkeys(file.absolute().parent for file in files)
        streams.append(
            awatch(
                *parents,
                watch_filter=lambda _, path: _stem(Path(path)) in stems,
                stop_event=stop,
                debounce=4 * SETTLE,
                step=STEP,
                recursive=False,
            )
        )
    return streams


async def _stirs(
    folders: Sequence[Path], files: Sequence[Path], stop: asyncio.Event | None
) -> AsyncGenerator[None, None]:
    """Yield at the start, whenever something stirs in the folders, however deep, or in one of the files.

    And now and then, for there are file systems that tell of nothing.
    """
    streams = _streams(folders, files, stop)
    known: dict[Path, tuple[int, int] | None] = {folder: _identity(folder) for folder in folders}
    waiting = {asyncio.ensure_future(anext(stream)): stream for stream in streams}
    try:
        await asyncio.sleep(0)  # lets them begin
        stirred = True
        while waiting:
            # Told before the look, for what comes back while it lasts is another folder, and its watch is dead.
            gone = [str(folder) for folder, identity in known.items() if _identity(folder) != identity]
            if stirred:
                yield
            if gone:
                raise FileNotFoundError(", ".join(gone))
            if grown := [str(file) for file in files if file.is_dir()]:
                raise IsADirectoryError(", ".join(grown))  # a folder that came back is watched with all that is in it
            done, _ = await asyncio.wait(waiting, timeout=EVERY, return_when=asyncio.FIRST_COMPLETED)
            stirred = not done
            for each in done:
                stream = waiting.pop(each)
                try:
                    changes = each.result()
                except StopAsyncIteration:
                    continue  # stopped
                stirred = True
                known.update(dict.fromkeys(_deleted(changes, known), LOST))
                waiting[asyncio.ensure_future(anext(stream))] = stream
    finally:
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


def _deleted(changes: Iterable["FileChange"], folders: Iterable[Path]) -> tuple[Path, ...]:
    """Give the folders that the system says were deleted."""
    gone = {Path(path).absolute() for kind, path in changes if kind is Gone.deleted}
    return tuple(folder for folder in folders if folder.absolute() in gone)


def _identity(folder: Path) -> tuple[int, int] | None:
    """Give what tells a folder from another that came in its place; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _stem(path: Path) -> tuple[str, str]:
    """Return a file's folder and its name up to the first point: what it shares with its sidecars."""
    return str(path.absolute().parent), path.name.partition(".")[0]
