"""`earshot ask`: a question over files of calls, answered for people or as JSON."""

import argparse
import asyncio
import datetime as dt
import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path

from bot.ask import ask
from bot.errors import EarshotError, SettingsError
from bot.library import Library
from bot.plain import render
from bot.search.thesaurus import Thesaurus
from bot.terminal.command import Command, ReadSettings
from bot.terminal.loading import load_calls
from bot.terminal.screen import Screen
from bot.wire import Json, answer_json, unanswered_json

HITS_FOR_PEOPLE = 3
HITS_FOR_PROGRAMS = 10
NOTHING_READ = 1
WRONG_ARGUMENTS = 2
WANTED = '{"id": "1", "text": "who asked about margins"}'

_log = logging.getLogger(__name__)


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `earshot ask`."""
    parser.add_argument("question", nargs="?", help='what to ask, in your own words: "who asked about margins"')
    parser.add_argument("--calls", nargs="+", type=Path, metavar="PATH", help="files or folders of transcripts")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N hits (10 as JSON, 3 for people)")
    parser.add_argument("--queries", type=Path, metavar="FILE", help='many questions, one {"id", "text"} a line')
    parser.add_argument("--thesaurus", nargs="+", type=Path, metavar="FILE", help="groups of words of your own (TOML)")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--explain", action="store_true", help="how the question was read, candidates and scores")


def run(arguments: argparse.Namespace, settings: ReadSettings, screen: Screen) -> int:
    """Load the calls, answer, and give the exit code."""
    read = settings()
    paths: list[Path] = arguments.calls or list(read.calls)
    if not paths:
        raise SettingsError("No calls to ask: name files or folders with --calls, or set EARSHOT_CALLS.")
    if (arguments.question is None) == (arguments.queries is None):
        raise SettingsError(
            'Ask one question ("earshot ask QUESTION --calls PATH", the question before --calls) or a file of them '
            "(--queries FILE)."
        )
    if arguments.limit is not None and arguments.limit < 1:
        raise SettingsError("--limit must be 1 or more.")
    questions = _questions(arguments.queries) if arguments.queries else ()
    thesaurus = Thesaurus.shipped(*(arguments.thesaurus or read.thesaurus))
    loaded = load_calls(paths, screen)
    if not loaded.calls:
        return NOTHING_READ
    limit: int = arguments.limit or (HITS_FOR_PROGRAMS if arguments.json or arguments.queries else HITS_FOR_PEOPLE)
    today = dt.datetime.now(tz=dt.UTC).date()

    async def answer_all() -> int:
        library = await Library.of(loaded.calls, thesaurus=thesaurus)
        if arguments.queries:
            for asked in questions:
                told = {"error": asked.error} if asked.error else await _of_many(library, asked.text, today, limit)
                screen.json({"id": asked.id, **told})
            return 0
        return await _one(library, arguments, today, limit, screen)

    return asyncio.run(answer_all())


async def _one(library: Library, arguments: argparse.Namespace, today: dt.date, limit: int, screen: Screen) -> int:
    question: str = arguments.question
    started = time.perf_counter()
    try:
        answer = await ask(library, question, today=today, limit=limit)
    except EarshotError as error:
        if arguments.json:
            screen.json(unanswered_json(question, error.sentence))
        else:
            screen.tell(error.sentence)
        return WRONG_ARGUMENTS
    if arguments.json:
        screen.json(answer_json(answer, _since(started), explain=arguments.explain))
    else:
        screen.show(render(answer, library.directory.call_names, explain=arguments.explain))
    return 0


async def _of_many(library: Library, question: str, today: dt.date, limit: int) -> dict[str, Json]:
    """Answer one of many; whatever is wrong with it, the others are still answered."""
    started = time.perf_counter()
    try:
        answer = await ask(library, question, today=today, limit=limit)
    except EarshotError as error:
        return {"error": error.sentence}
    except Exception:  # noqa: BLE001  # a fault in one answer must not cost the others theirs; it is logged
        _log.exception("a question could not be answered")
        return {"error": "this question met a fault of Earshot's own; the others are answered."}
    return answer_json(answer, _since(started))


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a file of questions: its id, and its text or what is wrong with it."""

    id: Json
    text: str = ""
    error: str | None = None


def _questions(path: Path) -> tuple[Asked, ...]:
    """Read `{"id", "text"}` lines; one that is none is told under its id, or its number where it has none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # JSON may hold what else ends a line
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"--queries: {path} can't be read ({error.__class__.__name__}).") from error
    return tuple(_asked(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _asked(number: int, line: str) -> Asked:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return Asked(number, error=f"line {number} is not JSON: write {WANTED}.")
    if not isinstance(item, dict):
        return Asked(number, error=f"line {number} is not an object: write {WANTED}.")
    text = item.get("text")
    if not isinstance(text, str):
        return Asked(item.get("id", number), error=f"line {number} has no text: write {WANTED}.")
    return Asked(item.get("id", number), text)


command = Command("ask", "answer a question over calls, in their exact words", fill, run)
