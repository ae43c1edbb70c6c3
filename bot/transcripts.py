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

from bot import files, outcome
from bot.arranging import arrange
from bot.cache import Cache, DamagedError, Fresh, remove
from bot.call import Call
from bot.collecting import keep, without_collecting
from bot.outcome import Failure, Outcome, under, unpacked
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
        if kept:
            _tidy(kept)
        failures = [failure for outcome in outcomes.values() for failure in outcome.failures]
        calls, where, told = arrange([entry for each in outcomes.values() for entry in each.entries], kept)
        keep(calls)
    return Loaded(calls, where, tuple(failures), (*notes, *told))


@contextmanager
def opened(folder: Path | None) -> Iterator[tuple[Cache | None, list[str]]]:
    """Open the cache for a block; where it can't be used, None and a note that says so; a damaged one is begun anew."""
    kept, notes = None, []
    if folder is not None:
        try:
            try:
                kept = Cache(folder)
            except DamagedError as error:
                remove(folder)
                kept = Cache(folder)
                notes.append(f"The cache in {folder} was damaged ({error}); every file is read anew.")
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
    stamps = {path: files.stamp_of(path) for path in paths} if kept else {}
    found: dict[Path, Outcome] = {}

    def done(path: Path, outcome: Outcome) -> None:
        found[path] = under(path, outcome)
        if progress:
            progress(len(found), len(paths))

    for path, held in _kept(kept, stamps, pool) if kept else ():
        done(path, held)
    for some, packed in _parsed([path for path in paths if path not in found]):
        outcomes = unpacked(packed, pool)
        if kept and outcomes:
            _keep(kept, packed, dict(zip(some, outcomes, strict=True)), stamps)
        for path, held in zip(some, outcomes or map(_lost, some), strict=True):
            done(path, held)
    return {path: found[path] for path in paths}


def _key(path: Path) -> str:
    return str(path.absolute())


def _lost(path: Path) -> Outcome:
    return Outcome(failures=(Failure(files.shown(str(path)), "what was parsed could not be handed over"),))


def _kept(kept: Cache, stamps: Mapping[Path, str], pool: Pool) -> Iterator[tuple[Path, Outcome]]:
    """Yield the outcomes of the files that did not change."""
    known = kept.files()
    batches: dict[int, list[tuple[Path, int]]] = {}
    for path, stamp in stamps.items():
        file = known.get(_key(path))
        if file is None or not stamp:
            continue
        if file.stamp != stamp:
            if file.digest != files.digest(path):
                continue
            kept.touched(_key(path), stamp)
        batches.setdefault(file.batch, []).append((path, file.place))
    for batch, places in batches.items():
        outcomes = unpacked(kept.take(batch), pool) or ()
        yield from ((path, outcomes[place]) for path, place in places if place < len(outcomes))


def _keep(kept: Cache, packed: bytes, outcomes: Mapping[Path, Outcome], stamps: Mapping[Path, str]) -> None:
    """Keep what files gave, but of none that could not be read, or that changed meanwhile: its digest is of the new.

    Nor of one whose name is no text: SQLite can't look it up.
    """
    known: dict[Path, str] = {}
    for path, held in outcomes.items():
        digest = "" if any(failure.passing for failure in held.failures) else files.digest(path)
        plain = files.shown(_key(path)) == _key(path)
        if plain and digest and stamps[path] and stamps[path] == files.stamp_of(path):
            known[path] = digest
    if len(known) < len(outcomes):
        packed = outcome.packed([outcomes[path] for path in known])
    if known:
        kept.keep(packed, [_fresh(_key(path), stamps[path], digest, outcomes[path]) for path, digest in known.items()])


def _fresh(name: str, stamp: str, digest: str, held: Outcome) -> Fresh:
    return Fresh(name, stamp, digest, tuple(entry.words for entry in held.entries))


def _tidy(kept: Cache) -> None:
    """Leave in the cache nothing of files that are no more, nor what files were before."""
    kept.forget(name for name in kept.files() if not os.path.exists(name))  # noqa: PTH110 - paths take thrice as long
    for batch, members in kept.partial().items():
        outcomes = unpacked(kept.take(batch), Pool())
        if outcomes:
            some = [(name, known, outcomes[known.place]) for name, known in members]
            kept.keep(
                outcome.packed([held for _, _, held in some]),
                [_fresh(name, known.stamp, known.digest, held) for name, known, held in some],
            )
        else:
            kept.forget(name for name, _ in members)


def _parsed(paths: Sequence[Path]) -> Iterator[tuple[Sequence[Path], bytes]]:
    """Yield some files at a time with their packed outcomes, on all cores where there is enough to do."""
    sizes = sum(files.size(path) for path in paths)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    batches = [paths[at : at + BATCH] for at in range(0, len(paths), BATCH)]
    if cores < 2 or sizes < ENOUGH or len(paths) < cores:  # noqa: PLR2004  # one core alone
        for batch in batches:
            yield batch, work(list(map(str, batch)))
        return
    finished: set[Path] = set()
    try:
        with _pool(cores) as pool:
            jobs = {pool.submit(work, list(map(str, batch))): batch for batch in batches}
            for job in as_completed(jobs):
                packed = job.result()
                finished.update(jobs[job])
                yield jobs[job], packed
    except BrokenProcessPool:
        logger.warning("a process that parses transcripts ended; its files are taken one by one")
        for path in paths:
            if path not in finished:
                yield [path], _alone(path)


def _alone(path: Path) -> bytes:
    """Parse one file in a process of its own, for one among it ended the process before."""
    try:
        with _pool(1) as pool:
            return pool.submit(work, [str(path)]).result()
    except BrokenProcessPool:
        lost = Failure(files.shown(str(path)), "reading it took more memory than there is")
        return outcome.packed([Outcome(failures=(lost,))])


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fork of a process with threads (the server's) may hang; spawned ones start clean.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
