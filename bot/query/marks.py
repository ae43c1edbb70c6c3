"""Runs of tokens that limit a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.query.clock import When
from bot.query.entities import Company
from bot.query.tokens import Shape, Token
from bot.section import Section

CALL_NOUNS = frozenset(
    {
        "call",
        "calls",
        "earnings",
        "conference",
        "transcript",
        "transcripts",
        "results",
        "report",
        "print",
        "concall",
        "meeting",
        "quarter",
        "quarters",
        "qtr",
    }
)
"""What a call is called: behind a filter these say nothing more."""


@dataclass(slots=True)
class Mark:
    """A run of tokens that limits the question."""

    start: int
    end: int
    company: tuple[Company, ...] = ()
    when: When | None = None
    section: Section | None = None
    misspelt: bool = False  # the company's name is written otherwise
    product: bool = False  # the name and the word beside it are a product's, which is what is asked about


def apart(marks: Sequence[Mark]) -> list[Mark]:
    """Keep marks that don't overlap, the earlier and longer first."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def plain_words(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the words of tokens; "" where one is no plain word, or has a field of its own."""
    return tuple(
        [
            token.word if token.shape is Shape.WORD and token.field is None and not token.minus else ""
            for token in tokens
        ]
    )
