"""What one file gave: calls and failures, and how that is handed from one process to another, or kept."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from bot.call import Call
from bot.packing import Pool, pack, unpack

logger = logging.getLogger(__name__)


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


def packed(outcome: Outcome) -> bytes:
    """Write an outcome as bytes, which `unpacked` reads."""
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
            entries.append(Entry(_renamed(file, path), unpack(data, pool, at, at + size), words))
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
