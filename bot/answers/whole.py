"""Whether a turn that was found holds the whole of a topic, or only a part of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.query.reading import How, Reading
from bot.query.topic import EACH, EITHER, Term, Topic
from bot.search.findings import Match, Why
from bot.search.sense import words_of
from bot.search.stems import stem
from bot.search.words import compounds, keys
from bot.turn import Turn

PARTS = 3
"""Concepts of a topic from which a turn may be found that lacks one (see `bot/search/threshold.py`)."""
_OTHERWISE = frozenset({How.SYNONYM, How.TEAM})


@dataclass(frozen=True, slots=True)
class Whole:
    """A topic's plain words, to be held against what a search marked in a turn.

    Of each concept `ways` has the ways to say it, as stems: in the words typed, or by a synonym. `beginnings` are those
    of words typed with a closing `*`. What a topic requires besides (phrases) every turn found holds.
    """

    ways: tuple[tuple[frozenset[str], ...], ...]
    beginnings: tuple[str, ...]
    sides: tuple["Whole", ...] = ()
    typed: tuple[str, ...] = ()  # the words of each concept

    @classmethod
    def of(cls, topic: Topic, readings: Sequence[Reading]) -> "Whole":
        """Return a topic as a search read it: its corrections and synonyms, without the words it spared.

        Of `sides` that are joined any is the whole.
        """
        apart = any(each.how is How.APART for each in readings)
        sides = topic.sides(EACH if apart else EITHER)
        if len(sides) > 1:
            return cls((), (), tuple(cls.of(replace(topic, ranked=side, plain=()), readings) for side in sides))
        right = {each.typed: each.read_as for each in readings if each.how is How.CORRECTED}
        spared = {key for each in readings if each.how is How.SPARED for key in keys(each.typed)}
        terms = [term for term in words_of(topic) if not spared.issuperset(keys(right.get(term.word, term.word)))]
        concepts: dict[tuple[int, int], list[Term]] = {}
        others = {(each.start, each.end): each.read_as.split(", ") for each in readings if each.how in _OTHERWISE}
        for term in terms:
            if not term.prefix:
                within = (place for place in others if place[0] <= term.start and term.end <= place[1])
                concepts.setdefault(next(within, (term.start, term.end)), []).append(term)
        ways, said = [], []
        for place, words in concepts.items():
            typed = " ".join(right.get(term.word, term.word) for term in words)
            said.append(typed)
            ways.append(tuple(map(_stems, [typed, *compounds(typed), *others.get(place, ())])))
        beginnings = tuple(key for term in terms if term.prefix for key in keys(term.word))
        return cls(tuple(ways), beginnings, typed=tuple(said))

    @property
    def _undivided(self) -> bool:
        """Whether it has no parts to lack: one word, which whatever was found says, or a synonym of it."""
        return len(self.ways) + len(self.beginnings) == 1 and all(len(ways[0]) == 1 for ways in self.ways)

    def lacking(self, marked: Iterable[str]) -> list[str]:
        """Return the concepts, as typed, that none of these marked pieces of text says, of three or more.

        Of one or two each is held by whatever was found, and of sides that are joined one is enough.
        """
        if len(self.typed) < PARTS:
            return []
        stems = frozenset(stem(key) for text in marked for key in (*keys(text), *compounds(text)))
        pairs = zip(self.typed, self.ways, strict=True)
        return [typed for typed, ways in pairs if not any(way and way <= stems for way in ways)]

    def held_by(self, match: Match, turn: Turn) -> bool:
        """Whether what was found in a turn is all of it; a follow-up question says none of it."""
        if match.why is Why.FOLLOW_UP:
            return False
        if self.sides:
            return any(side.held_by(match, turn) for side in self.sides)
        if self._undivided:
            return True
        marked = [turn.text[start:end] for start, end in match.spans]
        words = [key for text in marked for key in (*keys(text), *compounds(text))]
        stems = frozenset(map(stem, words))
        return all(any(way and way <= stems for way in ways) for ways in self.ways) and all(
            any(word.startswith(beginning) for word in words) for beginning in self.beginnings
        )


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, keys(text)))
