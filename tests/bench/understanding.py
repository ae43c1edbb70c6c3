"""Understanding alone: the questions of tests/data/questions.toml over thousands of invented names, and hostile ones.

    python -m tests.bench understanding

Times are CPU times of this process, so that other work on the machine doesn't count.
"""

import contextlib
import datetime as dt
import itertools
import time
import tomllib
from dataclasses import replace
from pathlib import Path

from bot.call import Call
from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import understand
from tests.invented_calls import CALLS, TODAY

FIRST = [
    "Anna",
    "Bela",
    "Cyril",
    "Dora",
    "Emil",
    "Fanny",
    "Gustav",
    "Hella",
    "Igor",
    "Jana",
    "Karel",
    "Lena",
    "Milos",
    "Nora",
    "Otto",
    "Petra",
    "Quentin",
    "Rita",
    "Sven",
    "Thea",
]
ENDS = [
    "sen",
    "berg",
    "mann",
    "feld",
    "stein",
    "horst",
    "dal",
    "wick",
    "ford",
    "ton",
    "by",
    "holm",
    "strand",
    "quist",
    "bauer",
    "moor",
    "hurst",
    "ley",
    "well",
    "gard",
]
STEMS = [
    "Ald",
    "Bor",
    "Cran",
    "Dun",
    "Eld",
    "Fal",
    "Gre",
    "Hol",
    "Ing",
    "Jar",
    "Kel",
    "Lor",
    "Mar",
    "Nor",
    "Ost",
    "Pel",
    "Quar",
    "Rad",
    "Stra",
    "Thal",
    "Ulm",
    "Var",
    "Wes",
    "Yar",
    "Zel",
]
HOSTILE = (
    "a " * 500,
    "who asked about " * 62,
    "(" * 999,
    '"' * 999,
    "what did a b c d e f g say about " * 4,
    "how did a respond to b about c on d question " * 3,
    "answer to the question " * 40,
    "q1 and " * 140,
    "-a " * 330,
    "x" * 1000,
    "y" * 4000,
)


def people(number: int) -> list[str]:
    """Invent full names, all different."""
    surnames = [stem + end for stem, end in itertools.product(STEMS, ENDS)]
    names = [f"{first} {last}" for first, last in itertools.product(FIRST, surnames)]
    return names[:: max(1, len(names) // number)][:number]


def library(number: int) -> list[Call]:
    """Copy the invented calls until `number` analysts, each under a name of their own, have asked."""
    calls = list(CALLS)
    for place, name in enumerate(people(number)):
        model = CALLS[place % len(CALLS)]
        turns = tuple(
            replace(turn, person=name, speaker=name) if turn.kind.value == "analyst" else turn for turn in model.turns
        )
        calls.append(replace(model, id=f"{model.id}-{place}", turns=turns, participants=()))
    return calls


def cost(question: str, directory: Directory) -> float:
    """Return the CPU time of one understanding, in ms."""
    started = time.process_time()
    with contextlib.suppress(QuestionError):
        understand(question, directory, today=TODAY)
    return (time.process_time() - started) * 1000


def main(number: int = 5_000) -> None:
    """Print p50, p99 and the worst over the questions, and the worst of the hostile ones."""
    rows = tomllib.loads((Path(__file__).parent.parent / "data" / "questions.toml").read_text(encoding="utf-8"))
    questions = [row["text"] for row in rows["question"]]
    directory = Directory.of(library(number))
    for question in questions:
        cost(question, directory)
    taken = sorted(cost(question, directory) for question in questions for _ in range(3))
    print(f"{len(directory.people):,} people, {len(questions)} questions, {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}")
    print(f"p50 {taken[len(taken) // 2]:.2f} ms, p99 {taken[int(len(taken) * 0.99)]:.2f} ms, worst {taken[-1]:.2f} ms")
    print(f"hostile: worst {max(cost(question, directory) for question in HOSTILE):.1f} ms")


if __name__ == "__main__":
    main()
