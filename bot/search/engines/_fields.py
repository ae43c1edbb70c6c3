"""The fields that tantivy holds of a passage."""

import string

from tantivy import Schema, SchemaBuilder

from bot.call import Call
from bot.search.roles import role
from bot.search.shelf import folded
from bot.turn import Turn

FOLDED = frozenset({"person", "firm", "title"})
"""Filters whose values are compared as folded."""
SPACES = str.maketrans({letter: f"%{ord(letter):02x}" for letter in f"%{string.whitespace}"})
"""What would part a value in two, written otherwise."""


def schema() -> Schema:
    """Return the fields: words by place, compounds, phrases that are a word each, and what a search is limited by."""
    builder = SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    for name in ("stems", "exact"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("compounds", "phrases"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    # All filters in one field, a word each: fields are handed over one by one, words in one piece.
    builder.add_text_field("filters", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def filter_of(name: str, value: str) -> str:
    """Return the word of `filters` that stands for a value: two values never share one."""
    return f"{name}={(folded(value) if name in FOLDED else value).translate(SPACES)}"


def exchange(call: str, index: int) -> str:
    """Return what stands for an exchange of a call."""
    return f"{call}/{index}"


class Filters:
    """Writes what the turns of one call pass. Who speaks in which part of it comes again and again."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._known: dict[tuple[str | None, ...], str] = {}

    def of(self, turn: Turn) -> str:
        """Return the words of the filters that a turn passes, one space between two."""
        spoken = (turn.kind, turn.section, turn.person or turn.speaker, turn.firm, turn.title)
        words = self._known.get(spoken)
        if words is None:
            named = (("call", self._call.id), *zip(("kind", "section", "person", "firm", "title"), spoken, strict=True))
            held = (filter_of(name, value) for name, value in named if value and not value.isspace())
            words = self._known[spoken] = " ".join(held)
        if turn.exchange is None:
            return words
        asks, answers = role(self._call, turn)
        within = filter_of("exchange", exchange(self._call.id, turn.exchange))
        return f"{words} {within}{' role=asks' if asks else ''}{' role=answers' if answers else ''}"
