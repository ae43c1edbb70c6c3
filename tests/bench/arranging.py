"""What it takes to tell many files apart: files of one name, and second copies that name more speakers.

    python -m tests.bench arranging

Twice the files should take twice the time.
"""

from dataclasses import replace
from time import perf_counter

from bot.arranging import arrange, named
from bot.outcome import Entry
from tests.invented_calls import CALLS

SIZES = (500, 1_000, 2_000)


def of_one_name(number: int) -> list[Entry]:
    """Give files that differ only by their folders."""
    call = replace(CALLS[0], id="transcript", turns=())
    return [Entry(f"/srv/calls/C{at:05}/2026-q3/transcript.txt", call, str(at)) for at in range(number)]


def twice(number: int) -> list[Entry]:
    """Give calls without names, and each again with them."""
    nameless = tuple(replace(turn, person=None) for turn in CALLS[0].turns)
    return [
        Entry(f"{name}{at}.txt", replace(CALLS[0], company=f"Company {at}", ticker=None, turns=turns), f"{name}{at}")
        for name, turns in (("a", nameless), ("b", CALLS[0].turns))
        for at in range(number)
    ]


def main() -> None:
    """Print the seconds by number of files."""
    for number in SIZES:
        same, copies = of_one_name(number), twice(number)
        started = perf_counter()
        named(same)
        between = perf_counter()
        arrange(copies)
        done = perf_counter()
        print(
            f"{number:6,} files of one name {between - started:6.2f} s, {number:6,} calls twice {done - between:6.2f} s"
        )
