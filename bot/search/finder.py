"""From a topic to findings: spelling, thesaurus, threshold, exchanges and spans, above whichever engine."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.call import Call
from bot.kind import Kind
from bot.query.reading import Reading
from bot.query.topic import Topic
from bot.search import exchanges, sense
from bot.search.engine import Plan, Ranked, Searching
from bot.search.explaining import explained
from bot.search.families import kin
from bot.search.findings import Findings, Match
from bot.search.hits import Hits
from bot.search.marker import Marker
from bot.search.matches import Matches, places
from bot.search.meaning import Meaning
from bot.search.sought import Sought
from bot.search.spelling import Speller
from bot.search.standing import PAGE, Shown, Standing
from bot.search.stems import stem
from bot.search.synonyms import Synonyms
from bot.search.thesaurus import Thesaurus
from bot.search.vocabulary import Vocabulary
from bot.search.wanted import Wanted
from bot.search.words import keys
from bot.team import NOBODYS, Team
from bot.turnstile import turnstile

LIGHT = 1_000
"""Ranked turns up to which the event loop is held while they are looked at: a millisecond or two."""
READ = 256
"""Topics kept as they were read; the oldest gives way."""

Asked = tuple[Topic, Team, bool, object]
"""A topic, whose, whether its words are taken as typed, and the state of the library's words."""


