"""Quality of the search on judged questions, beside plain engines and with one part after the other taken away.

    python -m tests.bench.search_quality SHARED_FOLDER [--half tune|aside|all]

`aside` is every second question in the order of the ids, from the second on: nothing was tuned on them. Answers are
made as `earshot ask --queries` makes them and scored by the folder's own `tools/score_search.py`.
"""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import bm25s
from rapidfuzz import fuzz, process
from tantivy import Document, Index, Occur, Query, SchemaBuilder

from bot import transcripts
from bot.ask import ask
from bot.call import Call
from bot.errors import QuestionError
from bot.library import Library
from bot.query.topic import Topic
from bot.search import exchanges
from bot.search.findings import Findings
from bot.search.spelling import Speller
from bot.search.stems import stem
from bot.search.thesaurus import Thesaurus
from bot.search.wanted import Wanted
from bot.search.words import keys
from bot.team import NOBODYS, Team
from bot.turn import Turn

TODAY = dt.date(2022, 3, 1)
LIMIT = 10
Hit = tuple[Call, Turn, str]
Answers = dict[str, list[Hit] | str]


@dataclass
class Judged:
    """The questions of one half, and the calls they are about."""

    shared: Path
    half: str
    questions: list[dict[str, object]] = field(init=False)
    calls: tuple[Call, ...] = field(init=False)

    def __post_init__(self) -> None:
        given = json.loads((self.shared / "judged" / "judged.json").read_text())["queries"]
        ids = sorted(question["id"] for question in given)
        kept = {"all": ids, "tune": ids[::2], "aside": ids[1::2]}[self.half]
        self.questions = [question for question in given if question["id"] in kept]
        stems = [path.stem for path in sorted((self.shared / "judged" / "calls").glob("*.json"))]
        folder = self.shared / "transcripts" / "fool_json_sections" / "files"
        self.calls = transcripts.load([folder / f"{stem}.txt" for stem in stems]).calls

    def scores(self, answers: Answers) -> dict[str, float]:
        """Return nDCG@10 by question, as the folder's scorer counts it."""
        return {id_: ndcg for id_, (ndcg, _, _) in self.scored(answers).items()}

    def scored(self, answers: Answers) -> dict[str, tuple[float, float, float]]:
        """Return nDCG@10, recall@10 and P@1 by question."""
        with tempfile.TemporaryDirectory() as folder:
            out = {}
            tool = self.shared / "tools" / "score_search.py"
            for question in self.questions:
                id_ = str(question["id"])
                (Path(folder) / "judged.json").write_text(json.dumps({"queries": [question]}))
                (Path(folder) / "answers.jsonl").write_text(json.dumps(_printed(id_, answers[id_])) + "\n")
                paths = (f"{folder}/judged.json", str(self.shared / "judged" / "calls"), f"{folder}/answers.jsonl")
                told = subprocess.run([sys.executable, str(tool), *paths], capture_output=True, text=True, check=True)
                figures = dict(part.split("=") for part in told.stdout.splitlines()[0].split()[1:])
                out[id_] = tuple(float(figures[name]) for name in ("nDCG@10", "recall@10", "P@1"))
            return out  # type: ignore[return-value]  # three figures each


def _printed(id_: str, hits: list[Hit] | str) -> dict[str, object]:
    if isinstance(hits, str):
        return {"id": id_, "hits": [], "error": hits}
    printed = [
        {"call": call.id, "turn": turn.index, "speaker": turn.speaker, "quote": quote} for call, turn, quote in hits
    ]
    return {"id": id_, "hits": printed}


async def asked(judged: Judged, library: Library) -> Answers:
    """Answer as the product does."""
    out: Answers = {}
    for question in judged.questions:
        try:
            answer = await ask(library, str(question["text"]), today=TODAY, limit=LIMIT)
        except QuestionError as error:
            out[str(question["id"])] = error.sentence
            continue
        out[str(question["id"])] = [(hit.quote.call, hit.quote.turn, hit.quote.text) for hit in answer.hits]
    return out


# -- beside it ---------------------------------------------------------------------------------------------------


def plain(judged: Judged, rank: Callable[[str], Sequence[int]], turns: Sequence[tuple[Call, Turn]]) -> Answers:
    """Answer by an engine that ranks turn numbers for the question's text as typed."""
    out: Answers = {}
    for question in judged.questions:
        found = rank(str(question["text"]))[:LIMIT]
        out[str(question["id"])] = [(*turns[number], turns[number][1].text) for number in found]
    return out


def engines(turns: Sequence[tuple[Call, Turn]]) -> Iterator[tuple[str, Callable[[str], Sequence[int]]]]:
    """Yield the plain engines: each ranks all turns for a text."""
    texts = [turn.text for _, turn in turns]
    yield "bare tantivy, stemmed", _tantivy(texts)
    yield "SQLite FTS5, porter", _fts5(texts)
    yield "bm25s, stemmed", _bm25s(texts)

    def rapid(text: str) -> list[int]:
        found = process.extract(text.lower(), [each.lower() for each in texts], scorer=fuzz.partial_ratio, limit=LIMIT)
        return [number for _, _, number in found]

    yield "rapidfuzz over turns", rapid


