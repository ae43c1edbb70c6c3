"""Synonyms: as the library writes them, and only as long as it does."""

from collections import Counter

import pytest

from bot.query.topic import AnyOf, Phrase, Term
from bot.search.synonyms import KEPT, Synonyms
from bot.search.vocabulary import Vocabulary, Words


def vocabulary(*words: str) -> Vocabulary:
    held = Vocabulary()
    held.add(Words(Counter(words), turns=1))
    return held


def said(node: object) -> set[str]:
    match node:
        case AnyOf(parts=parts):
            return set[str]().union(*map(said, parts))
        case Phrase(words=words):
            return {" ".join(words)}
        case Term(word=word):
            return {word}
        case _:
            return set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("margin", {"margin", "margins"}),  # not marginal, of the same stem
        ("capital outlay", {"capital outlay", "capitals outlay"}),
        ("territory", {"territories"}),
        ("e-commerce", {"e-commerce"}),
        ("dividend", set()),
    ],
)
def test_a_synonym_is_read_as_the_library_writes_it(text: str, expected: set[str]) -> None:
    synonyms = Synonyms(vocabulary("margin", "margins", "marginal", "capital", "capitals", "outlay", "territories"))
    assert said(synonyms.of(text)) == expected
    assert synonyms.of(text) is synonyms.of(text)


def test_what_comes_and_goes_is_read_anew() -> None:
    held = vocabulary("margin")
    synonyms, new = Synonyms(held), Words(Counter(["margins"]), turns=1)
    assert said(synonyms.of("margin")) == {"margin"}
    held.add(new)
    assert said(synonyms.of("margin")) == {"margin", "margins"}
    held.remove(new)
    assert said(synonyms.of("margin")) == {"margin"}


def test_not_every_amount_that_anybody_ever_asked_for_is_kept() -> None:
    synonyms = Synonyms(vocabulary("1"))
    for number in range(KEPT + 10):
        synonyms.of(str(number))
    assert said(synonyms.of("1")) == {"1"}
    assert len(vars(synonyms)["_read"]) < KEPT
