"""How much of a topic a turn must hold for the topic to be spoken of at all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.query.reading import How, Reading
from bot.query.topic import AllOf, AnyOf
from bot.search.amounts import FIGURE
from bot.search.engine import Clause, Plan
from bot.search.english import plain
from bot.search.families import kin
from bot.search.meaning import Meaning, Sense
from bot.search.sense import exact, written
from bot.search.stems import stem
from bot.search.vocabulary import Vocabulary
from bot.search.words import NAMELIKE, keys

COMMON = 0.25
"""Share of the turns above which a word is too common to prove anything."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much of a topic a turn must hold for the topic to be spoken of at all.

    Of one or two concepts all, of more more than half. A name (UBS, Permian) tells as much as two other words, since
    what is typed beside it is often put in other words. A figure must be there: 30 basis points are not 235. Of `sides`
    that `or` joins, all of any.
    """

    names: tuple[Sense, ...]
    others: tuple[Sense, ...]
    figures: tuple[Sense, ...] = ()
    sides: tuple[tuple[Sense, ...], ...] = ()
    every: bool = False  # `and` joins them: all are asked for

    @property
    def needed(self) -> int:
        """How many of the others must be held beside all names and figures."""
        if self.every:
            return len(self.others)
        told = 2 * len(self.names) + len(self.figures)
        return max((told + len(self.others)) // 2 + 1 - told, 0)

    @property
    def spares(self) -> str:
        """Which of the words a turn over the threshold need not hold, as it is told; "" where it holds them all."""
        if self.sides or not 0 <= self.needed < len(self.others):
            return ""
        if not self.needed:
            return f"with or without “{_words(self.others)}”"
        sure = (*self.names, *self.figures)
        of = f"at least {self.needed} of {'the others' if sure else 'its words'}"
        return f"with “{_words(sure)}”, and {of}" if sure else of

    @property
    def proves(self) -> bool:
        """Whether it asks for more than any one word."""
        concepts = self.said
        several = any(len(side) > 1 for side in self.sides) if self.sides else len(concepts) > 1
        return several or any(name.part for part in concepts for name in part.names)

    @property
    def subject(self) -> "Threshold | None":
        """What is left without the words that only stand beside it (`capex` of `capex guidance`), None for nothing.

        A year or quarter stands beside whatever it is said of: `guidance` is the subject of `guidance 2026`; where
        nothing else is typed, a year beside its part: `second half` of `second half of 2026`.
        """
        if self.sides:
            return None
        undated = tuple(part for part in self.others if not part.dated)
        undated = undated or tuple(part for part in self.others if not part.yearly)
        dated = 0 < len(undated) < len(self.others)
        kept = undated if dated else tuple(left for part in self.others if (left := part.subject) is not None)
        if not (self.names or self.figures or kept):  # `guidance`, of which is asked whether it is conservative
            kept = tuple(part for part in self.others if not part.asked_of_it)
        if not (self.names or self.figures or kept) or kept == self.others:
            return None
        return Threshold(self.names, kept, self.figures)

    def spared(self, subject: "Threshold") -> Reading:
        """Tell which words were spared for the subject."""
        kept = {place for part in subject.said for place in part.at}
        said = ((place, word) for part in self.others for place, word in zip(part.at, part.words, strict=True))
        left = " ".join(word for place, word in said if place not in kept)
        return Reading(How.SPARED, left, " ".join(word for part in subject.said for word in part.words))

    @property
    def said(self) -> tuple[Sense, ...]:
        """The concepts, in the order they were typed."""
        return tuple(sorted((*self.names, *self.figures, *self.others), key=lambda part: part.at))

    def partly(self, plan: Plan, meaning: Meaning) -> Plan:
        """Return the plan that finds the turns that hold half the concepts.

        By a synonym only of several words: what one word among others is also called proves little without the rest.
        """
        if self.sides:
            return self.proof(plan)
        senses = (part if len(part.words) > 1 or len(meaning.senses) == 1 else part.typed for part in meaning.senses)
        least = (len(self.said) + 1) // 2
        # What is only asked of a subject is no part of it: who says `holding` speaks of no demand that may hold up.
        firm = [part for part in self.said if not part.asked_of_it]
        if 0 < len(firm) < len(self.said):
            senses = (part.typed for part in meaning.senses if not part.asked_of_it)
            least = (len(firm) + 1) // 2
        return replace(plan, concepts=tuple(part.concept(parts=True) for part in senses), least=least)

    def proof(self, plan: Plan, *, literal: bool = False) -> Plan:
        """Return the plan that finds the turns over the threshold; `literal`: in the words typed."""
        names, others = (*self.names, *self.figures), self.others
        if literal:
            names, others = (tuple(part.typed for part in parts) for parts in (names, others))
        if self.sides:
            every = [AllOf(tuple(_any_name(part.typed if literal else part) for part in side)) for side in self.sides]
            whole = Clause(AnyOf(tuple(every)))
            concepts = tuple(part.concept(parts=False) for side in self.sides for part in side)
            return replace(plan, concepts=concepts, least=1, must=(*plan.must, whole))
        asked = others if self.needed else names
        must = (_any_name(part) for part in names)
        return replace(
            plan,
            concepts=tuple(part.concept(parts=False) for part in asked),
            least=max(self.needed, 1),
            must=plan.must + tuple(map(Clause, must)),
        )


def _words(parts: Iterable[Sense]) -> str:
    return " ".join(word for part in sorted(parts, key=lambda part: part.at) for word in part.words)


def _any_name(part: Sense) -> AnyOf:
    """Return what holds a concept by any of its names."""
    return AnyOf(tuple(name.node for name in part.names if not name.part))


def threshold_of(meaning: Meaning, vocabulary: Vocabulary) -> Threshold:
    """Return the threshold of a topic: its names, and the others of its concepts that tell turns apart."""
    if meaning.either:
        told = [tuple(part for part in side if _telling(part, vocabulary)) or side for side in meaning.either]
        return Threshold((), meaning.senses, sides=tuple(told))
    telling = [part for part in meaning.senses if _telling(part, vocabulary)] or meaning.senses
    names = tuple(part for part in telling if _named(part, vocabulary))
    figures = tuple(part for part in telling if part not in names and _is_figure(part))
    others = tuple(part for part in telling if part not in names and part not in figures)
    return Threshold(names, others, figures, every=bool(meaning.each))


def _is_figure(part: Sense) -> bool:
    """Whether the concept is a figure, and no year and no quarter."""
    return not part.dated and all(FIGURE.fullmatch(word) for word in part.words)


def _telling(part: Sense, vocabulary: Vocabulary) -> bool:
    """Whether one of the concept's words is rare enough to tell turns apart."""
    if any(exact(word) or written(word, vocabulary) for word in part.words):
        return True
    seldom = [
        sum(vocabulary.get(form, 0) for form in (kin(key, vocabulary) or vocabulary.forms(stem(key))))
        for word in part.words
        for key in keys(word)
    ]
    return min(seldom, default=0) <= COMMON * vocabulary.turns


def _named(part: Sense, vocabulary: Vocabulary) -> bool:
    """Whether the concept is a name: in capitals, or somebody's in the library."""
    if part.dated:
        return False
    return any(word.isupper() and len(word) > 1 and word not in NAMELIKE for word in part.words) or any(
        vocabulary.names(key) and key not in NAMELIKE and not plain(key) for word in part.words for key in keys(word)
    )
