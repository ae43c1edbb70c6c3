"""A misspelt company is read as the one it is nearest to, and that is told; what may be another word is left alone."""

from dataclasses import replace

import pytest

from bot.directory import Directory
from bot.query import understand
from bot.query.reading import How
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)
SAID = Directory.of([replace(CALLS[0], turns=(replace(CALLS[0].turns[0], text="Our Voltero sells."),)), *CALLS[1:]])
TWINS = Directory.of([*CALLS, replace(CALLS[0], id="voltero", company="Voltero, Inc.", ticker="VLTO")])


@pytest.mark.parametrize(
    ("question", "key", "typed"),
    [
        ("voltra margin", "VLTR", "voltra"),
        ("quote margin at votlera", "VLTR", "votlera"),
        ("what did volterra say about margin", "VLTR", "volterra"),
        ("northlke calls", "NLF", "northlke"),
        ("nortlake freight", "NLF", "nortlake"),
    ],
)
def test_it_is_read_as_the_nearest_and_told(question: str, key: str, typed: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert query.companies == (key,)
    told = [reading for reading in query.readings if reading.how is How.CORRECTED]
    assert [reading.typed for reading in told] == [typed]
    assert question[told[0].start : told[0].end] == typed
    assert understand(query.restated, DIRECTORY, today=TODAY).companies == (key,)


@pytest.mark.parametrize(
    ("question", "directory"),
    [
        ("voltage margin", DIRECTORY),  # plain English
        ("vlt margin", DIRECTORY),  # too short
        ("boltera margin", DIRECTORY),  # another letter begins it
        ("vultara margin", DIRECTORY),  # two edits from it
        ("voltero margin", SAID),  # a word of the calls
        ("voltery margin", TWINS),  # may be either of two
    ],
)
def test_what_may_be_another_word_is_left_alone(question: str, directory: Directory) -> None:
    query = understand(question, directory, today=TODAY)
    assert query.companies == ()
    assert query.topic.text == question
