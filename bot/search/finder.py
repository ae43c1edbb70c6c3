"""From a topic to findings: spelling, thesaurus, threshold, exchanges and spans, above whichever engine."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import itemgetter

from bot.call import Call
from bot.kind import Kind
from bot.query.reading import How, Reading
from bot.query.topic import AllOf, AnyOf, Near, Phrase, Term, Topic
from bot.search import exchanges, sense
from bot.search.engine import Clause, Plan, Ranked, Searching
from bot.search.english import plain
from bot.search.findings import Explained, Findings, Match, Why
from bot.search.passages import LONG
from bot.search.sense import Meaning, Name, Sense, exact
from bot.search.spans import Span, Spans, merged
from bot.search.spelling import Speller
from bot.search.stems import stem
from bot.search.thesaurus import Thesaurus
from bot.search.vocabulary import Vocabulary
from bot.search.wanted import Wanted
from bot.search.words import keys
from bot.team import NOBODYS, Team

COMMON = 0.25
"""Share of the turns above which a word is too common to prove anything."""
PART = 0.8
"""What remains of the score of a turn that holds part of the topic."""
OTHER = 0.05
"""What remains of the score of a turn that says the topic in other words only, where it is one thing: it comes last."""
BRIEF = 400
"""Characters below which a turn says too little to be the best answer: its score sinks, to half at no length."""
PAGE = 10
"""Ranks within which a turn that holds only part of the topic may stand: a long tail of them would look like finds."""
CUT = 0.15
"""Share of the best turn's score below which a turn that holds only part of the topic is left out."""
SHOWN = 20
"""Candidates whose scores are explained."""


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
        return max((2 * len(self.names) + len(self.others)) // 2 + 1 - 2 * len(self.names), 0)

    @property
    def proves(self) -> bool:
        """Whether it asks for more than any one word."""
        concepts = (*self.names, *self.others)
        return len(concepts) > 1 or any(name.part for part in concepts for name in part.names)

    @property
    def subject(self) -> "Threshold | None":
        """What is left without the words that only stand beside it (`capex` of `capex guidance`), None for nothing."""
        kept = tuple(part for part in self.others if not part.beside)
        return Threshold(self.names, kept) if (self.names or kept) and len(kept) < len(self.others) else None

    def spared(self, subject: "Threshold") -> Reading:
        """Tell which words were spared for the subject."""
        left = " ".join(word for part in self.others if part not in subject.others for word in part.words)
        return Reading(How.SPARED, left, " ".join(word for part in subject.said for word in part.words))

    @property
    def said(self) -> tuple[Sense, ...]:
        """The concepts, in the order they were typed."""
        return tuple(sorted((*self.names, *self.others), key=lambda part: part.at))

    def partly(self, plan: Plan, meaning: Meaning) -> Plan:
        """Return the plan that finds the turns that hold half the concepts.

        By a synonym only of several words: what one word among others is also called proves little without the rest.
        """
        senses = (part if len(part.words) > 1 or len(meaning.senses) == 1 else part.typed for part in meaning.senses)
        least = (len(self.names) + len(self.others) + 1) // 2
        return replace(plan, concepts=tuple(part.concept(parts=True) for part in senses), least=least)

    def proof(self, plan: Plan, *, literal: bool = False) -> Plan:
        """Return the plan that finds the turns over the threshold; `literal`: in the words typed."""
        names, others = self.names, self.others
        if literal:
            names, others = (tuple(part.typed for part in parts) for parts in (names, others))
        asked = others if self.needed else names
        must = (AnyOf(tuple(name.node for name in part.names if not name.part)) for part in names)
        return replace(
            plan,
            concepts=tuple(part.concept(parts=False) for part in asked),
            least=max(self.needed, 1),
            must=plan.must + tuple(map(Clause, must)),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Which turns (call, index) hold the `whole` topic, which enough of it to be shown beside those (`partly`).

    `literal` are those of the whole ones that hold it in the words typed (None: all).
    """

    whole: Collection[tuple[str, int]]
    partly: Collection[tuple[str, int]] = ()
    literal: Collection[tuple[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """Says of a turn's text why it was found, and where it holds what was looked for."""

    meaning: Meaning
    spans: Spans

    def mark(self, text: str) -> tuple[Why, tuple[Span, ...]]:
        """Return why the text is a match, and the spans."""
        names = [name for part in self.meaning.senses for name in part.names]
        held = [(name.why, found) for name in names if (found := self.spans.of(text, name.node))]
        required = [span for node in self.meaning.must for span in self.spans.of(text, node)]
        whys = {why for why, _ in held} or {Why.MATCHED}
        why = next(why for why in (Why.MATCHED, Why.CORRECTED, Why.SYNONYM) if why in whys)
        return why, tuple(merged(chain(required, (span for _, found in held for span in found))))

    def why(self, text: str) -> Why:
        """Say why the text is a match: what `mark` says, without looking for the names that can't change it."""
        names = [name for part in self.meaning.senses for name in part.names]
        for why in (Why.MATCHED, Why.CORRECTED, Why.SYNONYM):
            if any(name.why is why and self.spans.of(text, name.node) for name in names):
                return why
        return Why.MATCHED

    @property
    def choosy(self) -> bool:
        """Whether there is anything that `holds` looks at."""
        return bool(self.meaning.must or self.meaning.never)

    def holds(self, text: str) -> bool:
        """Whether the text passes what an engine may see only in part: distances of phrases, and exclusions.

        An engine compares passages; a word that excludes a turn excludes it wherever in the turn it stands.
        """
        if not self.choosy:
            return True
        near = [node for node in self.meaning.must if isinstance(node, Near)]
        return all(self.spans.of(text, node) for node in near) and not (
            len(text) > LONG and any(self.spans.of(text, node) for node in self.meaning.never)
        )


@dataclass(slots=True)
class Finder:
    """Finds the turns about a topic. `calls` are those that may be shown: what left them is not found any more."""

    engine: Searching
    vocabulary: Vocabulary
    calls: Mapping[str, Call]
    thesaurus: Thesaurus
    speller: Speller
    last: tuple[object, Meaning] | None = None  # the topic read last, and how

    async def find(
        self, topic: Topic, wanted: Wanted, *, limit: int, verbatim: bool = False, team: Team = NOBODYS
    ) -> Findings:
        """Find the best `limit` turns; `verbatim`: with the words as typed, uncorrected and unexpanded.

        Of `team`, its synonyms count beside the thesaurus, for this search alone.
        """
        meaning = await self._meant(topic, team, verbatim=verbatim)
        threshold = self._threshold(meaning)
        plan = Plan(
            concepts=tuple(part.concept(parts=True) for part in meaning.senses),
            must=tuple(Clause(node) for node in meaning.must),
            never=tuple(Clause(node) for node in meaning.never),
            wanted=wanted,
            limit=limit,
        )
        whole = threshold.proof(plan) if threshold.proves else plan
        proved = await self.engine.find(whole)
        subject = threshold.subject
        if not proved and subject is not None:
            whole, readings = subject.proof(plan), meaning.readings
            proved = await self.engine.find(whole)
            if proved:
                spared = [part for part in threshold.others if part not in subject.others]
                left = tuple(part for part in meaning.senses if part not in spared)
                readings = (*readings, threshold.spared(subject))
                threshold, meaning = subject, replace(meaning, senses=left, readings=readings)
                plan = replace(plan, concepts=tuple(part.concept(parts=True) for part in left))
        standing = Standing({hit[:2] for hit in proved})
        ranked = proved
        if proved and whole is not plan:
            ranked = await self.engine.find(plan)
            half = threshold.partly(plan, meaning)
            partly = ranked if half == plan else await self.engine.find(half)
            standing = replace(standing, partly={hit[:2] for hit in partly})
        if proved and len(meaning.senses) == 1 and meaning.senses[0].expanded:
            literal = await self.engine.find(threshold.proof(plan, literal=True))
            standing = replace(standing, literal={hit[:2] for hit in literal})
        matches = self._matches(ranked, standing, Marker(meaning, Spans(self.vocabulary)))
        total = len(matches)
        if len(proved) >= limit:
            total = max(total, await self.engine.count(whole))
        if not (verbatim or meaning.must):  # words as typed, and phrases, must be there themselves
            followed = await self._followed(matches, standing, plan, threshold)
            total += len(followed) - len(matches)
            matches = followed
        if not matches:
            return await self._nothing(meaning)
        return Findings(
            tuple(matches[:limit]), total, meaning.readings, explain=_explained(meaning, ranked, standing.whole)
        )

    async def _followed(
        self, matches: list[Match], standing: Standing, plan: Plan, threshold: Threshold
    ) -> list[Match]:
        """Add what the exchanges say of the topic without naming it: follow-up questions, or answers."""
        wanted = plan.wanted
        if wanted.questions:
            return exchanges.followed(matches, standing.whole, self.calls, wanted)
        if not answering(wanted) or len(matches) >= PAGE:
            return matches
        asking = replace(wanted, kinds=(), persons=(), firms=(), titles=(), questions=True)
        asked = await self.engine.find(threshold.proof(replace(plan, wanted=asking, limit=PAGE)))
        questions = [Match(hit.call, hit.turn, hit.score) for hit in asked if self._there(hit)]
        return exchanges.answered(matches, questions, self.calls, wanted)

    def _there(self, hit: Ranked) -> bool:
        """Whether the turn may be shown: a call may have left, or changed, since the engine looked."""
        call = self.calls.get(hit.call)
        return call is not None and hit.turn < len(call.turns)

    async def _meant(self, topic: Topic, team: Team, *, verbatim: bool) -> Meaning:
        """Read a topic, or remember how it was read: an answer looks for the same one several times."""
        asked = (topic, team, verbatim, self.vocabulary.version)
        if self.last is None or self.last[0] != asked:
            self.last = asked, await self._read(topic, team, verbatim=verbatim)
        return self.last[1]

    async def _read(self, topic: Topic, team: Team, *, verbatim: bool) -> Meaning:
        if verbatim:
            return sense.read(topic, {}, None, self.vocabulary)
        thesaurus = self.thesaurus.of_team(team.synonyms)
        typed = (word for term in sense.words_of(topic) if not term.prefix for word in keys(term.word))
        required = (word for node in topic.required if isinstance(node, Term) for word in keys(node.word))
        words = chain(typed, required)
        if thesaurus is not self.thesaurus:
            words = chain(word for word in words if not thesaurus.knows(word))  # a team's word is no misspelling
        corrections = await self.speller.correct(words)
        return sense.read(topic, corrections, thesaurus, self.vocabulary)

    def _threshold(self, meaning: Meaning) -> Threshold:
        telling = [part for part in meaning.senses if self._telling(part)] or meaning.senses
        names = tuple(part for part in telling if self._named(part))
        return Threshold(names, tuple(part for part in telling if part not in names))

    def _telling(self, part: Sense) -> bool:
        """Whether one of the concept's words is rare enough to tell turns apart."""
        if any(exact(word) for word in part.words):
            return True
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
        near = await self.speller.near(words)
        return Findings(readings=meaning.readings, nearest=near, explain=_explained(meaning, (), ()))

    def _matches(self, ranked: Sequence[Ranked], standing: Standing, marker: Marker) -> list[Match]:
        """Return the turns that may be shown, best first.

        Those that hold the whole topic; and those that hold part of it, on the first ranks, if not far behind.
        """
        # Hundreds of turns pass here a question: nothing is made for one that costs more than its comparison.
        found: list[tuple[float, tuple[str, int], str]] = []
        calls, whole, literal, choosy = self.calls, standing.whole, standing.literal, marker.choosy
        for call_id, number, _, _, earned in ranked:
            call = calls.get(call_id)
            if call is None or number >= len(call.turns):  # it left, or changed, since the engine looked
                continue
            text = call.turns[number].text
            if choosy and not marker.holds(text):
                continue
            place = (call_id, number)
            score = earned
            if place not in whole:
                score *= PART
            elif literal is not None and place not in literal:
                score *= OTHER
            if len(text) < BRIEF:
                score *= (len(text) + BRIEF) / (2 * BRIEF)
            found.append((score, place, text))
        found.sort(key=_first, reverse=True)
        best = next((score for score, place, _ in found if place in whole), 0.0)
        shown, matches = 0, list[Match]()
        for score, place, text in found:
            if place in whole or (shown < PAGE and score >= CUT * best and place in standing.partly):
                shown += 1
                matches.append(Match(place[0], place[1], score, None, None, marker, text))
        return matches


_first = itemgetter(0)


def management(wanted: Wanted) -> bool:
    """Whether only a company's own people are looked for: theirs are the answers."""
    return wanted.questions is None and bool(wanted.kinds) and set(wanted.kinds) <= {Kind.EXECUTIVE, Kind.UNKNOWN}


def answering(wanted: Wanted) -> bool:
    """Whether the words of a company's own people are looked for, all or some: theirs are the answers."""
    own = bool(wanted.kinds) and set(wanted.kinds) <= {Kind.EXECUTIVE, Kind.UNKNOWN}
    return wanted.questions is None and (own or bool(wanted.persons or wanted.titles))


def _explained(meaning: Meaning, ranked: Sequence[Ranked], strong: Collection[tuple[str, int]]) -> Explained:
    """Say what was looked for, at which weight, and how the first candidates scored."""
    shown = [(hit, hit[:2] in strong) for hit in ranked[:SHOWN]]

    def write() -> tuple[str, ...]:
        lines = []
        for part in meaning.senses:
            names = ", ".join(f"{_words(name)} ×{name.weight:g}" for name in part.names if name.weight)
            lines.append(f"looked for “{' '.join(part.words)}”: {names}")
        for hit, whole in shown:
            held = "all of it" if whole else "part of it"
            lines.append(f"{hit.score:8.3f}  {hit.call} turn {hit.turn}, characters {hit.start}-{hit.end}: {held}")
        return tuple(lines)

    return Explained(write)


def _words(name: Name) -> str:
    match name.node:
        case Term(word=word, prefix=prefix):
            return f"{word}*" if prefix else word
        case AllOf(parts=parts):
            return " + ".join(part.word for part in parts if isinstance(part, Term))
        case Phrase(words=words):
            return " ".join(words)
        case AnyOf(parts=parts):
            return " or ".join(" ".join(part.words) for part in parts if isinstance(part, Phrase))
        case _:
            return "…"
