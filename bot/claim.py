"""A folder that one process at a time has to itself."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import ModuleType

fcntl: ModuleType | None = None
with suppress(ImportError):  # Windows has none: there two processes share the first folder, and the second can't write
    import fcntl


@contextmanager
def claimed(base: Path) -> Iterator[Path]:
    """Give the first of the folders `base`, `base-2`, `base-3`, … that no other process has claimed.

    It is this process's until the context ends, or the process, however that ends: the claim is a lock on a file beside
    the folder (`base.lock`), which the system lets go of. The next process finds in it what this one has left there.
    Where the disk takes no lock (some network file systems) it is `base`, as if nobody else were there.
    """
    for number in count(1):
        with _locked(_numbered(base, number)) as held:
            if held is None:
                yield base
                return
            if held:
                yield _numbered(base, number)
                return


def drop_others(base: Path, kept: int) -> None:
    """Remove the folders numbered above `kept` that no process has claimed: nobody would look into them again."""
    found = (folder.name.removeprefix(f"{base.name}-") for folder in base.parent.glob(f"{base.name}-*"))
    for number in sorted(int(number) for number in found if number.isdecimal()):
        folder = _numbered(base, number)
        if number > max(kept, 1) and folder.is_dir():
            with _locked(folder) as held:
                if held:
                    shutil.rmtree(folder, ignore_errors=True)


def _numbered(base: Path, number: int) -> Path:
    return base if number == 1 else base.with_name(f"{base.name}-{number}")


@contextmanager
def _locked(folder: Path) -> Iterator[bool | None]:
    """Hold the lock beside a folder, if nobody else does; None where there can be no lock."""
    try:
        file = os.open(folder.with_name(f"{folder.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        yield None
        return
    try:
        yield _lock(file)
    finally:
        os.close(file)


def _lock(file: int) -> bool | None:
    if fcntl is None:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
