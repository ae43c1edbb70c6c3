"""What a file gave: calls and failures, and how that of some files is handed from one process to another, or kept."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.call import Call
from bot.files import shown
from bot.packing import Pool, pack, unpack

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken, and the sentence that says why.

    `passing`: it may go well next time, though nobody changes what the file holds.
    """

    file: str
    error: str
    passing: bool = False


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


def packed(outcomes: Sequence[Outcome]) -> bytes:
    """Write outcomes as bytes, which `unpacked` reads."""
    head = [
        [
            [[entry.file, entry.words] for entry in each.entries],
            [[failure.file, failure.error, failure.passing] for failure in each.failures],
        ]
        for each in outcomes
    ]
    written = json.dumps(head).encode()
    calls = pack([entry.call for each in outcomes for entry in each.entries])
    return b"".join((len(written).to_bytes(4, "little"), written, calls))


def unpacked(data: bytes, pool: Pool) -> list[Outcome] | None:
    """Give the outcomes; None where the bytes are damaged."""
    try:
        at = 4 + int.from_bytes(data[:4], "little")
        head, calls = json.loads(data[4:at]), iter(unpack(data, pool, at))
        outcomes = [
            Outcome(
                tuple(Entry(file, next(calls), words) for file, words in entries),
                tuple(Failure(*failure) for failure in failures),
            )
            for entries, failures in head
        ]
    except (ValueError, KeyError, IndexError, TypeError, RuntimeError):  # the last where calls are missing
        logger.warning("what was kept of some files is damaged")
        return None
    return outcomes


def under(path: Path, outcome: Outcome) -> Outcome:
    """Give the outcome of a file, named as the path is now (relative, absolute), inside an archive too."""
    named = [*(each.file for each in outcome.entries), *(each.file for each in outcome.failures)]
    if all(file == shown(str(path)) for file in named):
        return outcome
    entries = tuple(replace(each, file=_renamed(each.file, path)) for each in outcome.entries)
    return Outcome(entries, tuple(replace(each, file=_renamed(each.file, path)) for each in outcome.failures))


def _renamed(file: str, path: Path) -> str:
    _, found, inside = file.partition(shown(path.name))
    return f"{shown(str(path))}{inside}" if found else file
