"""The folders of calls, loaded at the start and followed while the bot runs."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.ask import ask
from bot.errors import EarshotError
from bot.library import Library
from bot.outcome import Failure
from bot.search.thesaurus import Thesaurus
from bot.transcripts import Loaded, load
from bot.watching import Change, watch

if TYPE_CHECKING:
    from handlers.desk import Desk

WARMING = ("who asked about margins", "quote demand by the CFO")  # asked once, so that nobody's question is the first
PAUSE = 30.0  # seconds until a watch that has died begins again

_log = logging.getLogger(__name__)


async def fill(desk: "Desk", paths: Iterable[Path]) -> Loaded:
    """Load the calls, off the event loop, and be ready. Files that can't be read are listed, and the rest load."""
    loaded = await asyncio.to_thread(load, tuple(paths), cache=desk.settings.home / "cache")
    library = await Library.of(loaded.calls, index=desk.index, thesaurus=Thesaurus.shipped(*desk.settings.thesaurus))
    await _warm(library, desk)
    desk.library = library
    desk.failures = loaded.failures
    desk.ready = True
    _log.info("%d calls loaded, %d files could not be read", len(loaded.calls), len(loaded.failures))
    return loaded


async def keep_filled(
    desk: "Desk", paths: Iterable[Path], *, pause: float = PAUSE, loaded_once: Callable[[], None] | None = None
) -> None:
    """Load the calls, then follow their folders for as long as the process serves; cancel it at the end.

    `loaded_once` is called when they are loaded. What fails, the first load or the watch, is logged and begun again
    after `pause` seconds, from what is loaded by then. Meanwhile `desk.ready` stays false before the first load, and
    `desk.following` without a watch.
    """
    folders = tuple(paths)
    loaded: Loaded | None = None
    while True:
        try:
            if loaded is None:
                loaded = await fill(desk, folders)
                if loaded_once is not None:
                    loaded_once()
            # A watch that begins again has to begin from what is loaded, or it would miss what has gone since.
            held = replace(loaded, calls=tuple(desk.library.calls.values()))
            desk.following = True
            async for change in watch(folders, held, cache=desk.settings.home / "cache"):
                await take(desk, change)
        except Exception:  # noqa: BLE001  # whatever it was, the bot goes on answering, and tries again
            _log.exception("the calls' folders can't be followed; trying again in %.0f s", pause)
        desk.following = False
        await asyncio.sleep(pause)


async def take(desk: "Desk", change: Change) -> None:
    """Bring a change into the library: a call that changed is replaced, one that is gone is found no more."""
    new = {call.id for call in change.added}
    gone = tuple(id_ for id_ in change.removed if id_ not in new)
    if change.added:
        await desk.library.add(change.added)
    if gone:
        await desk.library.remove(gone)
    await _warm(desk.library, desk)
    stems = {call.id.rpartition("/")[2] for call in change.added}
    told = {failure.file for failure in change.failures}
    kept = tuple(one for one in desk.failures if one.file not in told and _still(one, stems))
    desk.failures = kept + change.failures
    _log.info("calls came %d, went %d; files that could not be read: %d", len(new), len(gone), len(change.failures))


async def _warm(library: Library, desk: "Desk") -> None:
    """Ask what builds the names and patterns that every later question finds ready."""
    for question in WARMING:
        with suppress(EarshotError):  # one that can't be answered over these calls warms all the same
            await ask(library, question, today=desk.today())


def _still(failure: Failure, stems: set[str]) -> bool:
    """Whether a failure stands: its file, or the archive that holds it, is there, and was not read since."""
    path = Path(failure.file)
    return any(each.is_file() for each in (path, *path.parents)) and path.stem not in stems
