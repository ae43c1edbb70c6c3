"""One file of transcripts: read, parsed, each call or failure in it named; what a worker process or a child does.

It stands apart from `bot/transcripts.py`, so that the child that reads a given file imports no more than it needs.
"""

import dataclasses
import hashlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot import files, parsing, reading
from bot.call import Call
from bot.collecting import without_collecting
from bot.errors import UnreadableError
from bot.outcome import Entry, Failure, Outcome, packed
from bot.parsing import talk
from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.errors import NotATranscriptError, UnopenedError

logger = logging.getLogger(__name__)


def load_file(path: Path) -> Call:
    """Read and parse one file as one call; UnreadableError says why it is no transcript."""
    data = files.content(path)
    sidecar, told = files.sidecar(path)
    with without_collecting():
        return _call(reading.read(data, path.name), path.name, data, sidecar, told)


def load_each(path: Path) -> Outcome:
    """Read and parse every call in a file: one, or those of an archive or of a table that holds several."""
    entries: list[Entry] = []
    failures: list[Failure] = []
    try:
        data = files.content(path)
        sidecar, told = files.sidecar(path)
        for piece in reading.pieces(data, path.name):
            file = files.shown(f"{path}/{piece.inside}" if piece.inside else str(path))
            try:
                if isinstance(piece.document, UnreadableError):
                    raise piece.document
                call = _call(piece.document, piece.name, piece.data, sidecar, told)
            except UnreadableError as error:
                failures.append(Failure(file, error.sentence))
                continue
            if piece.title:
                call = dataclasses.replace(call, id=files.shown(f"{call.id}/{piece.title}"))
            entries.append(Entry(file, call, _words(call)))
    except UnreadableError as error:
        failures.append(Failure(files.shown(str(path)), error.sentence, passing=isinstance(error, UnopenedError)))
    return Outcome(tuple(entries), tuple(failures))


def work(paths: Sequence[str]) -> bytes:
    """Parse files in a worker process: the outcome of each, packed together."""
    with without_collecting():
        return packed([load_each(Path(path)) for path in paths])


def _words(call: Call) -> str:
    """Hash what was said, whatever the file's format set between the words."""
    said = "".join("".join(turn.text.split()) for turn in call.turns).lower()
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _call(
    document: Document, name: str, data: bytes, sidecar: Mapping[str, object] | None, told: Sequence[Problem]
) -> Call:
    """Parse what was read; UnreadableError where nobody speaks in it, or where parsing itself fails."""
    fingerprint = hashlib.sha256(data).hexdigest()
    try:
        call = parsing.parse(
            document, name=files.shown(files.plain_name(name)), sidecar=sidecar, fingerprint=fingerprint
        )
    except UnreadableError:
        raise
    except Exception as error:
        logger.exception("parsing %s failed", files.shown(name))
        raise UnreadableError(f"it could not be parsed ({type(error).__name__}); please report it") from error
    if not call.turns:
        raise NotATranscriptError("nobody speaks in it; it holds a header or a list of names at most")
    if (why := talk.missing(call.turns)) is not None:
        raise NotATranscriptError(why)
    return dataclasses.replace(call, problems=(*call.problems, *told)) if told else call
