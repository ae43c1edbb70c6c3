"""`earshot check`: what was found in files of calls, and every problem, for people."""

import argparse
from collections import Counter
from pathlib import Path

from rich.table import Table
from rich.text import Text

from bot.attribution import Attribution
from bot.call import Call
from bot.errors import SettingsError
from bot.kind import Kind
from bot.terminal.command import Command, ReadSettings
from bot.terminal.loading import load_calls
from bot.terminal.screen import Screen

NOTHING_READ = 1


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `earshot check`."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders of transcripts")


def run(arguments: argparse.Namespace, settings: ReadSettings, screen: Screen) -> int:
    """Load, list, and give the exit code."""
    paths: list[Path] = arguments.paths or list(settings().calls)
    if not paths:
        raise SettingsError("Nothing to check: name files or folders, or set EARSHOT_CALLS.")
    loaded = load_calls(paths, screen)
    for call in loaded.calls:
        screen.show(_summary(call, loaded.files[call.id]))
    failed = _count(len(loaded.failures), "file")
    screen.show(Text(f"{_count(len(loaded.calls), 'call')} read, {failed} could not be read."))
    return 0 if loaded.calls else NOTHING_READ


def _summary(call: Call, file: str) -> Table:
    table = Table(title=Text(f"{call.name}  ({file})"), title_justify="left", show_header=False, expand=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for label, value in _rows(call):
        table.add_row(label, Text(value))
    for problem in call.problems:
        table.add_row(f"line {problem.line}" if problem.line else "file", Text(problem.what))
    return table


def _rows(call: Call) -> tuple[tuple[str, str], ...]:
    kinds = Counter(participant.kind for participant in call.participants)
    how = Counter(turn.attribution for turn in call.turns)
    facts = {
        "company": call.company,
        "ticker": call.ticker,
        "year": call.year,
        "quarter": call.quarter,
        "date": call.date,
    }
    known = ", ".join(
        f"{name} {value} (from {call.learnt_from.get(name, 'the source')})" for name, value in facts.items() if value
    )
    unknown = ", ".join(name for name, value in facts.items() if not value)
    return (
        ("layout", f"{call.layout} in {call.format}: {call.evidence}" if call.layout else call.format),
        ("known", known or "nothing: name the file TICKER-YEAR-qN or add a sidecar NAME.toml"),
        *((("unknown", unknown),) if unknown else ()),
        ("people", ", ".join(f"{_count(kinds[kind], kind.value)}" for kind in Kind if kinds[kind]) or "none named"),
        ("turns", f"{len(call.turns)}: " + ", ".join(f"{how[kind]} {kind.value}" for kind in Attribution if how[kind])),
        ("exchanges", str(len(call.exchanges))),
        ("problems", str(len(call.problems))),
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


command = Command("check", "list what was found in calls, and every problem", fill, run)
