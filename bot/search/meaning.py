"""What a topic is read as: its concepts by all their names, and what was done to its words."""

from dataclasses import dataclass, replace

from bot.query.reading import How, Reading
from bot.query.topic import AllOf, Node
from bot.search import quarters
from bot.search.engine import Clause, Concept
from bot.search.findings import Why
from bot.search.words import ASKED_OF_IT, BESIDE, GOING_ON, keys
from bot.search.years import other_ways


@dataclass(frozen=True, slots=True)
class Name:
    """One way to say a concept, and why it is looked for."""

    node: Node
    weight: float
    why: Why
    part: bool = False  # a word of several: a sign of the concept, not the concept


@dataclass(frozen=True, slots=True)
class Sense:
    """A concept of the topic by all its names."""

    words: tuple[str, ...]
    names: tuple[Name, ...]
    at: tuple[int, ...] = ()  # the places of its words in the topic
    leading: frozenset[int] = frozenset()  # those of them right before another word: `soft` of `soft landing`

    @property
    def expanded(self) -> bool:
        """Whether it is also looked for in other words than those typed."""
        return any(name.why is Why.SYNONYM for name in self.names)

    @property
    def beside(self) -> bool:
        """Whether it only asks for a side of a subject, or something of it: its outlook, whether it slows."""
        return self.asked_of_it or all(key in BESIDE for word in self.words for key in keys(word))

    @property
    def asked_of_it(self) -> bool:
        """Whether it only asks something of a subject: whether it slows, how strong it is."""
        return not any(map(self._firm, range(len(self.words))))

    def _firm(self, place: int) -> bool:
        """Whether one of its words is more than what is asked of a subject; right before another word, it names one."""
        found = keys(self.words[place])
        return not ASKED_OF_IT.issuperset(found) or (self.at[place] in self.leading and not GOING_ON.issuperset(found))

    @property
    def dated(self) -> bool:
        """Whether it is a year or a part of one: what is said of it need not name it."""
        return all(
            quarters.other_ways(word) or all(other_ways(key) or quarters.other_ways(key) for key in keys(word))
            for word in self.words
        )

    @property
    def yearly(self) -> bool:
        """Whether it is a year and no part of one."""
        return all(other_ways(key) for word in self.words for key in keys(word))

    @property
    def subject(self) -> "Sense | None":
        """What is left without the words that only ask something of it: `demand` of `demand slowing`, one concept.

        None where nothing is, and itself where all of it is.
        """
        if self.beside:
            return None
        own = [name for name in self.names if name.part]
        kept = [place for place in range(len(self.words)) if self._firm(place)]
        if len(kept) == len(self.words) or len(own) != len(self.words):
            return self
        names = tuple(replace(own[place], part=len(kept) > 1) for place in kept)
        if len(kept) > 1:
            names = (Name(AllOf(tuple(name.node for name in names)), 0.0, names[0].why), *names)
        words, at = tuple(self.words[place] for place in kept), tuple(self.at[place] for place in kept)
        return Sense(words, names, at, self.leading)

    @property
    def typed(self) -> "Sense":
        """Return the concept by the words typed alone."""
        names = tuple(name for name in self.names if name.why is not Why.SYNONYM)
        return Sense(self.words, names, self.at, self.leading)

    def concept(self, *, parts: bool) -> Concept:
        """Return it as engines take it, with or without what is only a part of it.

        Beside its parts, what earns nothing is left out: a turn that holds all its words holds each.
        """
        names = (name for name in self.names if (name.weight if parts else not name.part))
        return Concept(tuple(Clause(name.node, name.weight) for name in names))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A topic, read: its concepts, what must and must not occur, and what was done to its words.

    `either` are the concepts by the sides that `or` joins, each enough; none where nothing is joined. `each` are those
    of a topic that `and` joins.
    """

    senses: tuple[Sense, ...]
    must: tuple[Node, ...]
    never: tuple[Node, ...]
    readings: tuple[Reading, ...] = ()
    either: tuple[tuple[Sense, ...], ...] = ()
    each: tuple[tuple[Sense, ...], ...] = ()

    @property
    def apart(self) -> "Meaning | None":
        """What `and` joins, each enough; None where it joins nothing."""
        if not self.each:
            return None
        typed = [" ".join(word for part in side for word in part.words) for side in self.each]
        told = Reading(How.APART, " and ".join(typed), " or ".join(f"“{words}”" for words in typed))
        return replace(self, either=self.each, each=(), readings=(*self.readings, told))
