"""Run chaos in its long form; one line of JSON a run, exit 1 where a promise was broken."""

import argparse
import asyncio
import datetime as dt
import json
import sys
from dataclasses import asdict, replace

from bot.digest.clockwork import Pace
from tests.chaos import digests, mutants, uploads


def main() -> int:
    """Run what was asked for on every database with every seed."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("what", choices=["digests", "uploads", "mutants"])
    parser.add_argument("--digests", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--window", type=int, default=30, help="minutes within which all digests are due")
    parser.add_argument("--speed", type=float, default=digests.SPEED, help="how fast the clock runs")
    parser.add_argument("--lease", type=float, default=60, help="seconds; too short a one shows what the sweep is for")
    parser.add_argument("--no-sweep", action="store_true", help="shows what would be seen twice without it")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"])
    given = parser.parse_args()
    if given.what == "mutants":
        return judge()
    broken = 0
    for database in given.databases:
        for seed in given.seeds:
            if given.what == "digests":
                result = asyncio.run(
                    digests.run(database, seed, given.digests, given.kills, given.window, given.speed, pace_of(given))
                )
                broken += result.missing + result.doubled
                told = asdict(result)
            else:
                found = uploads.run(database, seed, given.kills)
                broken += found.lost + (found.integrity != "ok")
                told = asdict(found)
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
    return 1 if broken else 0


def pace_of(given: argparse.Namespace) -> Pace:
    """Return the shipped pace, or a careless one."""
    shipped = Pace(lease=dt.timedelta(seconds=given.lease))
    return replace(shipped, sweep=shipped.closed) if given.no_sweep else shipped


def judge() -> int:
    """Drop the conditions of the ledger's statements one by one. Return 1 where the tests don't notice."""
    every = mutants.every_mutant()
    survived = 0
    for mutant in every:
        if not mutants.killed(mutant):
            survived += 1
            sys.stdout.write(json.dumps({"survived": mutant[2], "in": mutant[0]}) + "\n")
            sys.stdout.flush()
    sys.stdout.write(json.dumps({"mutants": len(every), "survived": survived}) + "\n")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main())
