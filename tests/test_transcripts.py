"""Files and folders: what is found, what fails, ids, sidecars, duplicates, the cache, other processes."""

import gzip
import os
import sqlite3
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import cache, transcript, transcripts
from bot.errors import UnreadableError
from bot.files import find
from bot.outcome import Outcome
from bot.transcript import load_each, load_file
from bot.transcripts import load


def call(topic: str, turns: int = 6) -> str:
    """An invented call about a topic; every topic gives other words."""
    lines = [
        "Operator",
        "",
        f"Good morning, and welcome to the earnings call on {topic}. Ada Quill, please go ahead.",
        "",
    ]
    for number in range(turns):
        lines += [
            "Ada Quill - Northgate Research",
            "",
            f"Thank you. My question {number} is on {topic} in our quarter {number * 7}.",
        ]
        lines += [
            "",
            "Bo Tan",
            "",
            f"We think that {topic} number {number} grows, and revenue with it, by {number + 3} points.",
            "",
        ]
    return "\n".join(lines)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "calls" / "old").mkdir(parents=True)
    (tmp_path / "calls" / "bwtr-2031-q3.txt").write_text(call("chargers"))
    (tmp_path / "calls" / "old" / "bwtr-2030-q4.txt").write_text(call("batteries"))
    return tmp_path / "calls"


def test_folders_are_walked_and_what_is_no_transcript_by_name_is_passed_over(folder: Path) -> None:
    for name in ("README.md", "readme", "LICENSE", ".hidden.txt", "bwtr-2031-q3.toml"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "call.txt").write_text(call("nothing"))
    assert [path.name for path in find([folder, folder / "bwtr-2031-q3.txt"])] == [
        "bwtr-2031-q3.txt",
        "bwtr-2030-q4.txt",
    ]


def test_ids_are_stems_and_every_failure_is_named_with_its_reason(folder: Path) -> None:
    (folder / "Notes.v2.txt").write_text("def main() -> None:\n    return None\n" * 9)
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (folder / "nothing.txt").write_bytes(b"")
    (folder / "package.json").write_text('{"name": "left-pad"}')
    seen: list[tuple[int, int]] = []
    loaded = load([folder], progress=lambda done, total: seen.append((done, total)))
    assert [each.id for each in loaded.calls] == ["bwtr-2031-q3", "bwtr-2030-q4"]
    assert loaded.files["bwtr-2030-q4"] == str(folder / "old" / "bwtr-2030-q4.txt")
    assert {Path(failure.file).name: failure.error for failure in loaded.failures} == {
        "Notes.v2.txt": "not a transcript: it reads like code or data, not like speech",
        "picture.txt": "not a transcript: it is a picture",
        "nothing.txt": "not a transcript: the file is empty",
        "package.json": "not a transcript: the JSON holds neither turns with a speaker nor a transcript's text",
    }
    assert seen == [(number, 6) for number in range(1, 7)]


def test_clashing_stems_get_their_folders(tmp_path: Path) -> None:
    for deep, topic in (("a/x", "chargers"), ("b/x", "batteries"), ("c", "tyres")):
        (tmp_path / deep).mkdir(parents=True)
        (tmp_path / deep / "Q3.txt").write_text(call(topic))
    (tmp_path / "c" / "Q3.md").write_text(call("glass"))
    assert [each.id for each in load([tmp_path]).calls] == ["a/x/Q3", "b/x/Q3", "c/Q3.md", "c/Q3.txt"]


def test_the_same_call_from_two_files_is_loaded_once_and_told(folder: Path) -> None:
    (folder / "copy.txt").write_text(call("chargers"))
    (folder / "spaced.txt").write_text(call("chargers").replace(" ", "  "))
    loaded = load([folder])
    assert [each.id for each in loaded.calls] == ["bwtr-2031-q3", "bwtr-2030-q4"]
    assert [note.split("/")[-1] for note in loaded.notes] == ["bwtr-2031-q3.txt; it is loaded once."] * 2


def test_nearly_the_same_words_of_one_company_and_quarter_are_one_call(folder: Path) -> None:
    other = call("chargers").replace("My question 3", "Our third question")
    (folder / "other.txt").write_text(other)
    sidecar = 'ticker = "BWTR"\nyear = 2031\nquarter = 3\n'
    assert len(load([folder]).calls) == 3
    (folder / "other.toml").write_text(sidecar)
    (folder / "bwtr-2031-q3.toml").write_text(sidecar)
    assert len(load([folder]).calls) == 2


def test_a_sidecar_is_given_to_the_parser_and_a_broken_one_is_told(folder: Path) -> None:
    (folder / "bwtr-2031-q3.toml").write_text('company = "Brightwater Motors"\n')
    assert load_file(folder / "bwtr-2031-q3.txt").company == "Brightwater Motors"
    (folder / "bwtr-2031-q3.toml").write_text("company = ")
    assert "bwtr-2031-q3.toml cannot be read" in load_file(folder / "bwtr-2031-q3.txt").problems[-1].what


