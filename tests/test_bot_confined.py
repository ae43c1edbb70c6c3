"""A given file is read in a child that can't hurt the bot, whatever it holds and whatever it is called."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from bot.confined import ConfinedError, Limits
from bot.transcript import load_file
from tests.bombs import BOMBS
from tests.confining import read_given

SAMPLE = Path(__file__).parent.parent / "playground" / "calls" / "vlmr-2026-q3.txt"
MEGABYTE = 1024 * 1024


def test_a_good_file_is_the_same_call() -> None:
    outcome = read_given(SAMPLE.read_bytes(), SAMPLE.name)
    (entry,) = outcome.entries
    assert entry.call.turns == load_file(SAMPLE).turns
    assert entry.call.id == "vlmr-2026-q3"


NAMES = ("/etc/x.txt", "..\\x.txt", "\0", "", ".hidden", "x" * 4000)


@pytest.mark.parametrize(
    "name", ["../../x.txt", "é" * 300, *(pytest.param(name, marks=pytest.mark.thorough) for name in NAMES)]
)
def test_a_name_stays_in_its_folder(name: str) -> None:
    outcome = read_given(b"Operator: Good day to all of you.\n" * 20, name)
    assert not Path("/etc/x.txt").exists()
    assert all(entry.file for entry in outcome.entries)


def test_what_no_reader_knows_says_so() -> None:
    outcome = read_given(b"\x00\x01\x02" * 1000, "x.bin")
    assert outcome.entries == ()
    assert "not a transcript" in outcome.failures[0].error


def test_too_large_a_file_is_not_even_read() -> None:
    with pytest.raises(ConfinedError, match="larger than 1 MB"):
        read_given(b"x" * (MEGABYTE + 1), "x.txt", Limits(size=MEGABYTE))


ENDED = "reading the file took too long"
TOO_MUCH = "reading the file took more than a transcript should"


@pytest.mark.parametrize(
    ("limits", "told"),
    [(Limits(wall=0.05), ENDED), (Limits(memory=40 * MEGABYTE), TOO_MUCH), (Limits(output=10), TOO_MUCH)],
)
def test_beyond_the_limits_is_a_sentence(limits: Limits, told: str) -> None:
    with pytest.raises(ConfinedError, match=f"{told}: try it as plain text"):
        read_given(SAMPLE.read_bytes(), SAMPLE.name, limits)


@pytest.mark.chaos
def test_a_file_that_takes_long_to_read_is_ended() -> None:
    """So whatever a bomb does ends within the limits: of the processor where it works, of the clock where it waits."""
    name, make = BOMBS["text of labels"]
    with pytest.raises(ConfinedError, match=ENDED):
        read_given(make() * 2, name, Limits(processor=1))


def test_there_are_twenty_five_bombs() -> None:
    assert len(BOMBS) >= 25


@pytest.mark.chaos
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_gives_a_sentence_or_a_call(bomb: str) -> None:
    name, make = BOMBS[bomb]
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kB
    try:
        outcome = read_given(data, name)
        sentences = [failure.error for failure in outcome.failures]
        assert sentences or outcome.entries
    except ConfinedError as error:
        sentences = [error.sentence]
    assert all(sentence and "Traceback" not in sentence for sentence in sentences)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80 * 1024
    assert not Path("/tmp/earshot-escaped.txt").exists()


UNNEEDED = (
    "pypdf",
    "docx",
    "lxml",
    "webvtt",
    "ftfy",
    "charset_normalizer",
    "multiprocessing",
    "sqlalchemy",
    "tantivy",
    "asyncio",
)
CHILD = f"""
import sys
from bot.confined import work
assert work([sys.argv[1]])
print(*(set(sys.modules) & set({UNNEEDED})))
"""


def test_a_text_is_read_without_the_libraries_of_other_formats() -> None:
    """Whoever gives a text would wait for them: they took longer to import than the text to read."""
    given = subprocess.run([sys.executable, "-c", CHILD, str(SAMPLE)], capture_output=True, text=True, check=True)
    assert given.stdout.split() == []
