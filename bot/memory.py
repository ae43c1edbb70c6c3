"""What the process keeps of the memory it no longer needs."""

import ctypes
import sys
from functools import _lru_cache_wrapper
from typing import TypeGuard

ARENAS = 2
"""glibc gives each thread that asks at once an arena of its own, up to eight a core, and a freed hole in one serves no
other: 240 calls that came and mostly went again left 160 MB behind with eight, 20 MB with two, in the same time."""
_M_ARENA_MAX = -8  # malloc.h


def share_arenas() -> None:
    """Let all threads share few arenas. Call it before threads begin; other allocators than glibc's are left alone."""
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, ARENAS)


def forget_texts(*packages: str) -> None:
    """Drop what the modules of these packages (`bot`) remember by texts and words: call it when somebody's are erased.

    What they remember within bounds is made again when it is next asked for. What they remember for good is of the
    files they come with, and stays. It holds the loop for some 40 ms where all that is remembered is full.
    """
    for name, module in tuple(sys.modules.items()):
        if name.partition(".")[0] in packages:
            for held in tuple(vars(module).values()):
                if is_bounded(held):
                    held.cache_clear()


def is_bounded(held: object) -> "TypeGuard[_lru_cache_wrapper[object]]":
    """Tell whether something is a function that remembers its last results, up to a number of them."""
    return isinstance(held, _lru_cache_wrapper) and held.cache_parameters()["maxsize"] is not None