def test_archives_give_every_transcript_in_them(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("2031/Q3.txt", call("chargers"))
        archive.writestr("2030/Q4.txt.gz", gzip.compress(call("batteries").encode()))
        archive.writestr("notes.bin", bytes(range(256)))
        archive.writestr("README.md", "x")
        archive.writestr("__MACOSX/._Q3.txt", "x")
    (tmp_path / "Q2.txt.gz").write_bytes(gzip.compress(call("tyres").encode()))
    loaded = load([tmp_path])
    assert {id_: Path(file).relative_to(tmp_path).as_posix() for id_, file in loaded.files.items()} == {
        "Q2": "Q2.txt.gz",
        "Q3": "all.zip/2031/Q3.txt",
        "Q4": "all.zip/2030/Q4.txt.gz",
    }
    assert [Path(failure.file).name for failure in loaded.failures] == ["notes.bin"]
    with pytest.raises(UnreadableError, match="holds 3 files"):
        load_file(tmp_path / "all.zip")


def test_a_table_of_several_calls_is_parted_by_load_and_whole_for_load_file(tmp_path: Path) -> None:
    rows = [f'{title},{who},"We, {who}, thank you for question {number} on {title}, number {number}."'
            for title in ("Q1 2031", "Q2 2031") for number in range(4) for who in ("Ada Quill", "Bo Tan")]  # fmt: skip
    (tmp_path / "bwtr.csv").write_text("\n".join(["Call Title,Speaker Name,Text", *rows]))
    assert [each.id for each in load([tmp_path]).calls] == ["bwtr/Q1 2031", "bwtr/Q2 2031"]
    assert len(load_file(tmp_path / "bwtr.csv").turns) == 16


def test_a_file_too_large_or_not_to_be_opened_is_told_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    (failure,) = load_each(tmp_path / "huge.txt").failures
    assert failure.error == "too large: 200 MB, at most 60 MB is read"
    (failure,) = load_each(tmp_path / "gone.txt").failures
    assert failure.error == "it cannot be opened (No such file or directory)"


def test_bombs_end_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bytes(61_000_000), 1))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(61_000_000))
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:t>a</w:t>" * 450_000)
    loaded = load([tmp_path])
    assert not loaded.calls
    assert {Path(failure.file).name: failure.error.split(":")[0] for failure in loaded.failures} == {
        "bomb.gz": "too large",
        "bomb.zip": "too large",
        "bomb.docx": "too large",
    }


