"""`earshot ask`: a question over files of calls, answered for people or as JSON."""

import argparse
import asyncio
import datetime as dt
import json
import time
from pathlib import Path

from bot.ask import ask
from bot.config import Settings
from bot.errors import EarshotError, SettingsError
from bot.library import Library
from bot.plain import render
from bot.terminal.command import Command
from bot.terminal.loading import load_calls
from bot.terminal.screen import Screen
from bot.wire import Json, answer_json

HITS_FOR_PEOPLE = 3
HITS_FOR_PROGRAMS = 10
NOTHING_READ = 1
WRONG_ARGUMENTS = 2


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `earshot ask`."""
    parser.add_argument("question", nargs="?", help='what to ask, in your own words: "who asked about margins"')
    parser.add_argument("--calls", nargs="+", type=Path, metavar="PATH", help="files or folders of transcripts")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N hits (10 as JSON, 3 for people)")
    parser.add_argument("--queries", type=Path, metavar="FILE", help='many questions, one {"id", "text"} a line')
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--explain", action="store_true", help="how the question was read, candidates and scores")


def run(arguments: argparse.Namespace, settings: Settings, screen: Screen) -> int:
    """Load the calls, answer, and give the exit code."""
    paths: list[Path] = arguments.calls or list(settings.calls)
    if not paths:
        raise SettingsError("No calls to ask: name files or folders with --calls, or set EARSHOT_CALLS.")
    if (arguments.question is None) == (arguments.queries is None):
        raise SettingsError(
            'Ask one question ("earshot ask QUESTION --calls PATH") or a file of them (--queries FILE).'
        )
    if arguments.limit is not None and arguments.limit < 1:
        raise SettingsError("--limit must be 1 or more.")
    questions = _questions(arguments.queries) if arguments.queries else ()
    loaded = load_calls(paths, screen)
    if not loaded.calls:
        return NOTHING_READ
    limit: int = arguments.limit or (HITS_FOR_PROGRAMS if arguments.json or arguments.queries else HITS_FOR_PEOPLE)
    today = dt.datetime.now(tz=dt.UTC).date()

    async def answer_all() -> int:
        library = await Library.of(loaded.calls)
        if arguments.queries:
            for identity, question in questions:
                screen.json({"id": identity, **await _answer(library, question, today, limit, explain=False)})
            return 0
        return await _one(library, arguments, today, limit, screen)

    return asyncio.run(answer_all())


async def _one(library: Library, arguments: argparse.Namespace, today: dt.date, limit: int, screen: Screen) -> int:
    if arguments.json:
        answer = await _answer(library, arguments.question, today, limit, explain=arguments.explain)
        screen.json(answer)
        return WRONG_ARGUMENTS if "error" in answer else 0
    try:
        told = await ask(library, arguments.question, today=today, limit=limit)
    except EarshotError as error:
        screen.tell(error.sentence)
        return WRONG_ARGUMENTS
    screen.show(render(told, explain=arguments.explain))
    return 0


async def _answer(library: Library, question: str, today: dt.date, limit: int, *, explain: bool) -> dict[str, Json]:
    started = time.perf_counter()
    try:
        answer = await ask(library, question, today=today, limit=limit)
    except EarshotError as error:
        return {"error": error.sentence}
    return answer_json(answer, (time.perf_counter() - started) * 1000, explain=explain)


def _questions(path: Path) -> tuple[tuple[Json, str], ...]:
    """Read `{"id", "text"}` lines. A line that is none becomes a question that can't be answered, under its number."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"--queries: {path} can't be read ({error.__class__.__name__}).") from error
    return tuple(_question(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _question(number: int, line: str) -> tuple[Json, str]:
    try:
        item = json.loads(line)
        return item.get("id", number), str(item["text"])
    except (ValueError, KeyError, AttributeError, RecursionError):
        return number, ""


command = Command("ask", "answer a question over calls, in their exact words", fill, run)
