"""The cache of what was parsed: what is kept, and what goes with the files it belongs to."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.cache import NAME, Cache, Fresh
from bot.transcripts import load

BOT = Path(__file__).parent.parent / "bot"
CALL = BOT.parent / "playground" / "calls" / "vlmr-2026-q1.txt"


@contextmanager
def opened(folder: Path) -> Iterator[Cache]:
    with closing(Cache(folder)) as kept:
        yield kept


@contextmanager
def base_of(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / NAME)) as base, base:
        yield base


def kept_pairs(folder: Path) -> list[tuple[str, str]]:
    with base_of(folder) as base:
        return base.execute("SELECT one, other FROM likened ORDER BY 1, 2").fetchall()


def two_files(folder: Path) -> None:
    with opened(folder) as kept:
        kept.keep(b"two", [Fresh("a", "s", "d", ("wa",)), Fresh("b", "s", "d", ("wb", "wc"))])
        kept.told("wa", "wb", same=True)
        kept.told("wa", "wc", same=False)


def test_a_comparison_is_kept_while_the_files_of_both_calls_are(tmp_path: Path) -> None:
    two_files(tmp_path)
    with opened(tmp_path) as kept:
        assert [kept.same("wa", "wb"), kept.same("wa", "wc"), kept.same("wb", "wc")] == [True, False, None]
        kept.keep(b"one", [Fresh("a", "s", "d", ("wa", "wd"))])  # another call came into the file
        kept.told("wc", "wd", same=True)
        kept.told("wa", "we", same=True)  # of a file that could not be kept
    assert kept_pairs(tmp_path) == [("wa", "wb"), ("wa", "wc"), ("wc", "wd")]
    with opened(tmp_path) as kept:
        kept.forget(["b"])
    assert kept_pairs(tmp_path) == []


@pytest.mark.parametrize("changed", ["a", "b"])
def test_a_comparison_goes_with_either_of_its_calls(tmp_path: Path, changed: str) -> None:
    two_files(tmp_path)
    with opened(tmp_path) as kept:
        kept.keep(b"one", [Fresh(changed, "s", "d", ("new",))])
    assert kept_pairs(tmp_path) == []


def test_a_comparison_by_other_rules_is_made_again(tmp_path: Path) -> None:
    two_files(tmp_path)
    with base_of(tmp_path) as base:
        base.execute("UPDATE likened SET version = 'older' WHERE other = 'wb'")
    with opened(tmp_path) as kept:
        assert [kept.same("wa", "wb"), kept.same("wa", "wc")] == [None, False]
    assert kept_pairs(tmp_path) == [("wa", "wc")]


FINGERPRINTS = "from bot.cache import rules, version; print(version(), rules())"


@pytest.mark.parametrize(
    ("changed", "parsed", "likened"),
    [
        ("arranging.py", True, False),
        ("transcript.py", False, False),
        ("parsing/names.py", False, False),
        ("plain.py", True, True),
    ],
)
def test_what_is_kept_grows_old_with_the_code_that_made_it(
    tmp_path: Path, changed: str, parsed: bool, likened: bool
) -> None:
    def fingerprints() -> list[str]:
        run = [sys.executable, "-Bc", FINGERPRINTS]
        return subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split()

    shutil.copytree(BOT, tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    before = fingerprints()
    with (tmp_path / "bot" / changed).open("a") as file:
        file.write("# changed\n")
    now = fingerprints()
    assert [one == other for one, other in zip(before, now, strict=True)] == [parsed, likened]


def test_comparisons_of_files_that_are_gone_go_with_them(tmp_path: Path) -> None:
    folder, home = tmp_path / "calls", tmp_path / "cache"
    folder.mkdir()
    said = CALL.read_text(encoding="utf-8")
    for name, text in (("one", said), ("other", said.replace(" good ", " very good "))):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    for _ in range(2):
        assert len(load([folder], cache=home).calls) == 1
        assert len(kept_pairs(home)) == 1
    (folder / "other.txt").unlink()
    assert len(load([folder], cache=home).calls) == 1
    assert kept_pairs(home) == []


def test_only_a_batch_some_of_whose_files_went_is_partial(tmp_path: Path) -> None:
    with opened(tmp_path) as kept:
        for batch in ("ab", "cd", "ef"):
            kept.keep(b"found", [Fresh(name, "s", "d") for name in batch])
        assert kept.partial() == {}
        kept.forget("cef")
        assert [[name for name, _ in files] for files in kept.partial().values()] == [["d"]]