@dataclass(slots=True)
class Finder:
    """Finds the turns about a topic. `calls` are those that may be shown: what left them is not found any more."""

    engine: Searching
    vocabulary: Vocabulary
    calls: Mapping[str, Call]
    thesaurus: Thesaurus
    speller: Speller
    _sought: dict[Asked, Sought] = field(default_factory=dict)
    _synonyms: Synonyms = field(init=False)

    def __post_init__(self) -> None:
        """Read synonyms by the vocabulary."""
        self._synonyms = Synonyms(self.vocabulary)

    async def find(
        self,
        topic: Topic,
        wanted: Wanted,
        *,
        limit: int,
        verbatim: bool = False,
        counted: bool = True,
        team: Team = NOBODYS,
    ) -> Findings:
        """Find the best `limit` turns; `verbatim`: with the words as typed, uncorrected and unexpanded.

        Of `team`, its synonyms count beside the thesaurus, for this search alone. What is beyond the limit is `counted`
        unless nobody is told.
        """
        sought, proved = await self._proved(
            await self._read(topic.moved(-topic.start), team, verbatim=verbatim), wanted, limit, counted=counted
        )
        ranked, standing = await self._standing(sought, proved, wanted, limit)
        shown = await self._shown(ranked, standing, sought.marker) if ranked else Shown(())
        matches, total = shown.matches, len(shown.matches)
        if counted and ranked:
            total = max(total, await self._beyond(sought, proved, wanted, limit))
        followed = frozenset[tuple[str, int]]()
        if not (verbatim or sought.meaning.must):  # words as typed, and phrases, must be there themselves
            with_them = await self._followed(matches, standing, wanted, sought.proof)
            if with_them is not matches:
                followed = frozenset(places(with_them)).difference(places(matches))
                total += len(with_them) - len(matches)
                matches = with_them
            if shown.partly and followed:  # a follow-up has a score of its own; what says only a part stays behind
                matches = sorted(matches, key=lambda match: (match.call, match.turn) in shown.partly)
        if not matches:
            return await self._nothing(sought.meaning, topic.start)
        return Findings(
            _up_to(matches, limit),
            total,
            _moved(sought.meaning.readings, topic.start),
            partly=shown.partly,
            followed=followed,
            spares=sought.threshold.spares,
            explain=explained(sought.meaning, ranked, standing.whole),
        )

    async def _proved(self, sought: Sought, wanted: Wanted, limit: int, *, counted: bool) -> tuple[Sought, Hits]:
        """Return what was looked for, and the turns that hold all of it: the topic, else what may be left of it."""
        proved = await self._found(sought.whole, wanted, limit, counted=counted)
        for less in () if proved else (sought.subject, sought.apart):
            if less is not None and (proved := await self._found(less.whole, wanted, limit, counted=counted)):
                return less, proved
        return sought, proved

    async def _standing(self, sought: Sought, proved: Hits, wanted: Wanted, limit: int) -> tuple[Hits, Standing]:
        """Return the turns to look at, and which of them hold how much of the topic: none where none holds all."""
        ranked, whole, partly, literal = proved, None, None, None
        if proved and sought.whole is not sought.any:
            ranked, whole = await self._found(sought.any, wanted, limit), proved
            partly = None if sought.partly is sought.any else await self._found(sought.partly, wanted, limit)
        if proved and sought.literal is not None:
            literal = await self._found(sought.literal, wanted, limit)
        return ranked, Standing(whole, partly, literal)

    async def _beyond(self, sought: Sought, proved: Hits, wanted: Wanted, limit: int) -> int:
        """Return how many turns hold the whole topic where there may be more than were found; else 0."""
        if len(proved) < limit:
            return 0
        if proved.total is not None:
            return proved.total
        return await self.engine.count(sought.whole.within(wanted, limit))

    def forget(self) -> None:
        """Forget how topics were read, and what was found in the texts of turns: calls have come or gone."""
        self._sought.clear()

    async def _found(self, plan: Plan, wanted: Wanted, limit: int, *, counted: bool = False) -> Hits:
        return Hits.of(await self.engine.find(plan.within(wanted, limit, counted=counted)))

    async def _shown(self, ranked: Hits, standing: Standing, marker: Marker) -> Shown:
        """Return the turns that may be shown: of thousands, beside the loop, which has its turn before."""
        await turnstile().breathe()
        if len(ranked) <= LIGHT:
            return standing.shown(ranked, marker, self.calls)
        return await asyncio.to_thread(standing.shown, ranked, marker, self.calls)

    async def _followed(
        self, matches: Sequence[Match], standing: Standing, wanted: Wanted, proof: Plan
    ) -> Sequence[Match]:
        """Add what the exchanges say of the topic without naming it: follow-up questions, or answers."""
        if wanted.questions:
            strong = None if standing.whole is None else set(standing.whole.places())
            return exchanges.followed(matches, strong, self.calls, wanted)
        if not answering(wanted) or len(matches) >= PAGE:
            return matches
        asking = replace(wanted, kinds=(), persons=(), firms=(), titles=(), questions=True)
        asked = await self._found(proof, asking, PAGE)
        questions = [Match(hit.call, hit.turn, hit.score) for hit in asked if self._there(hit)]
        return exchanges.answered(matches, questions, self.calls, wanted)

    def _there(self, hit: Ranked) -> bool:
        """Whether the turn may be shown: a call may have left, or changed, since the engine looked."""
        call = self.calls.get(hit.call)
        return call is not None and hit.turn < len(call.turns)

    async def _read(self, topic: Topic, team: Team, *, verbatim: bool) -> Sought:
        """Read a topic, or remember how it was read.

        An answer looks for the same one several times, and people ask about one in several ways. Its words stand where
        they would if the question began with them.
        """
        asked = (topic, team, verbatim, self.vocabulary.version)
        sought = self._sought.get(asked)
        if sought is None:
            sought = Sought.of(await self._meant(topic, team, verbatim=verbatim), self.vocabulary)
            if len(self._sought) >= READ:
                del self._sought[next(iter(self._sought))]
            self._sought[asked] = sought
        return sought

    async def _meant(self, topic: Topic, team: Team, *, verbatim: bool) -> Meaning:
        if verbatim:
            return sense.read(topic, {}, None, self._synonyms, self.vocabulary)
        thesaurus = self.thesaurus.of_team(team.synonyms)
        typed = (word for term in sense.words_of(topic) if not term.prefix for word in keys(term.word))
        required = (word for term in sense.required_terms(topic) for word in keys(term.word))
        words = chain(typed, required)
        if thesaurus is not self.thesaurus:
            words = chain(word for word in words if not thesaurus.knows(word))  # a team's word is no misspelling
        corrections = await self.speller.correct(words)
        return sense.read(topic, corrections, thesaurus, self._synonyms, self.vocabulary)

    def _held(self, word: str) -> bool:
        """Whether the library holds a word, or an inflection of it."""
        own = kin(word, self.vocabulary)
        return self.vocabulary.holds(stem(word)) if own is None else bool(own)

    async def _nothing(self, meaning: Meaning, start: int) -> Findings:
        words = [key for part in meaning.senses for word in part.words for key in keys(word)]
        near = await self.speller.near(words)
        typed = [word for part in meaning.senses for word in part.words]
        unsaid = tuple(dict.fromkeys(word for word in typed if not all(map(self._held, keys(word)))))
        told = explained(meaning, Hits.of(()), None)
        return Findings(readings=_moved(meaning.readings, start), nearest=near, unsaid=unsaid, explain=told)


def _moved(readings: tuple[Reading, ...], by: int) -> tuple[Reading, ...]:
    return tuple([reading.moved(by) for reading in readings]) if by else readings


def _up_to(matches: Sequence[Match], limit: int) -> Sequence[Match]:
    if type(matches) is Matches:
        return matches[:limit]
    return tuple(matches[:limit])


def answering(wanted: Wanted) -> bool:
    """Whether the words of a company's own people are looked for, all or some: theirs are the answers."""
    own = bool(wanted.kinds) and set(wanted.kinds) <= {Kind.EXECUTIVE, Kind.UNKNOWN}
    return wanted.questions is None and (own or bool(wanted.persons or wanted.titles))