def test_a_second_load_takes_unchanged_files_from_the_cache(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "cache"
    first = load([folder], cache=home)
    parsed: list[str] = []

    def remembered(path: Path, _real: object = transcript.load_each) -> Outcome:
        parsed.append(path.name)
        return load_each(path)

    monkeypatch.setattr(transcript, "load_each", remembered)
    assert load([folder], cache=home) == first
    assert parsed == []
    (folder / "bwtr-2031-q3.txt").write_text(call("chargers", turns=7))
    (folder / "old" / "bwtr-2030-q4.toml").write_text('company = "Brightwater Motors"')
    changed = load([folder], cache=home)
    assert parsed == ["bwtr-2031-q3.txt", "bwtr-2030-q4.txt"]
    assert [len(each.turns) for each in changed.calls] == [15, 13]
    os.utime(folder / "bwtr-2031-q3.txt", (1, 1))
    assert load([folder], cache=home) == changed
    assert len(parsed) == 2
    monkeypatch.setattr(cache, "version", lambda: "another parser")
    assert load([folder], cache=home) == changed
    assert len(parsed) == 4


def test_of_files_kept_together_those_that_did_not_change_are_taken(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bwtr-2032-q1.txt").write_text(call("turbines"))
    home = tmp_path / "cache"
    load([folder], cache=home)
    parsed: list[str] = []

    def remembered(path: Path) -> Outcome:
        parsed.append(path.name)
        return load_each(path)

    monkeypatch.setattr(transcript, "load_each", remembered)
    (folder / "bwtr-2032-q1.txt").write_text(call("magnets"))
    assert len(load([folder], cache=home).calls) == 3
    assert parsed == ["bwtr-2032-q1.txt"]
    only = load([folder / "old"], cache=home)
    assert [each.id for each in only.calls] == ["bwtr-2030-q4"]
    assert load([folder], cache=home) == load([folder])
    assert parsed[1:] == ["bwtr-2031-q3.txt", "bwtr-2032-q1.txt", "bwtr-2030-q4.txt"]  # by the one without a cache


def test_nothing_stays_in_the_cache_of_what_a_file_was_or_of_one_that_is_gone(folder: Path, tmp_path: Path) -> None:
    (folder / "bwtr-2032-q1.txt").write_text(call("turbines"))
    home = tmp_path / "cache"
    load([folder], cache=home)
    base = home / "calls.sqlite3"
    assert all(word in base.read_bytes() for word in (b"chargers", b"batteries", b"turbines"))
    (folder / "bwtr-2032-q1.txt").write_text(call("magnets"))
    (folder / "old" / "bwtr-2030-q4.txt").unlink()
    load([folder], cache=home)
    kept = base.read_bytes()
    assert [word for word in (b"chargers", b"batteries", b"turbines", b"magnets") if word in kept] == [
        b"chargers",
        b"magnets",
    ]
    (folder / "bwtr-2031-q3.txt").unlink()
    (folder / "bwtr-2032-q1.txt").unlink()
    load([folder], cache=home)
    assert b"chargers" not in base.read_bytes()


def test_a_broken_cache_is_as_good_as_none(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "cache"
    load([folder], cache=home)
    with sqlite3.connect(home / "calls.sqlite3") as base:
        base.execute("UPDATE parsed SET found = x'00000000ffff'")
    base.close()
    assert len(load([folder], cache=home).calls) == 2
    (home / "calls.sqlite3").write_bytes(b"not a database" * 1000)
    loaded = load([folder], cache=home)
    assert len(loaded.calls) == 2
    assert "every file is read anew" in loaded.notes[0]
    assert load([folder], cache=home).notes == ()  # a new one was begun
    (tmp_path / "file").write_text("in the way")
    assert len(load([folder], cache=tmp_path / "file").calls) == 2


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b"CREATE TABLE parsed", b"CREATE TABLE p\xd8\xd8sed"),  # SQLite's message about it is no text
        (b"CREATE TABLE parsed", b"CREATE \xd8ABLE parsed"),
        (b"version TEXT NOT NULL", b"ver\xd8ion TEXT NOT NULL"),
        (b"SQLite format 3", b"SQLite format 9"),
    ],
)
def test_a_damaged_cache_is_begun_anew(folder: Path, tmp_path: Path, was: bytes, now: bytes) -> None:
    home = tmp_path / "cache"
    first = load([folder], cache=home)
    held = (home / "calls.sqlite3").read_bytes()
    assert was in held
    (home / "calls.sqlite3").write_bytes(held.replace(was, now))
    damaged = load([folder], cache=home)
    assert (damaged.calls, len(damaged.notes)) == (first.calls, 1)
    assert load([folder], cache=home) == first


def test_what_another_process_kept_meanwhile_is_not_taken_for_what_was_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "cache"
    first = load([folder], cache=home)
    listed = cache.Cache.files

    def then_changed(kept: cache.Cache) -> Mapping[str, cache.Kept]:
        """List what is kept, as it was before another process kept other files instead."""
        monkeypatch.setattr(cache.Cache, "files", listed)
        known = listed(kept)
        (tmp_path / "else.txt").write_text(call("magnets"))
        with transcripts.opened(home) as (other, _):
            assert other is not None
            other.forget(known)
        load([tmp_path / "else.txt"], cache=home)
        return known

    monkeypatch.setattr(cache.Cache, "files", then_changed)
    assert load([folder], cache=home) == first


@pytest.mark.parametrize(
    ("name", "times"), [("bwtr-2031-q3.txt", 1), ("bwtr-2031-q3.txt", 9), ("bwtr-2031-q3.toml", 9)]
)  # nine times: also where its digest is taken
def test_a_file_that_may_not_be_read_is_tried_again_and_the_others_are_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, times: int
) -> None:
    (folder / "bwtr-2031-q3.toml").write_text('company = "Brightwater Motors"')
    refused: list[str] = []
    parsed: list[str] = []
    opened = Path.open

    def refusing(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == name and len(refused) < times:
            refused.append(name)
            raise PermissionError(13, "Permission denied")
        return opened(path, *given, **named)

    def remembered(path: Path) -> Outcome:
        parsed.append(path.name)
        return load_each(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refusing)
        load([folder], cache=tmp_path / "cache")
    assert refused
    monkeypatch.setattr(transcript, "load_each", remembered)
    again = load([folder], cache=tmp_path / "cache")
    assert parsed == ["bwtr-2031-q3.txt"]
    assert again == load([folder])


@pytest.mark.parametrize("there", [False, True])
def test_nothing_is_kept_of_a_file_that_comes_or_changes_while_it_is_parsed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    late = folder / "late.txt"
    if there:
        late.write_text(call("tyres"))

    def then_written(path: Path) -> Outcome:
        found = load_each(path)
        late.write_text(call("magnets"))
        return found

    with monkeypatch.context() as patched:
        patched.setattr(transcript, "load_each", then_written)
        load([late, folder], cache=tmp_path / "cache")
    assert load([folder], cache=tmp_path / "cache") == load([folder])


def test_other_processes_give_the_same_calls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = load([folder])
    monkeypatch.setattr(transcripts, "ENOUGH", 1)
    assert load([folder]) == alone
