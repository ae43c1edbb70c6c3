"""Speed of the search, beside bare tantivy over the same turns in the same run.

    python -m tests.bench.search FOLDER_OF_TRANSCRIPTS [--turns 100000] [--index FOLDER]

Prints build time, memory, the engine's own part beside bare tantivy's, the whole of `ask`, how late the event loop
becomes with 20 callers, hostile questions, and how soon a new call is found and a removed one gone.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import gc
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tantivy import Document, Index, Occur, Query, SchemaBuilder, Searcher

from bot.ask import ask
from bot.call import Call
from bot.errors import QuestionError
from bot.kind import Kind
from bot.library import Library
from bot.query.topic import Phrase, Term, Topic
from bot.search.engine import Clause, Concept, Plan
from bot.search.engines import embedded
from bot.search.stems import stem
from bot.search.wanted import Wanted
from tests.bench import corpus


@dataclass
class Clock:
    """Wall time, or on a machine that is busy with other work the time that this process had."""

    now: Callable[[], float] = time.perf_counter


CLOCK = Clock()
TODAY = dt.date(2024, 6, 3)
ROUNDS = 300


def rss() -> float:
    """Return resident memory in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def spread(seconds: Sequence[float]) -> str:
    """Return p50, p99 and the worst in ms."""
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {statistics.median(ordered) * 1e3:8.3f}  p99 {p99 * 1e3:8.3f}  max {ordered[-1] * 1e3:8.3f} ms"


class Words:
    """Words to ask for, by how many turns hold them."""

    def __init__(self, library: Library) -> None:
        counts = sorted(library.vocabulary.items(), key=lambda item: -item[1])
        plain = [word for word, turns in counts if word.isalpha() and len(word) > 4 and turns > 5]
        self.common, self.middle = plain[20:200], plain[200:3000]


class Bare:
    """tantivy with nothing around it: one stemmed field, one filter."""

    def __init__(self, calls: Iterable[Call]) -> None:
        builder = SchemaBuilder()
        builder.add_unsigned_field("id", stored=True, fast=True)
        builder.add_text_field("text", tokenizer_name="en_stem")
        builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        index = Index(self.schema)
        writer = index.writer(64_000_000)
        number = 0
        for call in calls:
            for turn in call.turns:
                document = Document(text=turn.text, kind=turn.kind.value)
                document.add_unsigned("id", number)
                writer.add_document(document)
                number += 1
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher: Searcher = index.searcher()

    def find(self, words: Sequence[str], *, phrase: bool = False, kind: Kind | None = None, limit: int = 100) -> int:
        roots = [stem(word) for word in words]
        if phrase:
            query = Query.phrase_query(self.schema, "text", list(roots))
        else:
            query = Query.boolean_query([(Occur.Should, Query.term_query(self.schema, "text", root)) for root in roots])
        if kind is not None:
            only = Query.const_score_query(Query.term_query(self.schema, "kind", kind.value), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, only)])
        hits = self.searcher.search(query, limit, count=False).hits
        return len(self.searcher.fast_field_values("id", [address for _, address in hits]))


async def timed(run: Callable[[], Awaitable[object]]) -> float:
    """Return the seconds it takes."""
    start = CLOCK.now()
    await run()
    return CLOCK.now() - start


async def engines(library: Library, bare: Bare, words: Words) -> None:
    """Print the engine's part beside bare tantivy, question by question alternating between the two.

    Over so many turns that the engine leaves the event loop's thread for a search, bare tantivy does so, too.
    """
    chance = random.Random(7)
    apart = sum(len(call.turns) for call in library.calls.values()) > embedded.INLINE
    kinds: dict[str, tuple[int, bool, Kind | None, bool]] = {
        "1 word": (1, False, None, False),
        "2 words": (2, False, None, False),
        "4 words": (4, False, None, False),
        "2 common": (2, False, None, True),
        "phrase": (2, True, None, False),
        "2 words, filter": (2, False, Kind.ANALYST, False),
    }
    for name, (number, phrase, kind, common) in kinds.items():
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(ROUNDS):
            asked = chance.sample(words.common if common else words.middle, number)
            wanted = Wanted(kinds=(kind,) if kind else ())
            nodes = [Term(word, 0, 0) for word in asked]
            plan = Plan(
                concepts=() if phrase else tuple(Concept((Clause(node),)) for node in nodes),
                must=(Clause(Phrase(tuple(asked), 0, 0)),) if phrase else (),
                wanted=wanted,
                limit=100,
            )
            ours.append(await timed(lambda plan=plan: library.engine.find(plan)))  # type: ignore[misc]  # bound at once
            start = CLOCK.now()
            if apart:
                await asyncio.to_thread(bare.find, asked, phrase=phrase, kind=kind)
            else:
                bare.find(asked, phrase=phrase, kind=kind)
            theirs.append(CLOCK.now() - start)
        ratio = statistics.median(ours) / statistics.median(theirs)
        print(f"engine {name:16} {spread(ours)} | bare {spread(theirs)} | p50 ratio {ratio:.2f}")


