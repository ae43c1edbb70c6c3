"""Folders of transcripts while the bot runs: what appears, changes or leaves, as calls to add and ids to remove."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchfiles import awatch

from bot.call import Call
from bot.transcripts import Entry, Failure, Loaded, Outcome, arrange, find, opened, outcomes_of, stamp_of

logger = logging.getLogger(__name__)
SETTLE = 600  # milliseconds without a change until a burst of them is taken for finished
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
        """The folders to watch: those given, and those that given files stand in."""
        return tuple(dict.fromkeys(path if path.is_dir() else path.parent for path in self._paths))

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

    `loaded` is what `load` gave for the same paths; what changed between that and the first look is told first.
    """
    watched = Watched(paths, loaded, cache=cache)
    first = await asyncio.to_thread(watched.look)
    if first.added or first.removed:
        yield first
    async for _ in awatch(*watched.folders, stop_event=stop, debounce=4 * SETTLE, step=STEP, recursive=True):
        try:
            change = await asyncio.to_thread(watched.look)
        except OSError:
            logger.warning("a watched folder could not be read", exc_info=True)
            continue
        if change.added or change.removed or change.failures or change.notes:
            yield change
