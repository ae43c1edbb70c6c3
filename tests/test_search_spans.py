"""Spans: the characters that really hold a match, in our own text, whatever stands around them."""

from collections import Counter

import pytest
from hypothesis import strategies as st

from bot.query.topic import AllOf, AnyOf, Near, Node, Phrase, Term
from bot.search.spans import Spans, merged
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary, Words
from bot.search.words import compounds, key, keys, tokens
from bot.search.writing import Writing
from tests.sampling import sampled


def spans_over(*texts: str) -> Spans:
    vocabulary, writing = Vocabulary(), Writing()
    for text in texts:
        held = set(writing.exact(text).split())
        writing.compounds(text)
        vocabulary.add(Words(Counter(held), writing.joined, writing.surfaces, turns=1))
    return Spans(vocabulary)


def marked(text: str, node: Node, *, exact: bool = False) -> list[str]:
    return [text[start:end] for start, end in spans_over(text).of(text, node, exact=exact)]


def term(word: str, *, prefix: bool = False) -> Term:
    return Term(word, 0, len(word), prefix)


def phrase(text: str) -> Phrase:
    return Phrase(tuple(text.split()), 0, 0)


@pytest.mark.parametrize(
    ("text", "node", "exact", "held"),
    [
        ("Margins rose; the margin is fine.", term("margin"), False, ["Margins", "margin"]),
        ("Margins rose; the margin is fine.", term("margin"), True, ["margin"]),
        ("Marginal gains.", term("margin"), False, ["Marginal"]),
        ("Marginal gains.", phrase("margin"), False, []),  # a phrase is exact: no stem is bold
        ("The submarginal margins.", term("margin"), False, ["margins"]),
        ("Lean inventories, lean – inventory", phrase("lean inventory"), False, ["lean – inventory"]),
        ("of the of the margin", phrase("of the margin"), False, ["of the margin"]),
        ("Nestlé and nestle", term("nestle"), False, ["Nestlé", "nestle"]),
        ("2,500 units, 12,500 cars and 2500 more", term("2500"), False, ["2,500", "2500"]),
        ("500 of 2,500", term("500"), False, ["500"]),
        ("3.5 percent, 3 or 5", term("3.5"), False, ["3.5"]),
        ("Our e-commerce and ecommerce", term("ecommerce"), False, ["e-commerce", "ecommerce"]),
        ("Our e-commerce and ecommerce", term("e-commerce"), False, ["e-commerce", "ecommerce"]),
        ("R&D, r d", term("R&D"), False, ["R&D", "r d"]),
        ("charger charging", term("charg", prefix=True), False, ["charger", "charging"]),
        ("İstanbul margin", term("margin"), False, ["margin"]),  # lower case is longer than the text here
        ("“Margins” – margin’s", term("margin"), False, ["Margins", "margin"]),
        ("a lean year for inventory", Near(term("inventory"), term("lean"), 4), False, ["lean", "inventory"]),
        ("a lean year for inventory", Near(term("inventory"), term("lean"), 2), False, []),
        ("gross or net", AllOf((term("gross"), term("tax"))), False, []),
        ("gross or net", AnyOf((term("gross"), term("tax"), term("net"))), False, ["gross", "net"]),
        (
            "Capital spending, capital expenditures; capitals",
            AnyOf((phrase("capital expenditures"), phrase("capital spending"), phrase("capitals"), phrase("?!"))),
            False,
            ["Capital spending", "capital expenditures", "capitals"],
        ),
        (
            "net debt, gross debts",
            AnyOf((phrase("net debt"), term("debt"), phrase("net"))),
            False,
            ["net debt", "debts"],
        ),
        ("nothing", term("?!"), False, []),
        ("", term("margin"), False, []),
    ],
)
def test_what_is_marked(text: str, node: Node, exact: bool, held: list[str]) -> None:
    assert marked(text, node, exact=exact) == held


_LETTERS = st.lists(st.sampled_from("aab"), min_size=1, max_size=3).map(" ".join)


@sampled(40, 200, st.lists(_LETTERS, max_size=6), st.lists(_LETTERS, min_size=1, max_size=4))
def test_any_of_phrases_is_each_of_them_in_whichever_text_came_before(texts: list[str], phrases: list[str]) -> None:
    spans, parts = spans_over(*texts), tuple(map(phrase, phrases))
    for text in (*texts, *texts):
        each = [span for part in parts for span in spans_over(text).of(text, part)]
        assert spans.of(text, AnyOf(parts)) == merged(each)
        assert spans.of(text, AllOf(parts)) == (
            merged(each) if all(f" {one} " in f" {text} " for one in phrases) else []
        )


@sampled(20, 60, st.text(max_size=200), st.text(min_size=1, max_size=12))
def test_any_text_any_word_no_exception_and_every_span_holds_a_word(text: str, word: str) -> None:
    for node in (term(word), phrase(word), term(word, prefix=True)):
        for held in marked(text, node):
            assert keys(held)


@sampled(
    150,
    600,
    st.text(max_size=120)
    | st.text(alphabet="abcÉé -–,.'’&12_\n\0", max_size=120)
    | st.text(alphabet="aB1234,._ ", max_size=40),
)
def test_what_is_indexed_and_tokens_are_the_same_words(text: str) -> None:
    writing = Writing()
    exact = writing.exact(text)
    assert exact.split() == " ".join(keys(text)).split()
    assert writing.stems(exact.split()) == [stem(each) for each in exact.split()]
    assert [token.key for token in tokens(text)] == keys(text)
    assert all(key(text[token.start : token.end]) == token.key for token in tokens(text))


@sampled(30, 300, st.text(alphabet="abÉ1 -\u2010\u2011–_.\n", max_size=60))
def test_hyphenated_words_are_indexed_as_they_are_compared(text: str) -> None:
    writing = Writing()
    assert writing.compounds(text) == " ".join(map(stem, compounds(text)))
    assert writing.joined == set(compounds(text))


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Margins of 2,500 and 3.5 points", {"2,500"}),
        ("Nestlé’s 1,000.5 “Prix”", {"nestlé", "1,000.5"}),
        ("in 2,5 or 12,3456", set()),
        ("Plain – words", set()),
    ],
)
def test_words_written_otherwise_than_compared_are_met(text: str, surfaces: set[str]) -> None:
    writing = Writing()
    writing.exact(text)
    assert writing.surfaces == surfaces


@sampled(25, 200, st.text(alphabet="abcdeÉ 1", min_size=1, max_size=60))
def test_every_word_of_a_text_is_found_in_it(text: str) -> None:
    for word in keys(text):
        assert word in {key(held) for held in marked(text, phrase(word))}


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("e-commerce", ["ecommerce"]),
        ("year-over-year", []),
        ("10-15", []),
        ("buy‑back or re-rating", ["buyback", "rerating"]),
    ],
)
def test_hyphenated_words_are_one_word_too(text: str, joined: list[str]) -> None:
    assert compounds(text) == joined
