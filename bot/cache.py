"""What was parsed before, kept in a folder: taken again while file, sidecar and the parser's own code are unchanged."""

import hashlib
import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent
CODE = ("reading", "parsing")  # folders whose every change may change what is parsed
NOUNS = tuple(
    "attribution call turn turns exchange participant problem period kind section packing freezing"  # noqa: SIM905
    " transcript transcripts outcome files".split()
)
TABLES = """
DROP TABLE IF EXISTS outcome;
DROP TABLE IF EXISTS batch;
DROP TABLE IF EXISTS file;
DROP TABLE IF EXISTS kept;
DROP TABLE IF EXISTS compared;
CREATE TABLE IF NOT EXISTS parsed (id INTEGER PRIMARY KEY AUTOINCREMENT, files INTEGER NOT NULL, found BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS held (name TEXT PRIMARY KEY, version TEXT NOT NULL, stamp TEXT NOT NULL,
                                 digest TEXT NOT NULL, words TEXT NOT NULL, batch INTEGER NOT NULL,
                                 place INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS likened (one TEXT, other TEXT, version TEXT NOT NULL, same INTEGER NOT NULL,
                                    PRIMARY KEY (one, other));
"""
"""Files that were parsed together, a batch, are kept together: so they are unpacked in two thirds of the time.

A batch's id is never used again: another process may still know it, of other files. The tables dropped first are those
of older versions. `words` are the fingerprints of the calls in a file, by which two calls are likened.
"""
NAME = "calls.sqlite3"
BROKEN = (sqlite3.Error, UnicodeDecodeError)  # the latter where SQLite's message quotes what is damaged
DAMAGES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}  # the last: tables with other columns
MAPPED = 2**31 - 2**16  # bytes of the file that are read as memory, SQLite's most: half the time of reading them
WAIT = 5.0  # seconds for another process that writes


@cache
def version() -> str:
    """Give a fingerprint (hex) of the code and words that parse; a change there makes every kept call old."""
    files = [path for folder in CODE for path in (HERE / folder).rglob("*") if path.suffix in {".py", ".txt", ".toml"}]
    return _fingerprint(*files, *(HERE / f"{noun}.py" for noun in NOUNS))


@cache
def rules() -> str:
    """Give a fingerprint (hex) of the code that likens calls, too; a change there makes every kept comparison old."""
    return f"{version()}{_fingerprint(HERE / 'arranging.py')}"


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A file to keep: its name, what tells whether it is as it was, and the fingerprints of the words of its calls."""

    name: str
    stamp: str
    digest: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What tells whether a kept file is as it was, and where its outcome is: the batch, and the place in it."""

    stamp: str
    digest: str
    batch: int
    place: int


class DamagedError(sqlite3.DatabaseError):
    """The file of a cache is broken: once it is removed, a new one can be begun."""


def remove(folder: Path) -> None:
    """Remove the cache in a folder, if there is one; OSError where that can't be."""
    for ending in ("", "-wal", "-shm"):
        (folder / f"{NAME}{ending}").unlink(missing_ok=True)


class Cache:
    """Outcomes of files by path, in one SQLite file. Once open it never raises: a broken cache is as good as none."""

    def __init__(self, folder: Path) -> None:
        """Open the cache in a folder, made where it is missing.

        DamagedError where its file is broken; sqlite3.Error or OSError where it can't be opened or made.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(folder / NAME, timeout=WAIT)
        try:
            self._prepare()
        except BROKEN as error:
            self._base.close()
            if isinstance(error, UnicodeDecodeError) or error.sqlite_errorcode & 0xFF in DAMAGES:
                raise DamagedError(str(error)) from error
            raise

    def _prepare(self) -> None:
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute("PRAGMA secure_delete=ON")
        self._base.execute(f"PRAGMA mmap_size={MAPPED}")
        self._base.executescript(TABLES)
        self._changed = self._base.execute("DELETE FROM held WHERE version <> ?", (version(),)).rowcount > 0
        self._base.execute("DELETE FROM likened WHERE version <> ?", (rules(),))
        self._base.commit()

    def files(self) -> Mapping[str, Kept]:
        """Give what is known of every kept file."""
        rows = self._rows("SELECT name, stamp, digest, batch, place FROM held")
        return {str(name): Kept(*known) for name, *known in rows}

    def take(self, batch: int) -> bytes:
        """Give the packed outcomes of a batch; none where it is missing."""
        try:
            with self._base.blobopen("parsed", "found", batch, readonly=True) as found:  # a row would be copied twice
                return found.read()
        except BROKEN:
            logger.warning("the cache could not be used", exc_info=True)
            return b""

    def touched(self, file: str, stamp: str) -> None:
        """Keep the new stamp of a file whose content is what it was."""
        self._rows("UPDATE held SET stamp = ? WHERE name = ?", stamp, file)

    def keep(self, found: bytes, files: Sequence[Fresh]) -> None:
        """Keep the packed outcomes of files."""
        self._changed = True
        try:
            new = self._base.execute("INSERT INTO parsed (files, found) VALUES (?, ?)", (len(files), found))
            rows = [
                (file.name, version(), file.stamp, file.digest, " ".join(file.words), new.lastrowid, place)
                for place, file in enumerate(files)
            ]
            self._base.executemany("INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        except BROKEN:
            logger.warning("the cache could not be used", exc_info=True)

    def forget(self, names: Iterable[str]) -> None:
        """Forget files."""
        for name in names:
            self._changed = True
            self._rows("DELETE FROM held WHERE name = ?", name)

    def partial(self) -> Mapping[int, Sequence[tuple[str, Kept]]]:
        """Give the batches of which some files were forgotten or kept anew since, and the files still in each."""
        of_batch: dict[int, list[tuple[str, Kept]]] = {}
        for name, known in self.files().items() if self._changed else ():
            of_batch.setdefault(known.batch, []).append((name, known))
        sizes = self._rows("SELECT id, files FROM parsed")
        return {batch: of_batch[batch] for batch, size in sizes if 0 < len(of_batch.get(batch, ())) < size}

    def same(self, one: str, other: str) -> bool | None:
        """Give what an earlier comparison of two calls (by their fingerprints) said."""
        for (same,) in self._rows("SELECT same FROM likened WHERE one = ? AND other = ?", one, other):
            return bool(same)
        return None

    def told(self, one: str, other: str, *, same: bool) -> None:
        """Keep what a comparison said, as long as the files of both calls are kept."""
        self._changed = True
        self._rows("INSERT OR REPLACE INTO likened VALUES (?, ?, ?, ?)", one, other, rules(), same)

    def close(self) -> None:
        """Write what was kept, without what belongs to no kept file any more, and close."""
        if self._changed:
            self._rows("DELETE FROM parsed WHERE id NOT IN (SELECT batch FROM held)")
            self._forget_comparisons()
        try:
            self._base.commit()
        except BROKEN:
            logger.warning("the cache could not be written", exc_info=True)
        self._base.close()

    def _forget_comparisons(self) -> None:
        words = {each for (said,) in self._rows("SELECT words FROM held") for each in said.split()}
        for one, other in self._rows("SELECT one, other FROM likened"):
            if one not in words or other not in words:
                self._rows("DELETE FROM likened WHERE one = ? AND other = ?", one, other)

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._base.execute(statement, values).fetchall()
        except BROKEN:
            logger.warning("the cache could not be used", exc_info=True)
            return []
