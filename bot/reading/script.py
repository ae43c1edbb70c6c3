"""Which script a passage is written in, as far as telling a translation from the text beside it needs."""

import re

# Kana, Hangul, Han, Cyrillic, Arabic, Hebrew, Thai, Devanagari
OTHER = re.compile(r"[Ѐ-ӿ֐-׿؀-ۿऀ-ॿ฀-๿぀-ヿ㐀-鿿가-힣]")
ASCII_LETTER = re.compile(r"[A-Za-z]")
LEAST = 3  # letters of another script; one or two stand in a name


def is_foreign(text: str) -> bool:
    """Whether the passage is mostly in another script: a syllable or ideograph there says as much as two letters."""
    other = len(OTHER.findall(text))
    return other >= LEAST and other * 2 > len(ASCII_LETTER.findall(text))
