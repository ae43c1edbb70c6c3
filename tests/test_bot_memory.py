"""What comes and goes leaves little behind."""

import subprocess
import sys

import pytest

HOLES = """
import ctypes, threading
from bot.memory import share_arenas
if {shared}:
    share_arenas()
kept = []
def churn(number):
    taken = [bytes(3000) for _ in range(2000)]
    gate.wait()
    kept.append(taken[number::50])
gate = threading.Barrier(12)
threads = [threading.Thread(target=churn, args=(number,)) for number in range(12)]
for each in threads:
    each.start()
for each in threads:
    each.join()
libc = ctypes.CDLL(None)
libc.malloc_stats()
"""


def arenas(*, shared: bool) -> int:
    """Return how many arenas glibc tells of after twelve threads held memory at once."""
    told = subprocess.run(
        [sys.executable, "-c", HOLES.format(shared=shared)], capture_output=True, text=True, check=True
    ).stderr
    return told.count("Arena ")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's arenas are Linux's")
def test_threads_share_arenas() -> None:
    before = arenas(shared=False)
    if not before:
        pytest.skip("another allocator than glibc's: it tells of no arenas")
    assert before > 2
    assert arenas(shared=True) <= 2
