"""Type-ahead over 20,000 names: what a menu of the search form costs while somebody types."""

import random
import statistics
import time
from typing import TYPE_CHECKING

from handlers.typeahead import Name, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = 20_000
ROUNDS = 400
FIRST = "Ana Bela Carl Dora Emil Fritz Gustav Hanna Ida Jonas Karla Lena Milo Nora Otto Paul Rosa Sara Timo Zoë".split()  # noqa: SIM905  # reads better
PARTS = "ber lin ham mar sted wick ford low dale thorn son ster vik holm gren lund ley ton worth field".split()  # noqa: SIM905  # as above


def main() -> None:
    """Type beginnings, middles and misspelt names; print the milliseconds."""
    chance = random.Random(7)  # the same names each time
    people = [f"{chance.choice(FIRST)} {''.join(chance.choices(PARTS, k=3)).title()}" for _ in range(NAMES)]
    start = time.perf_counter()
    shelf = Shelf.of([Name(f"{person} · Firm {place % 900}", person) for place, person in enumerate(people)])
    folded = (time.perf_counter() - start) * 1000
    kinds: dict[str, Callable[[], str]] = {
        "a beginning": lambda: chance.choice(people).split()[1][:3],
        "a whole name": lambda: chance.choice(people),
        "a misspelt name": lambda: chance.choice(people).replace("a", "e", 1) + "x",
        "nothing yet": lambda: "",
    }
    for kind, typed in kinds.items():
        times = []
        for _ in range(ROUNDS):
            words = typed()
            start = time.perf_counter()
            shelf.suggest(words)
            times.append((time.perf_counter() - start) * 1000)
        times.sort()
        print(f"{kind:16} p50 {statistics.median(times):6.2f}  p99 {times[int(len(times) * 0.99)]:6.2f} ms")
    print(f"folding {NAMES:,} names once: {folded:.0f} ms   (wanted: p99 at most 30 ms)")
