"""What a topic leaves out is told, and so is a `not` that leaves nothing out; each is undone by the other."""

import pytest

from bot.directory import Directory
from bot.query import understand
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)


@pytest.mark.parametrize(
    ("question", "told", "undo"),
    [
        ("margin without gross", "turns without ‹gross›", 'topic:(margin "without gross")'),
        ("margin excluding gross", "turns without ‹gross›", 'topic:(margin "excluding gross")'),
        ("margin without the gross", "turns without ‹gross›", 'topic:(margin "without gross")'),
        ("margin not gross", "words to look for", "topic:(margin -gross)"),
    ],
)
def test_it_is_told_and_undone(question: str, told: str, undo: str) -> None:
    [reading] = understand(question, DIRECTORY, today=TODAY).readings
    assert (reading.read_as, reading.undo) == (told, undo)
    assert understand(undo, DIRECTORY, today=TODAY).restated == undo


@pytest.mark.parametrize("question", ["margin -gross", "why not raise prices", "freight or not", "margin", "not gross"])
def test_what_says_it_with_a_sign_or_leaves_nothing_out_needs_no_telling(question: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).readings == ()
