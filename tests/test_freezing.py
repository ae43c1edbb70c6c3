"""What is made as a draft is what it is a draft of: equal to one made the usual way, and frozen."""

import dataclasses
from typing import Any

import pytest

from bot.freezing import draft_of, frozen
from bot.kind import Kind
from bot.participant import Participant


def test_drafts_become_what_they_are_drafts_of() -> None:
    draft: Any = draft_of(Participant)
    made = frozen([draft("Ada Lind", Kind.ANALYST, "Wyke", None), draft("Bo Roth", Kind.HOST, None, None)], Participant)
    assert made[0] == Participant("Ada Lind", Kind.ANALYST, "Wyke", None)
    assert hash(made[1]) == hash(Participant("Bo Roth", Kind.HOST, None, None))
    assert {type(each) for each in made} == {Participant}
    with pytest.raises(dataclasses.FrozenInstanceError):
        made[0].name = "Cy"