def questions(library: Library, words: Words, number: int) -> list[str]:
    """Make up questions of every kind about words, people and companies of the library."""
    chance = random.Random(11)
    people = [turn.person for call in library.calls.values() for turn in call.turns if turn.person]
    firms = [turn.firm for call in library.calls.values() for turn in call.turns if turn.firm]
    companies = [call.company for call in library.calls.values() if call.company]
    out = []
    for _ in range(number):
        one, two = chance.sample(words.middle, 2)
        typo = one[: len(one) // 2] + one[len(one) // 2 + 1 :]
        person, firm, company = (chance.choice(names or ["nobody"]) for names in (people, firms, companies))
        out.append(
            chance.choice(
                [
                    f"who asked about {one}",
                    f"quote {one} {two}",
                    f"quote {typo}",
                    f"what did {person} say about {one}",
                    f"{company}: {one}",
                    f"{one} {two}",
                    f"what did {firm} ask about {two}",
                    "who asked about capex",
                    "quote gross margin",
                    f'who said "{one} {two}"',
                ]
            )
        )
    return out


async def answers(library: Library, words: Words) -> None:
    """Print the whole of `ask`, one at a time, by its first word."""
    by: dict[str, list[float]] = {}
    everything: list[float] = []
    for question in questions(library, words, 600):
        start = CLOCK.now()
        with contextlib.suppress(QuestionError):
            await ask(library, question, today=TODAY)
        seconds = CLOCK.now() - start
        everything.append(seconds)
        by.setdefault(" ".join(question.split()[:2]) if question.startswith(("who", "what")) else "other", []).append(
            seconds
        )
    print(f"ask                     {spread(everything)}")
    for name, times in by.items():
        print(f"  {name:21} {spread(times)}")


async def stalls(library: Library, words: Words) -> None:
    """Print how late a 1 ms timer fires while 20 callers ask at once."""
    late: list[float] = []
    done = False

    async def clock() -> None:
        while not done:
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append(time.perf_counter() - start - 0.001)

    asked = questions(library, words, 400)

    async def caller(number: int) -> None:
        for question in asked[number::20]:
            await asyncio.sleep(0)  # a question comes in over the network
            with contextlib.suppress(QuestionError):
                await ask(library, question, today=TODAY)

    timer = asyncio.create_task(clock())
    start = CLOCK.now()
    await asyncio.gather(*(caller(number) for number in range(20)))
    took = CLOCK.now() - start
    done = True
    await timer
    print(f"loop late, 20 callers   {spread(late)}  ({len(asked) / took:.0f} questions/s)")


async def hostile(library: Library, words: Words) -> None:
    """Print questions of 4,000 characters."""
    chance = random.Random(3)
    pastes = {
        "library words": " ".join(chance.choice(words.middle) for _ in range(800))[:4000],
        "unknown words": " ".join("".join(chance.choices("abcdefghij", k=9)) for _ in range(400)),
        "one word": "a" * 4000,
        "quotes": '"' * 4000,
        "brackets": "(a AND " * 570,
        "minus": "-a " * 1333,
        "stars": "ab* " * 1000,
        "near": "a NEAR/5 " * 444,
        "phrases": '"a b" ' * 660,
        "emoji": "😀" * 4000,
    }
    for name, text in pastes.items():
        took = []
        for _ in range(3):
            start = CLOCK.now()
            with contextlib.suppress(QuestionError):
                await ask(library, text, today=TODAY)
            took.append(CLOCK.now() - start)
        print(f"hostile {name:15} first {took[0] * 1e3:7.1f}  then {min(took[1:]) * 1e3:7.1f} ms")


async def changes(library: Library, call: Call) -> None:
    """Print how soon a new call is found and a removed one gone."""
    added = await timed(lambda: library.add([call]))
    word = "zyzzogeton"
    last = replace(call.turns[-1], text=f"{word} grew.")
    start = CLOCK.now()
    await library.add([replace(call, id="new-call", turns=(*call.turns[:-1], last))])
    found = await library.find(Topic(word, (Term(word, 0, len(word)),)), Wanted())
    print(
        f"a call of {len(call.turns)} turns: replaced in {added * 1e3:.0f} ms; added and found in {(CLOCK.now() - start) * 1e3:.0f} ms ({found.total} turn)"
    )
    start = CLOCK.now()
    await library.remove(["new-call"])
    print(f"removed in {(CLOCK.now() - start) * 1e3:.0f} ms")


async def measure(options: argparse.Namespace) -> None:
    """Run it all."""
    calls = list(corpus.repeated(corpus.parsed(options.folder, options.turns, options.cache), options.turns))
    turns = sum(len(call.turns) for call in calls)
    characters = sum(len(turn.text) for call in calls for turn in call.turns)
    gc.collect()
    print(
        f"{len(calls)} calls, {turns} turns, {characters / 1e6:.0f} million characters; resident with the calls alone {rss():.0f} MB"
    )
    start = CLOCK.now()
    library = await Library.of(calls, index=options.index)
    took = CLOCK.now() - start
    gc.collect()
    print(
        f"library built in {took:.1f} s ({took / turns * 1e5:.1f} s per 100k turns); resident {rss():.0f} MB, at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB; {len(library.vocabulary)} words"
    )
    if options.index:
        size = sum(path.stat().st_size for path in options.index.rglob("*") if path.is_file())
        start = CLOCK.now()
        library = await Library.of(calls, index=options.index)
        print(
            f"on disk {size / 1e6:.0f} MB ({size / turns:.0f} bytes a turn); opened again in {CLOCK.now() - start:.1f} s"
        )
    words = Words(library)
    await answers(library, words)
    await stalls(library, words)
    await hostile(library, words)
    await changes(library, calls[0])
    start = CLOCK.now()
    bare = Bare(calls)
    print(f"bare tantivy built in {CLOCK.now() - start:.1f} s")
    await engines(library, bare, words)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--index", type=Path, default=None, help="keep the index in this folder instead of in memory")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "earshot-bench-cache")
    parser.add_argument("--cpu", action="store_true", help="count the process's own time, not the wall's")
    options = parser.parse_args()
    CLOCK.now = time.process_time if options.cpu else time.perf_counter
    asyncio.run(measure(options))


if __name__ == "__main__":
    main()