def _tantivy(texts: Sequence[str]) -> Callable[[str], Sequence[int]]:
    builder = SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    builder.add_text_field("text", tokenizer_name="en_stem")
    schema = builder.build()
    index = Index(schema)
    writer = index.writer(15_000_000, 1)
    for number, text in enumerate(texts):
        document = Document(text=text)
        document.add_unsigned("id", number)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(text: str) -> list[int]:
        terms = [Query.term_query(schema, "text", stem(key)) for key in keys(text)]
        hits = searcher.search(Query.boolean_query([(Occur.Should, term) for term in terms]), LIMIT).hits
        return [int(value or 0) for value in searcher.fast_field_values("id", [address for _, address in hits])]

    return rank


def _fts5(texts: Sequence[str]) -> Callable[[str], Sequence[int]]:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table turns using fts5(text, tokenize='porter unicode61')")
    base.executemany("insert into turns(rowid, text) values (?, ?)", enumerate(texts))

    def rank(text: str) -> list[int]:
        match = " OR ".join(f'"{key}"' for key in keys(text))
        rows = base.execute("select rowid from turns where turns match ? order by rank limit ?", (match, LIMIT))
        return [row[0] for row in rows]

    return rank


def _bm25s(texts: Sequence[str]) -> Callable[[str], Sequence[int]]:
    engine = bm25s.BM25()
    engine.index([[stem(key) for key in keys(text)] for text in texts], show_progress=False)

    def rank(text: str) -> list[int]:
        found, _ = engine.retrieve([[stem(key) for key in keys(text)]], k=LIMIT, show_progress=False)
        return [int(number) for number in found[0]]

    return rank


# -- without -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def without(part: str) -> Iterator[None]:
    """Take one part away for as long as it lasts."""
    find, correct, followed, answered = Library.find, Speller.correct, exchanges.followed, exchanges.answered

    async def unfiltered(
        self: Library,
        topic: Topic,
        wanted: Wanted,
        *,
        limit: int = 100,
        verbatim: bool = False,
        counted: bool = True,
        team: Team = NOBODYS,
    ) -> Findings:
        unlimited = wanted if topic.empty else Wanted()
        return await find(self, topic, unlimited, limit=limit, verbatim=verbatim, counted=counted, team=team)

    async def uncorrected(self: Speller, words: object) -> dict[str, str]:
        del self, words
        return {}

    if part == "filters":
        Library.find = unfiltered  # type: ignore[method-assign]  # put back below
    elif part == "correction":
        Speller.correct = uncorrected  # type: ignore[method-assign]  # put back below
    elif part == "exchange rule":
        exchanges.followed = lambda matches, *_: matches
        exchanges.answered = lambda matches, *_: matches
    try:
        yield
    finally:
        exchanges.followed, exchanges.answered = followed, answered
        Library.find, Speller.correct = find, correct  # type: ignore[method-assign]  # as above


# -- telling -----------------------------------------------------------------------------------------------------


def interval(values: Sequence[float], rounds: int = 10_000) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean."""
    chance = random.Random(1)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975)]


def tell(name: str, scored: dict[str, tuple[float, float, float]], base: dict[str, float] | None = None) -> None:
    """Print one row."""
    ndcg = [score[0] for score in scored.values()]
    low, high = interval(ndcg)
    line = f"| {name} | {statistics.fmean(ndcg):.3f} [{low:.3f}, {high:.3f}]"
    line += "".join(f" | {statistics.fmean(score[at] for score in scored.values()):.3f}" for at in (1, 2))
    if base is not None:
        change = [score[0] - base[id_] for id_, score in scored.items()]
        low, high = interval(change)
        line += f" | {statistics.fmean(change):+.3f} [{low:+.3f}, {high:+.3f}]"
    print(line + " |", flush=True)


async def measure(shared: Path, half: str) -> None:
    """Print the tables of one half."""
    judged = Judged(shared, half)
    turns = [(call, turn) for call in judged.calls for turn in call.turns]
    library = await Library.of(judged.calls)
    print(f"{len(judged.questions)} questions ({half}), {len(judged.calls)} calls, {len(turns)} turns\n")
    print("| run | nDCG@10 [95 %] | recall@10 | P@1 | difference to Earshot [95 %] |\n| --- | --- | --- | --- | --- |")
    ours = judged.scored(await asked(judged, library))
    base = {id_: score[0] for id_, score in ours.items()}
    tell("**Earshot**", ours)
    for name, rank in engines(turns):
        tell(name, judged.scored(plain(judged, rank, turns)), base)
    bare = await Library.of(judged.calls, thesaurus=Thesaurus([]))
    tell("Earshot without the thesaurus", judged.scored(await asked(judged, bare)), base)
    for part in ("filters", "correction", "exchange rule"):
        with without(part):
            fresh = await Library.of(judged.calls)
            tell(f"Earshot without {part}", judged.scored(await asked(judged, fresh)), base)
    kinds: dict[str, list[tuple[float, float, float]]] = {}
    for question in judged.questions:
        kinds.setdefault(str(question["intent"]), []).append(ours[str(question["id"])])
    print("\n| intent | questions | nDCG@10 | recall@10 | P@1 |\n| --- | --- | --- | --- | --- |")
    for kind, scores in kinds.items():
        means = " | ".join(f"{statistics.fmean(score[at] for score in scores):.3f}" for at in range(3))
        print(f"| {kind} | {len(scores)} | {means} |")
    nothing = [str(question["id"]) for question in judged.questions if not question["relevant"]]
    print(f"\nnothing relevant: {[(id_, 'empty' if base[id_] == 1 else 'NOT EMPTY') for id_ in nothing]}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--half", choices=("tune", "aside", "all"), default="tune")
    options = parser.parse_args()
    asyncio.run(measure(options.shared, options.half))


if __name__ == "__main__":
    main()
