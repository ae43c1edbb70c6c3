"""What Slack made of the words somebody typed, taken back."""

import pytest

from handlers.errors import TooLongError
from handlers.typed import question, words

TYPED = [
    ("quote margin", "quote margin"),
    ("  quote   margin \n", "quote margin"),
    ("<@UBOT> quote margin", "quote margin"),
    ("what did <@U7|ann> say", "what did ann say"),
    ("in <#C5|earnings>", "in earnings"),
    ("see <https://example.com/a|example.com>", "see example.com"),
    ("see <https://example.com/a>", "see https://example.com/a"),
    ("<!here> <!channel> margin", "here channel margin"),
    ("R&amp;D &lt;b&gt;", "R&D <b>"),
    ("&eacute;", "&eacute;"),
    ("a < b", "a < b"),
    ("one\x00two\x07", "one two"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "said"), TYPED)
def test_words_are_read_as_typed(text: str, said: str) -> None:
    assert words(text, bot="UBOT") == said


def test_a_question_of_4000_characters_is_answered_with_what_to_do() -> None:
    with pytest.raises(TooLongError, match="4,000 characters; ask in up to 500"):
        question("x" * 4000)
