"""What a search costs as the library grows, beside bare tantivy over the same turns; as figures and as a picture.

    python -m tests.bench.growth FOLDER [--sizes 1000 10000 100000 1000000] [--figures growth.json] [--cpu]

Each size is measured in a process of its own, the index in a folder, and added to the figures; sizes that the figures
hold are not measured again. The picture is docs/pictures/search-growth.png. FOLDER is a folder of transcripts; what it
lacks in turns is made of changed copies.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

from bot.ask import ask
from bot.errors import QuestionError
from bot.library import Library
from bot.query.topic import Term, Topic
from bot.search.engine import Clause, Concept, Plan
from bot.search.wanted import Wanted
from tests.bench import corpus, search

Figures = dict[str, Any]
PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "search-growth.png"
ROUNDS = 200


def quantiles(seconds: Sequence[float]) -> list[float]:
    """Return p50 and p99 in ms."""
    ordered = sorted(seconds)
    return [round(each * 1e3, 4) for each in (statistics.median(ordered), ordered[int(len(ordered) * 0.99)])]


async def asked(library: Library, questions: Sequence[str]) -> list[float]:
    """Return the seconds that each question takes, from its text to its answer."""
    took = []
    for question in questions:
        start = search.CLOCK.now()
        with contextlib.suppress(QuestionError):
            await ask(library, question, today=search.TODAY)
        took.append(search.CLOCK.now() - start)
    return took


async def timed(run: Callable[[Plan], Awaitable[object]], plan: Plan) -> float:
    """Return the seconds that one plan takes."""
    start = search.CLOCK.now()
    await run(plan)
    return search.CLOCK.now() - start


async def changed(library: Library, figures: Figures) -> None:
    """Measure how soon a new call is found, and a removed one gone."""
    call = next(iter(library.calls.values()))
    new = corpus.renamed(call, "new-call")
    start = search.CLOCK.now()
    await library.add([new])
    await library.find(Topic("margin", (Term("margin", 0, 6),)), Wanted(calls=("new-call",)))
    added = search.CLOCK.now()
    await library.remove(["new-call"])
    await library.find(Topic("margin", (Term("margin", 0, 6),)), Wanted(calls=("new-call",)))
    figures |= {"added_ms": round((added - start) * 1e3), "removed_ms": round((search.CLOCK.now() - added) * 1e3)}


async def measured(options: argparse.Namespace, size: int, folder: Path) -> Figures:
    """Measure one size."""
    calls = list(corpus.repeated(corpus.parsed(options.folder, size, options.cache), size))
    turns = sum(len(call.turns) for call in calls)
    gc.collect()
    figures: Figures = {"size": size, "turns": turns, "calls": len(calls), "calls_mb": round(search.rss())}
    start = search.CLOCK.now()
    library = await Library.of(calls, index=folder)
    figures["built_s"] = round(search.CLOCK.now() - start, 1)
    gc.collect()
    figures["rss_mb"] = round(search.rss())
    figures["disk_mb"] = disk(folder)
    print(f"built: {json.dumps(figures)}", flush=True)
    words = search.Words(library)
    figures["ask"] = quantiles(await asked(library, search.questions(library, words, ROUNDS)))
    print(f"asked: {figures['ask']}", flush=True)
    plans = plans_of(words)
    figures["engine"] = quantiles([await timed(library.engine.find, plan) for plan, _ in plans])
    figures["count"] = quantiles([await timed(library.engine.count, plan) for plan, _ in plans])
    await changed(library, figures)
    print(f"changed: {json.dumps(figures)}", flush=True)
    figures |= bare(calls, plans)
    return figures


def disk(folder: Path) -> int:
    """Return what a folder holds, in MB."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6)


def plans_of(words: search.Words) -> list[tuple[Plan, list[str]]]:
    """Ask for two words at a time, every fourth time for common ones."""
    plans = []
    for at in range(ROUNDS):
        from_ = words.common if at % 4 == 0 else words.middle
        pair = [from_[(at * 37) % len(from_)], from_[(at * 59 + 1) % len(from_)]]
        plans.append((Plan(tuple(Concept((Clause(Term(word, 0, 0)),)) for word in pair)), pair))
    return plans


def bare(calls: Sequence[Any], plans: Sequence[tuple[Plan, list[str]]]) -> Figures:
    """Measure tantivy alone over the same turns and words."""
    start = search.CLOCK.now()
    alone = search.Bare(calls)
    built, took = search.CLOCK.now() - start, []
    for _, pair in plans:
        start = search.CLOCK.now()
        alone.find(pair)
        took.append(search.CLOCK.now() - start)
    return {"bare": quantiles(took), "bare_built_s": round(built, 1)}


def run(options: argparse.Namespace, size: int) -> None:
    """Measure one size and add it to the figures; in a process of its own."""
    search.CLOCK.now = time.process_time if options.cpu else time.perf_counter
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measured(options, size, Path(folder)))
    with options.figures.open("a", encoding="utf-8") as out:
        out.write(json.dumps(figures) + "\n")
    print(json.dumps(figures), flush=True)


def known(path: Path) -> list[Figures]:
    """Return the figures so far, by size."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return sorted(map(json.loads, lines), key=lambda each: int(each["size"]))


def draw(figures: Sequence[Figures], clock: str) -> None:
    """Draw what a search costs over the turns, both axes logarithmic."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    turns = [each["turns"] for each in figures]
    lines = {
        "whole answer, p99": ("ask", 1, "#8d2f23", "--"),
        "whole answer, p50": ("ask", 0, "#8d2f23", "-"),
        "the engine's part, p99": ("engine", 1, "#1f4e79", "--"),
        "the engine's part, p50": ("engine", 0, "#1f4e79", "-"),
        "bare tantivy, p99": ("bare", 1, "#7a7a7a", "--"),
        "bare tantivy, p50": ("bare", 0, "#7a7a7a", "-"),
    }
    figure, axes = plt.subplots(figsize=(8.6, 4.2), dpi=160)
    for name, (key, at, colour, style) in lines.items():
        axes.plot(
            turns, [each[key][at] for each in figures], style, color=colour, marker="o", markersize=3.5, label=name
        )
    axes.set(xscale="log", yscale="log", xlabel="turns in the library", ylabel=f"ms a question ({clock})")
    axes.set_title("What a search costs as the library grows", loc="left")
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    figure.tight_layout()
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE)


def main() -> None:
    """Measure the sizes that are missing, and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--figures", type=Path, default=Path(tempfile.gettempdir()) / "earshot-growth.json")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "earshot-bench-cache")
    parser.add_argument("--cpu", action="store_true", help="count the process's own time, not the wall's")
    options = parser.parse_args()
    for size in options.sizes:
        if size not in {each["size"] for each in known(options.figures)}:
            process = multiprocessing.get_context("spawn").Process(target=run, args=(options, size))
            process.start()
            process.join()
    draw(known(options.figures), "processor time" if options.cpu else "wall clock")


if __name__ == "__main__":
    main()
