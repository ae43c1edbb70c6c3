"""Files and folders of transcripts: found, read, parsed on all cores, each named where it fails.

`find` walks, `load` takes what it can from the cache and the rest from the files, `arrange` gives ids and leaves out a
call that is there already. A second start reads no unchanged file.
"""

import dataclasses
import gc
import hashlib
import json
import logging
import multiprocessing
import os
import re
import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import parsing, reading
from bot.cache import Cache
from bot.call import Call
from bot.errors import UnreadableError
from bot.packing import Pool, pack, unpack
from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError, TooMuchError

logger = logging.getLogger(__name__)
ENOUGH = 4_000_000  # bytes to parse from which on other processes are worth their start
BATCH = 12  # files that a process takes at a time
NEARLY = 0.8  # of the shorter call's runs of four words stand in the longer: the same call, set otherwise
RUN = 4
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken, and the sentence that says why."""

    file: str
    error: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A call as its file gives it: `call.id` is the stem alone. `words` is a hash of what was said, however set."""

    file: str
    call: Call
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file gave."""

    entries: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What files and folders gave: calls, the file each came from (by call id), failures, and notes for people."""

    calls: tuple[Call, ...]
    files: Mapping[str, str]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]


def find(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that may be transcripts, each once, folders walked in order of their names."""
    seen: set[Path] = set()
    for path in paths:
        for each in _walk(path) if path.is_dir() else (path,):
            if each not in seen:
                seen.add(each)
                yield each


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith((".", "__MACOSX")))
        for name in sorted(files):
            path = Path(root, name)
            if reading.is_candidate(name) and path.is_file():
                yield path


def load_file(path: Path) -> Call:
    """Read and parse one file as one call; UnreadableError says why it is no transcript."""
    data = _bytes(path)
    sidecar, told = _sidecar(path)
    with _without_collecting():
        return _call(reading.read(data, path.name), _plain_name(path.name), data, sidecar, told)


def load_each(path: Path) -> Outcome:
    """Read and parse every call in a file: one, or those of an archive or of a table that holds several."""
    entries: list[Entry] = []
    failures: list[Failure] = []
    try:
        data = _bytes(path)
        sidecar, told = _sidecar(path)
        for piece in reading.pieces(data, path.name):
            file = f"{path}/{piece.inside}" if piece.inside else str(path)
            try:
                if isinstance(piece.document, UnreadableError):
                    raise piece.document
                call = _call(piece.document, _plain_name(piece.name), piece.data, sidecar, told)
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
        outcomes = outcomes_of(list(find(paths)), kept, progress)
        failures = [failure for outcome in outcomes.values() for failure in outcome.failures]
        calls, files, told = arrange([entry for each in outcomes.values() for entry in each.entries], kept)
    return Loaded(calls, files, tuple(failures), (*notes, *told))


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
        stamp = stamp_of(path)
        packed = _kept(kept, path, stamp, known) if kept and stamp else None
        outcome = unpacked(packed, path, pool) if packed else None
        if outcome is None:
            left[path] = stamp
        else:
            done(path, outcome)
    for path, packed in _parsed(list(left)):
        outcome = unpacked(packed, path, pool)
        if kept and outcome and left[path]:
            kept.keep(_key(path), left[path], _digest(path), packed)
        done(path, outcome or Outcome(failures=(Failure(str(path), "what was parsed could not be handed over"),)))
    return {path: found[path] for path in paths}


def stamp_of(path: Path) -> str:
    """Give what tells a changed file or sidecar without reading it; "" where it can't be looked at."""
    try:
        stamps = [path.stat()]
        sidecar = _sidecar_of(path)
        if sidecar.exists():
            stamps.append(sidecar.stat())
    except OSError:
        return ""
    return " ".join(f"{each.st_size}:{each.st_mtime_ns}" for each in stamps)


def _key(path: Path) -> str:
    return str(path.absolute())


def _kept(kept: Cache, path: Path, stamp: str, known: Mapping[str, str]) -> bytes | None:
    before = known.get(_key(path))
    if before is None:
        return None
    if before == stamp:
        return kept.take(_key(path))
    return kept.moved(_key(path), stamp, _digest(path))


def _digest(path: Path) -> str:
    """Hash a file and its sidecar."""
    digest = hashlib.sha256()
    for each in (path, _sidecar_of(path)):
        try:
            if each.stat().st_size <= reading.LARGEST:
                digest.update(each.read_bytes())
        except OSError:
            digest.update(b"-")
    return digest.hexdigest()


def _parsed(paths: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
    """Yield each file with its packed outcome, on all cores where there is enough to do."""
    sizes = sum(_size(path) for path in paths)
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
        return _packed(Outcome(failures=(Failure(str(path), "reading it took more memory than there is"),)))


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fork of a process with threads (the server's) may hang; spawned ones start clean.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def work(paths: Sequence[str]) -> list[bytes]:
    """Parse files in a worker process: the packed outcome of each."""
    with _without_collecting():
        return [_packed(load_each(Path(path))) for path in paths]


def _packed(outcome: Outcome) -> bytes:
    calls = [pack(entry.call) for entry in outcome.entries]
    head = {
        "entries": [[entry.file, entry.words, len(call)] for entry, call in zip(outcome.entries, calls, strict=True)],
        "failures": [[failure.file, failure.error] for failure in outcome.failures],
    }
    written = json.dumps(head).encode()
    return b"".join((len(written).to_bytes(4, "little"), written, *calls))


def unpacked(data: bytes, path: Path, pool: Pool) -> Outcome | None:
    """Give the outcome, its files named as the path is now; None where the bytes are damaged."""
    try:
        at = 4 + int.from_bytes(data[:4], "little")
        head = json.loads(data[4:at])
        entries: list[Entry] = []
        for file, words, size in head["entries"]:
            entries.append(Entry(_renamed(file, path), unpack(data[at : at + size], pool), words))
            at += size
        failures = [Failure(_renamed(file, path), error) for file, error in head["failures"]]
    except (ValueError, KeyError, IndexError, TypeError):
        logger.warning("what was kept for %s is damaged", path)
        return None
    return Outcome(tuple(entries), tuple(failures))


def _renamed(file: str, path: Path) -> str:
    """Give the file's name under the path as it was given now (relative, absolute), inside an archive too."""
    _, found, inside = file.partition(path.name)
    return f"{path}{inside}" if found else file


def arrange(entries: Sequence[Entry], kept: Cache | None = None) -> tuple[tuple[Call, ...], dict[str, str], list[str]]:
    """Give the calls, each once and under an id of its own, the file of each, and notes on what two files hold."""
    single, notes = _each_once(entries, kept)
    return *named(single), notes


def named(entries: Sequence[Entry]) -> tuple[tuple[Call, ...], dict[str, str]]:
    """Give the calls with ids that no two share, and the file of each by id.

    An id is the stem; where two stems clash, both get their folders in front, as many as tell them apart.
    """
    by_stem: dict[str, list[Entry]] = {}
    for entry in entries:
        by_stem.setdefault(entry.call.id, []).append(entry)
    calls: list[Call] = []
    files: dict[str, str] = {}
    for entry in entries:
        found = entry.call.id
        if len(by_stem[found]) > 1:
            found = _apart(entry, by_stem[found])
        while found in files:
            found = f"{found}+"
        calls.append(entry.call if found == entry.call.id else dataclasses.replace(entry.call, id=found))
        files[found] = entry.file
    return tuple(calls), files


def _apart(entry: Entry, rivals: Sequence[Entry]) -> str:
    """Put so many folders before the stem that no rival has the same; the whole file name where folders can't tell."""
    folders = Path(entry.file).absolute().parts[:-1]
    others = [Path(each.file).absolute().parts[:-1] for each in rivals if each is not entry]
    for deep in range(1, len(folders) + 1):
        if all(each[-deep:] != folders[-deep:] for each in others):
            return "/".join((*folders[-deep:], entry.call.id)).replace("//", "/")
    return f"{folders[-1]}/{Path(entry.file).name}"


def _each_once(entries: Sequence[Entry], kept: Cache | None) -> tuple[list[Entry], list[str]]:
    """Leave out a call that came before: the same words, or the same company and period and nearly the same words."""
    seen: dict[str, Entry] = {}
    meetings: dict[tuple[str, int, int | None], list[Entry]] = {}
    single: list[Entry] = []
    notes: list[str] = []
    for entry in entries:
        call = entry.call
        before = seen.get(entry.words)
        company = (call.ticker or call.company or "").casefold()
        meeting = (company, call.year, call.quarter) if company and call.year is not None else None
        if before is None and meeting:
            before = next((each for each in meetings.get(meeting, ()) if _nearly(each, entry, kept)), None)
        if before is not None:
            notes.append(f"{entry.file} holds the same call as {before.file}; it is loaded once.")
            continue
        seen[entry.words] = entry
        single.append(entry)
        if meeting:
            meetings.setdefault(meeting, []).append(entry)
    return single, notes


def _nearly(one: Entry, other: Entry, kept: Cache | None) -> bool:
    """Tell whether two calls say nearly the same words in the same order; what was found is kept."""
    names = sorted((one.words, other.words))
    known = kept.same(*names) if kept else None
    if known is None:
        a, b = _runs(one.call), _runs(other.call)
        known = bool(a and b) and len(a & b) >= NEARLY * min(len(a), len(b))
        if kept:
            kept.told(*names, same=known)
    return known


def _runs(call: Call) -> set[int]:
    words = [word for turn in call.turns for word in WORD.findall(turn.text.lower())]
    return {hash(run) for run in zip(*(words[at:] for at in range(RUN)), strict=False)}


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


def _plain_name(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


def _bytes(path: Path) -> bytes:
    size = _size(path)
    if size > reading.LARGEST:
        raise TooMuchError(f"{size // 1_000_000} MB", f"{reading.LARGEST // 1_000_000} MB")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"it cannot be opened ({error.strerror or type(error).__name__})") from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sidecar_of(path: Path) -> Path:
    return path.with_name(f"{Path(_plain_name(path.name)).stem}.toml")


def _sidecar(path: Path) -> tuple[Mapping[str, object] | None, list[Problem]]:
    """Read NAME.toml beside the file; one that can't be read is told."""
    sidecar = _sidecar_of(path)
    try:
        if not sidecar.is_file():
            return None, []
        return tomllib.loads(sidecar.read_text(encoding="utf-8-sig")), []
    except (OSError, ValueError) as error:
        return None, [Problem(None, f"{sidecar.name} cannot be read ({error})")]
