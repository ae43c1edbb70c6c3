"""A pattern that looks for first letters finds what one that looks for word boundaries finds."""

import re

import pytest
from hypothesis import strategies as st

from bot.parsing.word_start import Behind, any_of
from tests.sampling import sampled

BRANCHES = ("go", "going(?= on)", "ask(?:ed)?", "q ?& ?a")


@pytest.mark.parametrize("text", ["go", "ago go", "ago\ngoing on", "task asked", "_go -go", "q&a aq & a q & a", ""])
def test_words_begin(text: str) -> None:
    same(text)


@sampled(25, 400, st.text("agoinskedq& \n-é_1", max_size=40))
def test_both_find_the_same(text: str) -> None:
    same(text)


def same(text: str) -> None:
    plain = re.compile(rf"\b(?:{'|'.join(BRANCHES)})")
    wanted = [match.span() for match in plain.finditer(text)]
    behind = Behind(*BRANCHES)
    found = behind.finditer(f" {text}")  # begins at the mark, one character earlier
    assert [(match.start(), match.end() - 1) for match in found] == wanted
    assert (behind.search(f" {text}") is not None) is bool(wanted)


@pytest.mark.parametrize(("text", "met"), [("going home", True), ("it asks", True), ("it flows", False), ("", False)])
def test_one_of_several_patterns_is_met(text: str, met: bool) -> None:  # a column of the table
    both = any_of(Behind("go", "ask", then=r"(?P<more>\w)"), Behind("home"))
    assert (both.search(f" {text}") is not None) is met
