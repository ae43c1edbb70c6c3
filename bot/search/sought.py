"""A topic as it is looked for: what its words mean, how much of it must be held, and the plans that follow from both.

An answer looks for one topic several times, in the turns of different people. What does not depend on whose words are
wanted is made once.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.search.engine import Clause, Plan
from bot.search.marker import Marker
from bot.search.meaning import Meaning
from bot.search.spans import Spans
from bot.search.threshold import Threshold, threshold_of
from bot.search.vocabulary import Vocabulary


@dataclass(frozen=True)
class Sought:
    """A topic's meaning and threshold, and what finds it in texts. Its plans name neither filters nor a limit.

    `spared`: it is what is left of a topic whose other words no turn holds beside it. `apart`: what `and` joins, each
    by itself, where no turn holds all of it.
    """

    meaning: Meaning
    threshold: Threshold
    spans: Spans = field(compare=False)
    spared: bool = False
    apart: "Sought | None" = None

    @classmethod
    def of(cls, meaning: Meaning, vocabulary: Vocabulary) -> "Sought":
        """Return how a topic of this meaning is looked for in turns of these words."""
        apart = cls.of(meaning.apart, vocabulary) if meaning.apart is not None else None
        return cls(meaning, threshold_of(meaning, vocabulary), Spans(vocabulary), apart=apart)

    @cached_property
    def marker(self) -> Marker:
        """What says why and where a text holds it: what it learns of the topic's words holds for every search."""
        return Marker(self.meaning, self.spans)

    @cached_property
    def any(self) -> Plan:
        """The plan of the turns that hold any of its concepts."""
        return Plan(
            concepts=tuple(part.concept(parts=True) for part in self.meaning.senses),
            must=tuple(Clause(node) for node in self.meaning.must),
            never=tuple(Clause(node) for node in self.meaning.never),
        )

    @cached_property
    def proof(self) -> Plan:
        """The plan of the turns over the threshold."""
        return self.threshold.proof(self.any)

    @cached_property
    def whole(self) -> Plan:
        """The plan of the turns that hold the whole of it: `any` itself where one word is all that is typed."""
        several = self.spared or self.threshold.proves or len(self.meaning.senses) > 1
        return self.proof if several else self.any

    @cached_property
    def partly(self) -> Plan:
        """The plan of the turns that hold half its concepts: `any` itself where that finds the same."""
        half = self.threshold.partly(self.any, self.meaning)
        return self.any if half == self.any else half

    @cached_property
    def literal(self) -> Plan | None:
        """The plan of the turns that say it in the words typed, where it is one thing with other names; else None."""
        senses = self.meaning.senses
        return self.threshold.proof(self.any, literal=True) if len(senses) == 1 and senses[0].expanded else None

    @cached_property
    def subject(self) -> "Sought | None":
        """What is left without the words that only stand beside it, told by its readings; None for nothing."""
        kept = self.threshold.subject
        if kept is None:
            return None
        spared = [part for part in self.threshold.others if part not in kept.others]
        left = [part for part in self.meaning.senses if part not in spared]
        left += [part for part in kept.others if part not in left]
        left.sort(key=lambda part: part.at)
        readings = (*self.meaning.readings, self.threshold.spared(kept))
        return Sought(replace(self.meaning, senses=tuple(left), readings=readings), kept, self.spans, spared=True)
