"""Stems: what the inflections of a word share (margin, margins). One stemmer for every engine and for spans."""

from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer


@cache
def _analyzer() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()


@lru_cache(200_000)
def stem(key: str) -> str:
    """Return the English stem (Porter 2) of a word's key."""
    return " ".join(_analyzer().analyze(key))
