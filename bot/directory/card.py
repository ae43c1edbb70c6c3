"""What one call adds to a directory."""

from dataclasses import dataclass, field
from typing import TypeAlias, cast

from bot.call import Call
from bot.kind import Kind
from bot.turns import speakers

Row: TypeAlias = tuple[str, Kind, str | None, str | None]
"""The name of somebody on a call, the kind, the firm and the title."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one call adds to a directory."""

    call: Call
    people: frozenset[Row]
    words: list[int] = field(default_factory=list, compare=False)  # how many, once they were counted

    @classmethod
    def of(cls, call: Call) -> "Card":
        # Whoever is listed without a kind and never speaks may be anything: a heading that was taken for a name.
        listed = [each for each in call.participants if each.kind is not Kind.UNKNOWN]
        people = speakers(call.turns).union([(each.name, each.kind, each.firm, each.title) for each in listed])
        return cls(call, cast("frozenset[Row]", frozenset([row for row in people if row[0]])))

    def count(self) -> int:
        """How many words the call has; counted once."""
        if not self.words:
            self.words.append(words_in(self.call))
        return self.words[0]


def words_in(call: Call) -> int:
    """Count the words of a call."""
    return sum(len(turn.text.split()) for turn in call.turns)
