"""Somebody on a call, from its participants list or its labels."""

from dataclasses import dataclass

from bot.kind import Kind


@dataclass(frozen=True, slots=True)
class Participant:
    """A person on a call, under the canonical name."""

    name: str
    kind: Kind
    firm: str | None
    title: str | None
