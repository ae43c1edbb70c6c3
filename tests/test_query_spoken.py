"""A company that another one speaks of is what is asked about, and the other's calls are searched."""

import pytest

from bot.directory import Directory
from bot.query import understand
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)


@pytest.mark.parametrize(
    ("question", "restated"),
    [
        ("first time northlake mentioned voltera", "first mention of topic:(voltera) company:NLF"),
        ("last time northlake mentioned voltera", "last mention of topic:(voltera) company:NLF"),
        ("who at northlake mentioned voltera", "who said topic:(voltera) company:NLF"),
        ("how often did northlake mention voltera", "how often topic:(voltera) company:NLF"),
        ("first time northlake mentioned freight", "first mention of topic:(freight) company:NLF"),
        ("what did voltera say", "who said role:management company:VLTR"),
        ("what did northlake say on the latest call", 'who said role:management company:NLF period:"last quarter"'),
        ("h100 supply", "topic:(h100 supply)"),  # a chip, no half of 2000
        ("galiers capex", 'questions by topic:(capex) speaker:"George Galliers"'),
        ("capex achterburg", 'who said topic:(capex) speaker:"Owen Achterberg"'),
        ("galactic capex", "topic:(galactic capex)"),
    ],
)
def test_it_is_read_so(question: str, restated: str) -> None:
    assert understand(question, DIRECTORY, today=TODAY).restated == restated


def test_both_is_told_to_be_either() -> None:
    query = understand("which analysts cover both northlake and voltera", DIRECTORY, today=TODAY)
    assert any("either" in reading.read_as for reading in query.readings)


@pytest.mark.parametrize(
    "question", ["what do the banks say about freight", "freight at the banks", "brokers on freight"]
)
def test_banks_are_told_to_be_those_who_ask(question: str) -> None:
    query = understand(question, DIRECTORY, today=TODAY)
    assert query.party is not None
    assert query.party.said == "analysts"
    assert any("analysts who ask" in reading.read_as for reading in query.readings)
