"""From a topic to findings: spelling, thesaurus, threshold, exchanges and spans, above whichever engine."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from bot.call import Call
from bot.query.topic import AnyOf, Term, Topic
from bot.search import exchanges, sense
from bot.search.engine import Clause, Engine, Plan, Ranked
from bot.search.english import plain
from bot.search.findings import Findings, Match, Why
from bot.search.sense import Meaning, Name, Sense
from bot.search.spans import Span, Spans, merged
from bot.search.spelling import Speller
from bot.search.stems import stem
from bot.search.thesaurus import Thesaurus
from bot.search.vocabulary import Vocabulary
from bot.search.wanted import Wanted
from bot.search.words import keys

COMMON = 0.25
"""Share of the turns above which a word is too common to prove anything."""
CUT = 0.1
"""Share of the best turn's score below which a turn that holds only part of the topic is left out."""


BATCH = 64
"""Turns that are marked between two turns of the loop: well under a millisecond of work."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How much of a topic a turn must hold for the topic to be spoken of at all.

    Of one or two concepts all, of more more than half. A name (UBS, Permian) tells as much as two other words, since
    what is typed beside it is often put in other words.
    """

    names: tuple[Sense, ...]
    others: tuple[Sense, ...]

    @property
    def needed(self) -> int:
        """How many of the others must be held beside all names."""
        return max((len(self.names) * 2 + len(self.others)) // 2 + 1 - 2 * len(self.names), 0)

    @property
    def proves(self) -> bool:
        """Whether it asks for more than any one word."""
        concepts = (*self.names, *self.others)
        return len(concepts) > 1 or any(name.part for part in concepts for name in part.names)

    def proof(self, plan: Plan) -> Plan:
        """Return the plan that finds a turn over the threshold, if there is one."""
        asked = self.others if self.needed else self.names
        must = (AnyOf(tuple(name.node for name in part.names if not name.part)) for part in self.names)
        return replace(
            plan,
            concepts=tuple(part.concept(parts=False) for part in asked),
            least=max(self.needed, 1),
            must=plan.must + tuple(map(Clause, must)),
            limit=1,
        )

    def met(self, held: Collection[Sense]) -> bool:
        """Whether these concepts, held whole, reach the threshold."""
        return all(name in held for name in self.names) and sum(part in held for part in self.others) >= self.needed


@dataclass(slots=True)
class Finder:
    """Finds the turns about a topic. `calls` are those that may be shown: what left them is not found any more."""

    engine: Engine
    vocabulary: Vocabulary
    calls: Mapping[str, Call]
    thesaurus: Thesaurus
    speller: Speller

    async def find(self, topic: Topic, wanted: Wanted, *, limit: int, verbatim: bool = False) -> Findings:
        """Find the best `limit` turns; `verbatim`: with the words as typed, uncorrected and unexpanded."""
        meaning = await self._read(topic, verbatim=verbatim)
        threshold = self._threshold(meaning)
        plan = Plan(
            concepts=tuple(part.concept(parts=True) for part in meaning.senses),
            must=tuple(Clause(node) for node in meaning.must),
            never=tuple(Clause(node) for node in meaning.never),
            wanted=wanted,
            limit=limit,
        )
        if threshold.proves and not await self.engine.find(threshold.proof(plan)):
            return await self._nothing(meaning)
        ranked = [hit for hit in await self.engine.find(plan) if self._there(hit)]
        matches, strong = await self._matches(ranked, meaning, threshold)
        if not matches:
            return await self._nothing(meaning)
        if wanted.questions:
            matches = exchanges.followed(matches, strong, self.calls, wanted)
        return Findings(tuple(matches[:limit]), len(matches), meaning.readings)

    def _there(self, hit: Ranked) -> bool:
        """Whether the turn may be shown: a call may have left, or changed, since the engine looked."""
        call = self.calls.get(hit.call)
        return call is not None and hit.turn < len(call.turns)

    async def _read(self, topic: Topic, *, verbatim: bool) -> Meaning:
        if verbatim:
            return sense.read(topic, {}, None)
        typed = (word for term in sense.words_of(topic) if not term.prefix for word in keys(term.word))
        required = (word for node in topic.required if isinstance(node, Term) for word in keys(node.word))
        return sense.read(topic, await self.speller.correct(chain(typed, required)), self.thesaurus)

    def _threshold(self, meaning: Meaning) -> Threshold:
        telling = [part for part in meaning.senses if self._telling(part)]
        names = tuple(part for part in telling if self._named(part))
        return Threshold(names, tuple(part for part in telling if part not in names))

    def _telling(self, part: Sense) -> bool:
        """Whether one of the concept's words is rare enough to tell turns apart."""
        seldom = [
            sum(self.vocabulary.get(form, 0) for form in self.vocabulary.forms(stem(key)))
            for word in part.words
            for key in keys(word)
        ]
        return min(seldom, default=0) <= COMMON * self.vocabulary.turns

    def _named(self, part: Sense) -> bool:
        """Whether the concept is a name: in capitals, or somebody's in the library."""
        return any(word.isupper() and len(word) > 1 for word in part.words) or any(
            self.vocabulary.names(key) and not plain(key) for word in part.words for key in keys(word)
        )

    async def _nothing(self, meaning: Meaning) -> Findings:
        words = [key for part in meaning.senses for word in part.words for key in keys(word)]
        return Findings(readings=meaning.readings, nearest=await self.speller.near(words))

    async def _matches(
        self, ranked: list[Ranked], meaning: Meaning, threshold: Threshold
    ) -> tuple[list[Match], set[tuple[str, int]]]:
        """Return the matches, and the places of those that hold the whole topic."""
        spans = Spans(self.vocabulary)
        matches: list[Match] = []
        strong: set[tuple[str, int]] = set()
        best = 0.0
        for number, hit in enumerate(ranked):
            if number % BATCH == BATCH - 1:
                await asyncio.sleep(0)  # others have their turn on the loop
            text = self.calls[hit.call].turns[hit.turn].text
            held: list[tuple[Name, list[Span]]] = []
            whole: set[Sense] = set()
            for part in meaning.senses:
                for name in part.names:
                    if found := spans.of(text, name.node):
                        held.append((name, found))
                        if not name.part:
                            whole.add(part)
            required = [span for node in meaning.must for span in spans.of(text, node)]
            if not (held or required):
                continue
            if threshold.met(whole):
                strong.add((hit.call, hit.turn))
                best = best or hit.score
            elif hit.score < CUT * best:
                continue
            whys = {name.why for name, _ in held} if held else {Why.MATCHED}
            why = next(why for why in (Why.MATCHED, Why.CORRECTED, Why.SYNONYM) if why in whys)
            marked = merged(chain(required, (span for _, found in held for span in found)))
            matches.append(Match(hit.call, hit.turn, hit.score, why, tuple(marked)))
        return matches, strong
