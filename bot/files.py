"""Files as they lie on the disk: walked, stamped, opened, with the sidecars beside them."""

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot import reading
from bot.problem import Problem
from bot.reading.errors import TooMuchError, UnopenedError


def find(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that may be transcripts, each once, folders walked in order of their names."""
    seen: set[str] = set()
    for path in paths:
        for each in _walk(path) if path.is_dir() else (path,):
            if str(each) not in seen:
                seen.add(str(each))
                yield each


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith((".", "__MACOSX")))
        for name in sorted(files):
            if reading.is_candidate(name) and os.path.isfile(os.path.join(root, name)):  # noqa: PTH113, PTH118 - paths take thrice as long
                yield Path(root, name)


def stamp_of(path: Path) -> str:
    """Give what tells a changed file or sidecar without reading it; "" where it can't be looked at."""
    try:
        stamps = [path.stat()]
        sidecar = f"{str(path)[: -len(path.name)]}{_sidecar_name(path.name)}"
        if os.access(sidecar, os.F_OK):  # most have none, and an error takes longest
            stamps.append(os.stat(sidecar))  # noqa: PTH116 - a path takes as long to make as to look at
    except OSError:
        return ""
    return " ".join(f"{each.st_size}:{each.st_mtime_ns}" for each in stamps)


def digest(path: Path) -> str:
    """Hash a file and its sidecar; "" where one of them is there and can't be read."""
    found = hashlib.sha256()
    for each in (path, _sidecar_of(path)):
        try:
            if each.stat().st_size <= reading.LARGEST and (each.is_file() or each.is_dir()):
                found.update(each.read_bytes())
        except (FileNotFoundError, IsADirectoryError):
            found.update(b"-")
        except OSError:
            return ""
    return found.hexdigest()


def shown(path: str) -> str:
    r"""Write a path so that it can be printed and indexed: bytes of a name that are no UTF-8 as `\xe9`."""
    return path if path.isascii() else SURROGATE.sub(_escaped, path)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code - BYTE:02x}" if BYTE + 0x80 <= code <= BYTE + 0xFF else f"\\u{code:04x}"


BYTE = 0xDC00  # Python (PEP 383) stands so far above for a byte of a file's name that it can't decode
SURROGATE = re.compile("[\ud800-\udfff]")


def plain_name(name: str) -> str:
    """Give a file's name without the ending of its compression."""
    return name[:-3] if name.lower().endswith(".gz") else name


def content(path: Path) -> bytes:
    """Read a file's bytes; TooMuchError where it is too large, UnopenedError where it can't be opened.

    A pipe, a socket or a device is not opened: nobody may ever write to it, or it never ends.
    """
    if path.exists() and not path.is_file():
        raise UnopenedError("it is a folder" if path.is_dir() else "it is a pipe, a socket or a device, and no file")
    large = size(path)
    if large > reading.LARGEST:
        raise TooMuchError(f"{large // 1_000_000} MB", f"{reading.LARGEST // 1_000_000} MB")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnopenedError(error.strerror or type(error).__name__) from error


def size(path: Path) -> int:
    """Give a file's size in bytes; 0 where it can't be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sidecar_of(path: Path) -> Path:
    return path.with_name(_sidecar_name(path.name))


def _sidecar_name(name: str) -> str:
    plain = plain_name(name)
    at = plain.rfind(".")
    return f"{plain[:at] if 0 < at < len(plain) - 1 else plain}.toml"


def sidecar(path: Path) -> tuple[Mapping[str, object] | None, list[Problem]]:
    """Read NAME.toml beside the file; one that can't be read is told."""
    beside = _sidecar_of(path)
    try:
        if not beside.is_file():
            return None, []
        return tomllib.loads(beside.read_text(encoding="utf-8-sig")), []
    except (OSError, ValueError) as error:
        return None, [Problem(None, f"{shown(beside.name)} cannot be read ({error})")]
