"""The words a question is built of (words.toml): classes that forms name, courtesies, words without a topic."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Words = tuple[str, ...]

LONG_ENOUGH = 4
"""Letters from which on a misspelt keyword can be told (see `spelling.allowed`)."""


@cache
def classes() -> Mapping[str, tuple[Words, ...]]:
    """Return the classes: by name, members of one or more words."""
    return {name: tuple(tuple(text.split()) for text in texts) for name, texts in _read()["classes"].items()}


@cache
def keywords() -> frozenset[str]:
    """Return every word of a class, the only ones a misspelling is corrected to."""
    return frozenset(word for members in classes().values() for member in members for word in member)


@cache
def correctable() -> tuple[str, ...]:
    """Return the keywords that are long and telling enough to be recognised misspelt."""
    leave = frozenset(_read()["single"]["leave"])
    return tuple(sorted(word for word in keywords() if len(word) >= LONG_ENOUGH and word not in leave))


@cache
def slips() -> Mapping[str, str]:
    """Return short keywords by how thumbs type them."""
    return {typed: "".join(meant) for typed, meant in _read()["slips"].items()}


@cache
def contractions() -> Mapping[str, tuple[str, str]]:
    """Return two words run together, by how they are typed: `whatd` what did."""
    pairs = {typed: "".join(meant).split() for typed, meant in _read()["contractions"].items()}
    return {typed: (pair[0], pair[1]) for typed, pair in pairs.items()}


@cache
def stop_words() -> frozenset[str]:
    """Return the words that carry no topic."""
    return frozenset(_read()["single"]["stop"])


@cache
def ordinary_words() -> frozenset[str]:
    """Return names that are words of every call: alone, they are a topic and nobody's name."""
    return frozenset(_read()["single"]["ordinary"])


@cache
def namelike_words() -> frozenset[str]:
    """Return words that are names, unless the calls write them in lower case too (cook, apple)."""
    return frozenset(_read()["single"]["namelike"])


@cache
def paired_words() -> frozenset[str]:
    """Return what `and` joins into one thing (research and development)."""
    return frozenset(_read()["single"]["paired"])


@cache
def courteous_words() -> frozenset[str]:
    """Return the words that say nothing in a turn: greeting, thanking, taking turns, and those without a topic."""
    return stop_words() | frozenset(_read()["single"]["courteous"])


@cache
def generic_words() -> frozenset[str]:
    """Return the words that many firms share."""
    return frozenset(_read()["single"]["generic"])


@cache
def words_of_many() -> frozenset[str]:
    """Return the words that alone are no firm's and no company's."""
    return generic_words() | ordinary_words() | namelike_words()


@cache
def courtesies(side: str) -> Mapping[str, tuple[Words, ...]]:
    """Return what is said `before`, `after` or `within` a question out of habit, the longest first.

    By the word at the edge: the last of what stands behind, the first of the others.
    """
    edge = -1 if side == "after" else 0
    held: dict[str, tuple[Words, ...]] = {}
    for run in sorted((tuple(text.split()) for text in _read()["courtesy"][side]), key=len, reverse=True):
        held[run[edge]] = (*held.get(run[edge], ()), run)
    return held


@cache
def follow_ups(kind: str) -> tuple[str, ...]:
    """Return what follow-ups of a kind (`more`, `openings`, `thanks`, `who`, `answer`) say."""
    return tuple(_read()["following"][kind])


@cache
def kinds_of_speakers() -> Mapping[str, str]:
    """Return what people call a kind of speakers, with the name it is shown by."""
    return {text: said for said, texts in _read()["kinds"].items() for text in texts}


@cache
def sections() -> Mapping[Words, str]:
    """Return what people call the parts of a call, with the part's value."""
    return {tuple(text.split()): name for name, texts in _read()["sections"].items() for text in texts}


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("bot.query") / "words.toml").read_text(encoding="utf-8"))
