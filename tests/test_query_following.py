"""Follow-ups in a thread: one part changes, the rest is kept."""

import pytest

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query import follow_up, understand
from bot.query.errors import AmbiguousError
from tests.invented_calls import CALLS, TODAY

DIRECTORY = Directory.of(CALLS)

FOLLOWED = [
    ("who asked about freight", "and george?", 'questions by topic:(freight) speaker:"George Galliers"'),
    ("who asked about freight", "only jefferies", 'questions by topic:(freight) firm:"Jefferies"'),
    ("who asked about freight", "only harbor & lane", 'questions by topic:(freight) firm:"Harbor & Lane"'),
    ("who asked about freight", "what about morgan stanley?", 'questions by topic:(freight) firm:"Morgan Stanley"'),
    ("who asked about freight", "and tariffs", "who asked about topic:(tariffs)"),
    ("who asked about freight", "and on capex?", "who asked about topic:(capex)"),
    ("who asked about freight", "in q2", 'who asked about topic:(freight) period:"Q2 2026"'),
    ("who asked about freight in q2", "in q1", 'who asked about topic:(freight) period:"Q1 2026"'),
    ("who asked about freight at northlake", "and voltera?", "who asked about topic:(freight) company:VLTR"),
    ("who asked about freight", "q&a only", "who asked about topic:(freight) section:qa"),
    ("who asked about freight", "and the CFO?", 'who said topic:(freight) title:"CFO"'),
    ("quote margin at northlake", "and from vidal?", 'who said topic:(margin) speaker:"Tomas Vidal" company:NLF'),
    ("quote margin", "without gross", "quote topic:(margin -gross)"),
    ("quote margin", "-gross", "quote topic:(margin -gross)"),
    ("quote margin at northlake", "who asked about tariffs", "who asked about topic:(tariffs) company:NLF"),
    ("quote margin at northlake", "and what did galliers ask?", 'questions by speaker:"George Galliers" company:NLF'),
    ("quote margin at northlake", "quote capex at voltera", "quote topic:(capex) company:VLTR"),
    ("answer to galliers' question about capex", "and raman's?", 'answer topic:(capex) asker:"Priya Raman"'),
    ("galliers", "and raman?", 'questions by speaker:"Priya Raman"'),
    ("vidal", "solheim", 'turns by speaker:"Ingrid Solheim"'),
]


@pytest.mark.parametrize(("before", "said", "becomes"), FOLLOWED)
def test_one_part_changes(before: str, said: str, becomes: str) -> None:
    previous = understand(before, DIRECTORY, today=TODAY).restated
    followed = follow_up(previous, said, DIRECTORY, today=TODAY)
    assert followed.question == becomes
    assert followed.offset == 0


@pytest.mark.parametrize(
    "said", ["more", "More!", "next", "show me more", "and more please", "keep going", "what else"]
)
def test_more_moves_on(said: str) -> None:
    previous = understand("who asked about freight", DIRECTORY, today=TODAY).restated
    followed = follow_up(previous, said, DIRECTORY, today=TODAY)
    assert followed.question == previous
    assert followed.offset > 0


def test_a_name_of_several_is_asked_back() -> None:
    with pytest.raises(AmbiguousError) as caught:
        follow_up("who asked about topic:(freight)", "and john?", DIRECTORY, today=TODAY)
    assert {way.question for way in caught.value.ways} == {
        'questions by topic:(freight) speaker:"John Okafor"',
        'questions by topic:(freight) speaker:"John Lindqvist"',
    }


@pytest.mark.parametrize("said", ["", "🎉", "<@U1>"])
def test_nothing_said_is_told(said: str) -> None:
    with pytest.raises(QuestionError):
        follow_up("who asked about topic:(freight)", said, DIRECTORY, today=TODAY)
