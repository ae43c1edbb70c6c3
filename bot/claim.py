"""A folder that one process at a time has to itself."""

import os
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
    if fcntl is None:
        yield base
        return
    for number in count(1):
        folder = base if number == 1 else base.with_name(f"{base.name}-{number}")
        try:
            file = os.open(folder.with_name(f"{folder.name}.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError:
            yield base
            return
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            except OSError:
                yield base
                return
            yield folder
            return
        finally:
            os.close(file)
