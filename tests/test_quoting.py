"""Quotes: a contiguous run of whole sentences around the match, checked before it leaves."""

import re

import pytest
from hypothesis import strategies as st

from bot.quoting import _END, MisquoteError, check, excerpt, fingerprint, sentences, within
from tests.invented_calls import CALLS
from tests.sampling import sampled

LONG = " ".join(
    f"Sentence number {number} says that freight fell by {number}.5% in the U.S. this year." for number in range(40)
)


PLAINLY = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9$€£])|\n+")
"""A sentence's end in two ways to begin, which takes `re` three times as long."""


@sampled(60, 2_000, st.text(alphabet=".!?… \n\"')]“A1a", max_size=40))
def test_a_sentence_ends_at_a_mark_before_a_capital_or_at_a_line_break(text: str) -> None:
    ends = [end.span() for end in _END.finditer(text)]
    assert ends == [end.span() for end in PLAINLY.finditer(text)]


def test_a_short_text_is_quoted_whole() -> None:
    assert excerpt("Freight fell. Margins rose.", [(0, 7)]) == (0, 27)


def test_a_long_text_is_cut_at_sentences_around_the_match() -> None:
    at = LONG.index("number 20")
    start, end = excerpt(LONG, [(at, at + 9)], 300)
    assert start <= at < end
    assert end - start <= 300
    assert LONG[start:end].startswith("Sentence number")
    assert LONG[start:end].endswith("this year.")


def test_a_sentence_longer_than_the_room_stays_whole() -> None:
    text = "Short. Freight " + "and freight " * 400 + "end. Short."
    start, end = excerpt(text, [(100, 107)], 200)
    assert text[start:end].startswith("Freight")
    assert text[start:end].endswith("end.")


def test_a_phrase_weighs_as_its_words() -> None:
    """Three words said side by side are what was asked for, rather than two of them in another sentence."""
    text = f"Free cash flow was negative. {LONG} Cash is what flows in."
    said = [(0, 14), *((text.index(word, 900), text.index(word, 900) + len(word)) for word in ("Cash", "flow"))]
    start, end = excerpt(text, said, 200)
    assert "Free cash flow" in text[start:end]


def test_a_match_over_two_sentences_takes_both() -> None:
    at = LONG.index("this year. Sentence number 8")
    start, end = excerpt(LONG, [(at, at + 20)], 150)
    assert start <= at
    assert end >= at + 20


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Dr. Smith of the U.S. Treasury said so. Yes.", 2),
        ("It rose 3.5% to $4.2 billion. Good.", 2),
        ("A line\nanother line", 2),
        ("“Quoted.” Then more.", 2),
        ("no end", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_people_end_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@sampled(
    25,
    200,
    st.text(alphabet="ab. \n!?A1é”“", max_size=400),
    st.integers(0, 399),
    st.integers(1, 30),
    st.integers(10, 200),
)
def test_a_quote_holds_its_match_and_no_half_sentence(text: str, at: int, length: int, room: int) -> None:
    spans = [(at, min(at + length, len(text)))] if at < len(text) else []
    start, end = excerpt(text, spans, room)
    assert 0 <= start <= end <= len(text)
    check(text, start, end, within(spans, start, end), text[start:end])
    if spans and len(text) > room:
        whole = [part for part in sentences(text) if part[0] <= spans[0][0] < part[1]]
        assert all(start <= part[0] and part[1] <= end for part in whole)


@sampled(
    25,
    400,
    st.text(alphabet="ab. \n!?A1é”“", max_size=400),
    st.lists(st.integers(0, 399), max_size=12),
)
def test_the_sentence_with_most_matches_is_quoted(text: str, starts: list[int]) -> None:
    spans = [(at, at + 1) for at in sorted(set(starts)) if at < len(text)]
    parts = sentences(text)
    start, end = excerpt(text, spans, 0)
    if text and parts:
        held = [sum(left <= at < right for at, _ in spans) for left, right in parts]
        fullest = parts[held.index(max(held))]
        assert start <= fullest[0]
        assert fullest[1] <= end


@pytest.mark.parametrize(
    ("start", "end", "spans"), [(-1, 3, []), (0, 99, []), (3, 2, []), (0, 5, [(4, 6)]), (0, 5, [(2, 2)])]
)
def test_a_misquote_never_leaves(start: int, end: int, spans: list[tuple[int, int]]) -> None:
    text = "Freight fell."
    with pytest.raises(MisquoteError):
        check(text, start, end, spans, text[max(start, 0) : end])
    with pytest.raises(MisquoteError):
        check(text, 0, 7, [], "freight")


def test_spans_are_offsets_into_the_quote() -> None:
    assert within([(0, 4), (10, 14), (18, 25)], 8, 20) == ((2, 6),)


def test_a_fingerprint_tells_texts_apart() -> None:
    prints = {fingerprint(turn) for turn in CALLS[0].turns}
    assert len(prints) == len(CALLS[0].turns)
    assert all(len(each) == 12 for each in prints)
