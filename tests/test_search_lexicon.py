"""Words as numbers, held to the words and stems that Python's own split gives."""

import pytest
from hypothesis import example
from hypothesis import strategies as st

from bot.search import lexicon
from bot.search.collocations import NONE
from bot.search.lexicon import BREAK, Lexicon
from bot.search.stems import stem
from tests.sampling import sampled

# Words of up to eight bytes, of up to sixteen and longer, of other letters, and alike in their first eight or sixteen.
PLAIN = ("a", "margins", "margin", "marginal", "marginally", "capitalizations", "capitalization", "telecommunications")
ALIKE = (
    "3.5",
    "2500",
    "abcdefgh",
    "abcdefghi",
    "abcdefghijklmnop",
    "abcdefghijklmnopq",
    "abcdefghijklmnopr",
    "aaaaaaaa",
)
WORDS = st.sampled_from((*PLAIN, *ALIKE, "ünïted", "прибыль", "прибыльность", "利益", "aaaaaaaaa")) | st.text(
    "abе利", min_size=1, max_size=20
)
TEXTS = st.lists(st.lists(WORDS, max_size=12), max_size=6)


def said(held: Lexicon, texts: list[str]) -> list[list[str]]:
    """Return the words of texts by their numbers."""
    words: list[list[str]] = [[]]
    for number in held.numbers(texts).tolist():
        if number == BREAK:
            words.append([])
        else:
            words[-1].append(held.words[number])
    assert not words[-1]  # a break stands behind every text
    return words[:-1]


@sampled(20, 100, TEXTS, st.sampled_from((" ", "   ")))
@example([[], ["a"], []], " ")
@example([], " ")
def test_words_come_back_and_their_stems(texts: list[list[str]], space: str) -> None:
    held = Lexicon(NONE)
    for _ in range(2):  # as new ones, and as ones that are known
        written = [f"{space}{space.join(words)}{space}" for words in texts]
        assert said(held, written) == texts
        stems = held.stems(held.numbers(written))
        assert [each.split() for each in stems] == [list(map(stem, words)) for words in texts]


def test_words_that_share_a_slot_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "SLOTS", 1)
    held = Lexicon(NONE)
    text = " ".join((*PLAIN, *ALIKE))
    assert said(held, [text, text]) == [text.split(), text.split()]


def test_more_words_than_are_kept_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "MOST", 50)
    held = Lexicon(NONE)
    for begin in range(0, 1000, 20):
        words = [f"word{number}" for number in range(begin, begin + 20)]
        assert said(held, [" ".join(words)]) == [words]
        assert len(held.words) <= 50 + 20 + 2


def test_room_grows_with_the_words() -> None:
    held = Lexicon(NONE)
    words = [f"word{number}s" for number in range(5000)]
    assert said(held, [" ".join(words)]) == [words]
    assert held.stems(held.numbers([" ".join(words)])) == ["".join(f"{stem(word)} " for word in words)]
