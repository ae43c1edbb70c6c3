"""Files and folders of transcripts: found, read, parsed, each named where it fails."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import parsing
from bot.call import Call
from bot.errors import UnreadableError
from bot.reading import read


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken, and the sentence that says why."""

    file: str
    error: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What files and folders gave: calls, the file each came from (by call id), failures, and notes for people."""

    calls: tuple[Call, ...]
    files: Mapping[str, str]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]


def load(
    paths: Iterable[Path],
    *,
    cache: Path | None = None,  # noqa: ARG001  # taken into use below
    progress: Callable[[int, int], None] | None = None,
) -> Loaded:
    """Load every transcript under the paths; one that fails is listed with its reason and the rest load."""
    found = tuple(find(paths))
    calls: dict[str, Call] = {}
    files: dict[str, str] = {}
    failures: list[Failure] = []
    for done, path in enumerate(found, 1):
        try:
            call = load_file(path)
        except UnreadableError as error:
            failures.append(Failure(str(path), error.sentence))
        else:
            if call.id in calls:
                call = dataclasses.replace(call, id=f"{path.parent.name}/{call.id}")
            calls[call.id] = call
            files[call.id] = str(path)
        if progress:
            progress(done, len(found))
    return Loaded(tuple(calls.values()), files, tuple(failures), ())


def load_file(path: Path) -> Call:
    """Read and parse one file; UnreadableError says why it is no transcript."""
    data = path.read_bytes()
    return parsing.parse(read(data, path.name), name=path.name, fingerprint=hashlib.sha256(data).hexdigest())


def find(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that may be transcripts, in order of their names."""
    for path in paths:
        if path.is_dir():
            for each in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
                if each.is_file() and not hidden and is_candidate(each):
                    yield each
        else:
            yield path


def is_candidate(path: Path) -> bool:
    """Hidden files, README and LICENSE, and sidecars are no transcripts."""
    name = path.name.lower()
    return not name.startswith((".", "readme", "license")) and path.suffix.lower() != ".toml"
