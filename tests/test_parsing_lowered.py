"""Lower case moves no offset, whatever the letters."""

import pytest

from bot.parsing.lowered import holds, lowered


@pytest.mark.parametrize("text", ["Our NEXT question", "İlker from İstanbul", "STRASSE ß Ω ǅ", ""])
def test_no_offset_moves(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert lowered(text).isascii() or lowered(text) == lowered(text).lower()


def test_a_text_holds_any_of_the_words() -> None:
    assert holds("a caller asks", ("question", "call"))
    assert not holds("a caller asks", ("question", "queue"))
