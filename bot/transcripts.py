"""Files and folders of transcripts: found, read, parsed on all cores, each named where it fails.

`find` walks, `load` takes what it can from the cache and the rest from the files, `arrange` gives ids and leaves out a
call that is there already. A second start reads no unchanged file.
"""

import dataclasses
import gc
import hashlib
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

from bot import files, parsing, reading
from bot.arranging import arrange
from bot.cache import Cache
from bot.call import Call
from bot.errors import UnreadableError
from bot.outcome import Entry, Failure, Outcome, packed, unpacked
from bot.packing import Pool
from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError

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


def load_file(path: Path) -> Call:
    """Read and parse one file as one call; UnreadableError says why it is no transcript."""
    data = files.content(path)
    sidecar, told = files.sidecar(path)
    with _without_collecting():
        return _call(reading.read(data, path.name), files.plain_name(path.name), data, sidecar, told)


def load_each(path: Path) -> Outcome:
    """Read and parse every call in a file: one, or those of an archive or of a table that holds several."""
    entries: list[Entry] = []
    failures: list[Failure] = []
    try:
        data = files.content(path)
        sidecar, told = files.sidecar(path)
        for piece in reading.pieces(data, path.name):
            file = f"{path}/{piece.inside}" if piece.inside else str(path)
            try:
                if isinstance(piece.document, UnreadableError):
                    raise piece.document
                call = _call(piece.document, files.plain_name(piece.name), piece.data, sidecar, told)
            except UnreadableError as error:
                failures.append(Failure(file, error.sentence))
                continue
            if piece.title:
                call = dataclasses.replace(call, id=f"{call.id}/{piece.title}")
            entries.append(Entry(file, call, _words(call)))
    except UnreadableError as error:
        failures.append(Failure(str(path), error.sentence))
    return Outcome(tuple(entries), tuple(failures))


def load(
    paths: Iterable[Path],
    *,
    cache: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Load every transcript under the paths; one that fails is listed with its reason and the rest load.

    `cache` is a folder for what was parsed (None: nothing is kept), `progress` is told (files done, files in all).
    """
    with opened(cache) as (kept, notes), _without_collecting():
        outcomes = outcomes_of(list(files.find(paths)), kept, progress)
        failures = [failure for outcome in outcomes.values() for failure in outcome.failures]
        calls, where, told = arrange([entry for each in outcomes.values() for entry in each.entries], kept)
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


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Hold the garbage collector off while hundreds of thousands of objects are made that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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


def work(paths: Sequence[str]) -> list[bytes]:
    """Parse files in a worker process: the packed outcome of each."""
    with _without_collecting():
        return [packed(load_each(Path(path))) for path in paths]


def _words(call: Call) -> str:
    """Hash what was said, whatever the file's format set between the words."""
    said = "".join("".join(turn.text.split()) for turn in call.turns).lower()
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _call(
    document: Document, name: str, data: bytes, sidecar: Mapping[str, object] | None, told: Sequence[Problem]
) -> Call:
    """Parse what was read; UnreadableError where nobody speaks in it, or where parsing itself fails."""
    fingerprint = hashlib.sha256(data).hexdigest()
    try:
        call = parsing.parse(document, name=name, sidecar=sidecar, fingerprint=fingerprint)
    except UnreadableError:
        raise
    except Exception as error:
        logger.exception("parsing %s failed", name)
        raise UnreadableError(f"it could not be parsed ({type(error).__name__}); please report it") from error
    if not call.turns:
        raise NotATranscriptError("nobody speaks in it; it holds a header or a list of names at most")
    return dataclasses.replace(call, problems=(*call.problems, *told)) if told else call
