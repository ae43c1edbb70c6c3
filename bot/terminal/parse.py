"""`earshot parse`: a transcript's turns, people and exchanges, for people or as JSON."""

import argparse
from itertools import groupby
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.arranging import named
from bot.call import Call
from bot.errors import SettingsError, UnreadableError
from bot.files import find
from bot.plain import who
from bot.terminal.command import Command, ReadSettings
from bot.terminal.screen import Screen
from bot.transcript import load_file
from bot.transcripts import outcomes_of
from bot.wire import call_json

NOTHING_READ = 1
OPENING = 400  # characters of a turn of which a line shows as many as fit


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `earshot parse`."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file; with --jsonl, files or folders")
    parser.add_argument("--json", action="store_true", help="one file as one JSON object")
    parser.add_argument("--jsonl", action="store_true", help="every file as a JSON object a line")


def run(arguments: argparse.Namespace, settings: ReadSettings, screen: Screen) -> int:
    """Parse and show; give the exit code."""
    del settings
    if arguments.json and arguments.jsonl:
        raise SettingsError("Choose one of --json (one file) and --jsonl (many).")
    if arguments.jsonl:
        return _lines(arguments.paths, screen)
    if len(arguments.paths) > 1 or arguments.paths[0].is_dir():
        raise SettingsError("Without --jsonl, parse takes one file; add --jsonl for folders and several files.")
    return _one(arguments.paths[0], screen, as_json=arguments.json)


def _lines(paths: list[Path], screen: Screen) -> int:
    for path in paths:
        if not path.exists():
            raise SettingsError(f"{path} is not there: name a file or a folder of transcripts.")
    with screen.progress("Parsing") as report:
        outcomes = outcomes_of(list(find(paths)), None, report)
    calls, files = named([entry for outcome in outcomes.values() for entry in outcome.entries])
    for call in calls:
        screen.json({"file": files[call.id], **call_json(call)})
    for failure in (failure for outcome in outcomes.values() for failure in outcome.failures):
        screen.json({"file": failure.file, "error": failure.error})
    return 0 if calls else NOTHING_READ


def _one(path: Path, screen: Screen, *, as_json: bool) -> int:
    if not path.exists():
        raise SettingsError(f"{path} is not there: name a transcript.")
    try:
        call = load_file(path)
    except UnreadableError as error:
        screen.tell(f"{path}: {error.sentence}")
        return NOTHING_READ
    if as_json:
        screen.json(call_json(call))
    else:
        screen.show(_table(call))
        for problem in call.problems:
            screen.tell(f"{path}:{problem.line or ''} {problem.what}")
    return 0


def _table(call: Call) -> RenderableType:
    """Lay the turns out for any width: who and where in one line, how the turn begins in the next."""
    title = f"{call.name} · {len(call.turns)} turns · {len(call.exchanges)} exchanges"
    parts: list[RenderableType] = [Text(title, style="bold")]
    for section, turns in groupby(call.turns, key=lambda turn: turn.section):
        grid = Table.grid(padding=(0, 2), expand=True)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(no_wrap=True)
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        for turn in turns:
            grid.add_row(Text(str(turn.index)), Text(turn.place), who(turn))
            grid.add_row("", "", Text(turn.text[:OPENING].replace("\n", " "), style="dim"))
        parts += ["", Text(f"{section.called[:1].upper()}{section.called[1:]}", style="bold"), grid]
    return Group(*parts)


command = Command("parse", "show what a transcript holds: turns, people, exchanges, problems", fill, run)
