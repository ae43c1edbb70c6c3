"""Reading a file that somebody gave: in a process of its own, with limits on memory, processor and time.

Figures from trials with compressed bombs: a good file takes under 100 ms and 100 MB; the bombs end at the limits.
"""

import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.errors import UnreadableError
from bot.outcome import Outcome, under, unpacked
from bot.packing import Pool
from bot.transcript import work

MEGABYTE = 1024 * 1024
LONGEST = 200  # bytes of a file's name; file systems take 255
GIVEN, TAKEN = "given", "outcome"  # the folder of the file as it came, and the file the child writes


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may take: address space and output in bytes, processor and wall time in seconds."""

    memory: int = 768 * MEGABYTE
    output: int = 64 * MEGABYTE
    processor: int = 20
    wall: float = 30.0
    size: int = 20 * MEGABYTE  # of the file itself


class ConfinedError(UnreadableError):
    """The file went beyond the limits, or took its reader down."""


def packed_given(data: bytes, name: str, limits: Limits | None = None) -> bytes:
    """Read and parse a given file in a child process; return the outcome packed, so that it can be kept.

    Blocks until the child ends, at most `limits.wall` seconds. Raises ConfinedError.
    """
    bounds = limits or Limits()
    if len(data) > bounds.size:
        raise ConfinedError(f"the file is larger than {bounds.size // MEGABYTE} MB: give the transcript alone.")
    with TemporaryDirectory(prefix="earshot-") as folder:
        file = Path(folder, GIVEN, _safe(name))
        file.parent.mkdir()
        file.write_bytes(data)
        _run(file, Path(folder, TAKEN), bounds)
        return Path(folder, TAKEN).read_bytes()


def outcome_of(packed: bytes, name: str) -> Outcome:
    """Unpack what was read of a given file called `name`. Raises ConfinedError."""
    outcomes = unpacked(packed, Pool())
    if outcomes is None or len(outcomes) != 1:
        raise ConfinedError("what was read of the file could not be handed over: try it as plain text.")
    outcome = under(Path(_safe(name)), outcomes[0])
    if not outcome.entries and not outcome.failures:
        raise ConfinedError("the file holds nothing that could be a transcript.")
    return outcome


def _safe(name: str) -> str:
    """Give the last part of a name that somebody else chose, so that it stays within our folder."""
    last = name.replace("\\", "/").rpartition("/")[2].replace("\0", "").lstrip(".")
    return last.encode("utf-8", "ignore")[-LONGEST:].decode("utf-8", "ignore") or "given"


def _run(file: Path, outcome: Path, limits: Limits) -> None:
    bounds = (str(limits.memory), str(limits.output), str(limits.processor))
    try:
        # -I and an empty environment: neither the bot's secrets nor the folder it runs in reach the child.
        child = subprocess.run(  # noqa: S603  # our own interpreter, our own module
            [sys.executable, "-I", "-m", "bot.confined", str(file), str(outcome), *bounds],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=limits.wall,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ConfinedError("reading the file took too long: try it as plain text.") from None
    if child.returncode == -signal.SIGXCPU:
        raise ConfinedError("reading the file took too long: try it as plain text.")
    if child.returncode != 0 or not outcome.exists():
        raise ConfinedError("reading the file took more than a transcript should: try it as plain text.")


def _confine(memory: int, output: int, processor: int) -> None:
    """Give up, for good, whatever goes beyond the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Be the child: FILE OUTCOME MEMORY OUTPUT PROCESSOR."""
    file, outcome, *bounds = arguments
    _confine(*(int(bound) for bound in bounds))
    Path(outcome).write_bytes(work([file]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
