"""Speed of reading and loading: each format by itself, a folder afresh and from the cache, memory a turn.

    python -m tests.bench.reading FOLDER [--cache FOLDER] [--fresh] [--start] [--texts]

FOLDER holds transcripts of any format. Times are CPU seconds of one process unless wall is said; `--fresh` also parses
the whole folder anew on all cores. `--start` measures nothing but the second start over the folder, parsed calls and
index together, each time in a process of its own; what it needs is kept in the cache folder. `--texts` measures nothing but
reading and parsing text, folder by folder.
"""

import argparse
import asyncio
import gc
import io
import multiprocessing
import re
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from charset_normalizer import from_bytes
from pypdf import PdfReader

from bot import reading
from bot.errors import UnreadableError
from bot.files import find
from bot.library import Library
from bot.transcript import load_file
from bot.transcripts import load

A_FOLDER = 60  # texts of each folder that are timed
LABEL = re.compile(r"^([A-Z][\w.' -]{2,40})(?: -.*)?:?$", re.MULTILINE)
A_FORMAT = 40  # files of each format that are timed
PAGES = 25  # the length that PDF times are given for


def rss() -> float:
    """Return resident memory in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def formats(paths: list[Path]) -> None:
    """Print what reading a file takes, format by format, and for PDF the mean and the worst for 25 pages."""
    seconds: dict[str, list[float]] = defaultdict(list)
    for path in paths:
        extension = path.suffix.lower()
        if len(seconds[extension]) >= A_FORMAT:
            continue
        data = path.read_bytes()
        begin = time.process_time()
        try:
            reading.read(data, path.name)
        except UnreadableError:
            continue
        took = time.process_time() - begin
        if extension == ".pdf":
            took *= PAGES / len(PdfReader(io.BytesIO(data)).pages)
        seconds[extension].append(took)
    print("reading, ms a file (PDF: 25 pages)")
    for extension, each in sorted(seconds.items()):
        if each:
            print(
                f"  {extension or '-':6} files {len(each):4}  mean {sum(each) / len(each) * 1000:8.1f}  worst {max(each) * 1000:8.1f}"
            )


def plainly(data: bytes) -> int:
    """Do the least that a script would: find the encoding, cut at whatever opens a line and looks like a name."""
    best = from_bytes(data).best()
    return len(LABEL.split(str(best))) if best is not None else 0


def parsing(paths: list[Path]) -> None:
    """Print how many text calls one core reads and parses in a second, folder by folder, and beside it the least."""
    folders: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        if path.suffix.lower() == ".txt":
            folders[path.parent].append(path)
    print("text, read and parsed on one core, calls/s (in brackets: decoded and cut by one pattern)")
    for each, texts in sorted(folders.items()):
        some = texts[:: -(-len(texts) // A_FOLDER)]
        begin, done = time.process_time(), 0
        for path in some:
            try:
                load_file(path)
            except UnreadableError:
                continue
            done += 1
        middle = time.process_time()
        for path in some:
            plainly(path.read_bytes())
        took, least = middle - begin, time.process_time() - middle
        if done:
            name = f"{each.parent.name}/{each.name}"
            print(f"  {name:45} files {done:4}  {done / took:5.0f} ({len(some) / least:.0f})", flush=True)


def folder(path: Path, cache: Path, *, fresh: bool) -> None:
    """Print how long the folder takes afresh and from the cache, and what its calls weigh."""
    if fresh:
        begin = time.perf_counter()
        load([path], cache=cache)
        print(f"the folder, afresh, all cores: {time.perf_counter() - begin:.1f} s wall")
    load([path], cache=cache)
    gc.collect()
    before = rss()
    begin, cpu = time.perf_counter(), time.process_time()
    loaded = load([path], cache=cache)
    wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    turns = sum(len(call.turns) for call in loaded.calls)
    print(f"from the cache: {len(loaded.calls)} calls, {turns} turns in {wall:.2f} s wall, {cpu:.2f} s CPU")
    if turns:
        print(f"memory: {(rss() - before) * 1024 * 1024 / turns:.0f} bytes a turn, text included")


def start(path: Path, cache: Path) -> None:
    """Print how long a start takes: parsed calls, and the index with all that the first question needs."""
    begin, cpu = time.perf_counter(), time.process_time()
    loaded = load([path], cache=cache)
    middle, middle_cpu = time.perf_counter(), time.process_time()
    library = asyncio.run(Library.of(loaded.calls, index=cache / "index"))
    end, end_cpu = time.perf_counter(), time.process_time()
    print(
        f"{len(library.calls)} calls, {library.directory.turns} turns: calls {middle - begin:.2f} s wall, {middle_cpu - cpu:.2f} s CPU; "
        f"index {end - middle:.2f} s wall, {end_cpu - middle_cpu:.2f} s CPU; together {end - begin:.2f} s wall, {end_cpu - cpu:.2f} s CPU; "
        f"resident {rss():.0f} MB",
        flush=True,
    )


def starts(path: Path, cache: Path) -> None:
    """Start four times over one folder: the first one, if need be, parses and indexes."""
    for name in ("first start", "second start", "third start", "fourth start"):
        print(f"{name}: ", end="", flush=True)
        process = multiprocessing.get_context("spawn").Process(target=start, args=(path, cache))
        process.start()
        process.join()


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--start", action="store_true")
    parser.add_argument("--texts", action="store_true")
    arguments = parser.parse_args()
    if arguments.start:
        starts(arguments.folder, arguments.cache or Path(tempfile.gettempdir()) / "earshot-bench-start")
        return
    paths = list(find([arguments.folder]))
    if arguments.texts:
        parsing(paths)
        return
    formats(paths)
    parsing(paths)
    with tempfile.TemporaryDirectory() as made:
        folder(arguments.folder, arguments.cache or Path(made), fresh=arguments.fresh)


if __name__ == "__main__":
    main()
