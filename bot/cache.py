"""What was parsed before, kept in a folder: taken again while file, sidecar and the parser's own code are unchanged."""

import hashlib
import logging
import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent
CODE = ("reading", "parsing")  # folders whose every change may change what is parsed
NOUNS = tuple(
    "attribution call turn exchange participant problem period kind section packing freezing"  # noqa: SIM905
    " transcript transcripts outcome files".split()
)
TABLES = """
CREATE TABLE IF NOT EXISTS outcome (file TEXT PRIMARY KEY, version TEXT NOT NULL, stamp TEXT NOT NULL,
                                    digest TEXT NOT NULL, found BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS outcome_digest ON outcome (digest);
CREATE TABLE IF NOT EXISTS compared (one TEXT, other TEXT, same INTEGER NOT NULL, PRIMARY KEY (one, other));
"""
MAPPED = 2**31 - 2**16  # bytes of the file that are read as memory, SQLite's most: half the time of reading them
WAIT = 5.0  # seconds for another process that writes


@cache
def version() -> str:
    """Give a fingerprint (hex) of the code and words that parse; a change there makes every kept call old."""
    files = [path for folder in CODE for path in (HERE / folder).rglob("*") if path.suffix in {".py", ".txt", ".toml"}]
    files += [HERE / f"{noun}.py" for noun in NOUNS]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Cache:
    """Outcomes of files by path, in one SQLite file. Once open it never raises: a broken cache is as good as none."""

    def __init__(self, folder: Path) -> None:
        """Open, and make where it is missing, the cache in a folder; sqlite3.Error or OSError where that can't be."""
        folder.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(folder / "calls.sqlite3", timeout=WAIT)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute(f"PRAGMA mmap_size={MAPPED}")
        self._base.executescript(TABLES)
        self._base.execute("DELETE FROM outcome WHERE version <> ?", (version(),))
        self._base.commit()

    def stamps(self) -> Mapping[str, str]:
        """Give the stamp of every kept file."""
        return {str(file): str(stamp) for file, stamp in self._rows("SELECT file, stamp FROM outcome")}

    def take(self, file: str) -> bytes | None:
        """Give the outcome kept for a file."""
        for (found,) in self._rows("SELECT found FROM outcome WHERE file = ?", file):
            return bytes(found)
        return None

    def moved(self, file: str, stamp: str, digest: str) -> bytes | None:
        """Give the outcome of the same content under this path, touched since, and keep it with its new stamp."""
        for (found,) in self._rows("SELECT found FROM outcome WHERE digest = ? AND file = ?", digest, file):
            self.keep(file, stamp, digest, bytes(found))
            return bytes(found)
        return None

    def keep(self, file: str, stamp: str, digest: str, found: bytes) -> None:
        """Keep a file's outcome."""
        row = (file, version(), stamp, digest, found)
        self._rows("INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?)", *row)

    def same(self, one: str, other: str) -> bool | None:
        """Give what an earlier comparison of two calls (by their fingerprints) said."""
        for (same,) in self._rows("SELECT same FROM compared WHERE one = ? AND other = ?", one, other):
            return bool(same)
        return None

    def told(self, one: str, other: str, *, same: bool) -> None:
        """Keep what a comparison said."""
        self._rows("INSERT OR REPLACE INTO compared VALUES (?, ?, ?)", one, other, same)

    def close(self) -> None:
        """Write what was kept, and close."""
        try:
            self._base.commit()
        except sqlite3.Error:
            logger.warning("the cache could not be written", exc_info=True)
        self._base.close()

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._base.execute(statement, values).fetchall()
        except sqlite3.Error:
            logger.warning("the cache could not be used", exc_info=True)
            return []
