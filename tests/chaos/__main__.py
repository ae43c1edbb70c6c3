"""Run chaos in its long form; one line of JSON a run, exit 1 where a promise was broken."""

import argparse
import asyncio
import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace

from bot.digest.clockwork import Pace
from tests.chaos import digests, load, mutants, patterns, soak, uploads


def main() -> int:
    """Run what was asked for, with every seed (digests and uploads: on every database)."""
    given = arguments().parse_args()
    if given.what == "mutants":
        return judge()
    broken = 0
    for told, wrong in RUNS[given.what](given):
        told.pop("took", None)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        broken += wrong
    return 1 if broken else 0


def arguments() -> argparse.ArgumentParser:
    """Return what may be asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("what", choices=[*RUNS, "mutants"])
    parser.add_argument("--seeds", type=int, nargs="+", default=None, help="default: 1 2 3, and 1 for what takes long")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    parser.add_argument("--digests", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--window", type=int, default=30, help="digests: minutes within which all are due")
    parser.add_argument("--speed", type=float, default=digests.SPEED, help="digests: how fast the clock runs")
    parser.add_argument(
        "--lease", type=float, default=60, help="digests: seconds; too short shows what the sweep is for"
    )
    parser.add_argument("--no-sweep", action="store_true", help="digests: shows what would be seen twice without it")
    parser.add_argument("--minutes", type=float, default=30, help="soak; fuzz: of each target")
    parser.add_argument("--queries", type=int, default=5000, help="soak")
    parser.add_argument("--uploads", type=int, default=200, help="soak: files given")
    parser.add_argument("--deletes", type=int, default=50, help="soak: files taken back")
    parser.add_argument("--targets", nargs="+", default=["gate", "parser", "query"], help="fuzz")
    parser.add_argument("--rate", type=int, default=50, help="load: commands a second")
    parser.add_argument("--events", type=int, default=0, help="load: events a second beside them")
    parser.add_argument("--seconds", type=float, default=60, help="load")
    return parser


Told = Iterator[tuple[dict[str, object], int]]


def run_digests(given: argparse.Namespace) -> Told:
    """Kill and freeze replicas while digests are due."""
    shipped = Pace(lease=dt.timedelta(seconds=given.lease))
    pace = replace(shipped, sweep=shipped.closed) if given.no_sweep else shipped
    for database in given.databases:
        for seed in given.seeds or (1, 2, 3):
            run = digests.run(database, seed, given.digests, given.kills, given.window, given.speed, pace)
            result = asyncio.run(run)
            yield asdict(result), result.missing + result.doubled


def run_uploads(given: argparse.Namespace) -> Told:
    """Kill whoever is given files."""
    for database in given.databases:
        for seed in given.seeds or (1, 2, 3):
            result = uploads.run(database, seed, given.kills)
            yield asdict(result), result.lost + (result.integrity != "ok")


def run_soak(given: argparse.Namespace) -> Told:
    """Work for half an hour."""
    for seed in given.seeds or (1,):
        result = asyncio.run(soak.run(seed, given.minutes, given.queries, given.uploads, given.deletes))
        yield {**asdict(result), "growth": result.growth}, result.broken


def run_load(given: argparse.Namespace) -> Told:
    """Ask at a steady rate."""
    for seed in given.seeds or (1,):
        result = asyncio.run(load.run(seed, given.rate, given.events, given.seconds))
        yield asdict(result), result.broken


def run_fuzz(given: argparse.Namespace) -> Told:
    """Draw hostile input."""
    from tests.chaos import fuzz  # Hypothesis comes with it, which the hunt for mutants must meet within pytest only

    for target in given.targets:
        for seed in given.seeds or (1,):
            result = fuzz.run(target, seed, given.minutes)
            yield asdict(result), result.broken


def run_patterns(_: argparse.Namespace) -> Told:
    """Try every pattern on hostile text."""
    result = patterns.run()
    yield asdict(result), len(result.square) + len(result.over)


RUNS = {
    "digests": run_digests,
    "uploads": run_uploads,
    "soak": run_soak,
    "load": run_load,
    "fuzz": run_fuzz,
    "patterns": run_patterns,
}


def judge() -> int:
    """Drop the conditions of the ledger's statements one by one. Return 1 where the tests don't notice."""
    every = mutants.every_mutant()
    survived = 0
    for mutant, tests in every.items():
        killed = mutants.killed(mutant, tests)
        survived += not killed
        if not killed:
            sys.stdout.write(json.dumps({"survived": mutant[2], "in": mutant[0]}) + "\n")
            sys.stdout.flush()
    sys.stdout.write(json.dumps({"mutants": len(every), "survived": survived}) + "\n")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main())
