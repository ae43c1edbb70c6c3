"""What one call adds to a directory."""

from dataclasses import dataclass, field

from bot.call import Call
from bot.kind import Kind
from bot.turns import speakers


@dataclass(frozen=True, slots=True)
class Card:
    """What one call adds to a directory."""

    call: Call
    people: frozenset[tuple[str, Kind, str | None, str | None]]
    words: list[int] = field(default_factory=list, compare=False)  # how many, once they were counted

    @classmethod
    def of(cls, call: Call) -> "Card":
        people = set(speakers(call.turns))
        # Whoever is listed without a kind and never speaks may be anything: a heading that was taken for a name.
        listed = (each for each in call.participants if each.kind is not Kind.UNKNOWN)
        people.update((each.name, each.kind, each.firm, each.title) for each in listed)
        return cls(call, frozenset((name, kind, firm, title) for name, kind, firm, title in people if name))

    def count(self) -> int:
        """How many words the call has; counted once."""
        if not self.words:
            self.words.append(words_in(self.call))
        return self.words[0]


def words_in(call: Call) -> int:
    """Count the words of a call."""
    return sum(len(turn.text.split()) for turn in call.turns)
