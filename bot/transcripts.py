"""Files and folders of transcripts: found, read, parsed on all cores, each named where it fails.

`find` walks, `load` takes what it can from the cache and the rest from the files, `arrange` gives ids and leaves out a
call that is there already. A second start reads no unchanged file.
"""

import logging
import multiprocessing
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import files
from bot.arranging import arrange
from bot.cache import Cache
from bot.call import Call
from bot.collecting import keep, without_collecting
from bot.outcome import Failure, Outcome, packed, unpacked
from bot.packing import Pool
from bot.transcript import work

logger = logging.getLogger(__name__)
ENOUGH = 4_000_000  # bytes to parse from which on other processes are worth their start
BATCH = 12  # files that a process takes at a time


@dataclass(frozen=True, slots=True)
class Loaded:
    """What files and folders gave: calls, the file each came from (by call id), failures, and notes for people."""

    calls: tuple[Call, ...]
    files: Mapping[str, str]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]


def load(
    paths: Iterable[Path],
    *,
    cache: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Load every transcript under the paths; one that fails is listed with its reason and the rest load.

    `cache` is a folder for what was parsed (None: nothing is kept), `progress` is told (files done, files in all).
    """
    with opened(cache) as (kept, notes), without_collecting():
        outcomes = outcomes_of(list(files.find(paths)), kept, progress)
        failures = [failure for outcome in outcomes.values() for failure in outcome.failures]
        calls, where, told = arrange([entry for each in outcomes.values() for entry in each.entries], kept)
        keep(calls)
    return Loaded(calls, where, tuple(failures), (*notes, *told))


@contextmanager
def opened(folder: Path | None) -> Iterator[tuple[Cache | None, list[str]]]:
    """Open the cache for a block; where it cannot be used, None and a note that says so."""
    kept, notes = None, []
    if folder is not None:
        try:
            kept = Cache(folder)
        except (sqlite3.Error, OSError) as error:
            notes.append(f"The cache in {folder} cannot be used ({error}); every file is read anew.")
    try:
        yield kept, notes
    finally:
        if kept:
            kept.close()


def outcomes_of(
    paths: Sequence[Path], kept: Cache | None, progress: Callable[[int, int], None] | None = None
) -> dict[Path, Outcome]:
    """Give what each file holds, in the order of the paths: from the cache where nothing changed, else parsed."""
    pool = Pool()
    known = kept.stamps() if kept else {}
    found: dict[Path, Outcome] = {}
    left: dict[Path, str] = {}

    def done(path: Path, outcome: Outcome) -> None:
        found[path] = outcome
        if progress:
            progress(len(found), len(paths))

    for path in paths:
        stamp = files.stamp_of(path)
        packed = _kept(kept, path, stamp, known) if kept and stamp else None
        outcome = unpacked(packed, path, pool) if packed else None
        if outcome is None:
            left[path] = stamp
        else:
            done(path, outcome)
    for path, packed in _parsed(list(left)):
        outcome = unpacked(packed, path, pool)
        if kept and outcome and left[path]:
            kept.keep(_key(path), left[path], files.digest(path), packed)
        done(path, outcome or Outcome(failures=(Failure(str(path), "what was parsed could not be handed over"),)))
    return {path: found[path] for path in paths}


def _key(path: Path) -> str:
    return str(path.absolute())


def _kept(kept: Cache, path: Path, stamp: str, known: Mapping[str, str]) -> bytes | None:
    before = known.get(_key(path))
    if before is None:
        return None
    if before == stamp:
        return kept.take(_key(path))
    return kept.moved(_key(path), stamp, files.digest(path))


def _parsed(paths: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
    """Yield each file with its packed outcome, on all cores where there is enough to do."""
    sizes = sum(files.size(path) for path in paths)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2 or sizes < ENOUGH or len(paths) < cores:  # noqa: PLR2004  # one core alone
        for path in paths:
            yield path, work([str(path)])[0]
        return
    batches = [paths[at : at + BATCH] for at in range(0, len(paths), BATCH)]
    finished: set[Path] = set()
    try:
        with _pool(cores) as pool:
            jobs = {pool.submit(work, [str(path) for path in batch]): batch for batch in batches}
            for job in as_completed(jobs):
                for path, packed in zip(jobs[job], job.result(), strict=True):
                    finished.add(path)
                    yield path, packed
    except BrokenProcessPool:
        logger.warning("a process that parses transcripts ended; its files are taken one by one")
        for path in paths:
            if path not in finished:
                yield path, _alone(path)


def _alone(path: Path) -> bytes:
    """Parse one file in a process of its own, for one among it ended the process before."""
    try:
        with _pool(1) as pool:
            return pool.submit(work, [str(path)]).result()[0]
    except BrokenProcessPool:
        return packed(Outcome(failures=(Failure(str(path), "reading it took more memory than there is"),)))


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fork of a process with threads (the server's) may hang; spawned ones start clean.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
