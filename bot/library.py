"""The library: the calls that are loaded, who is in them, and the search over them; always of one mind."""

import asyncio
import gc
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from bot.call import Call
from bot.collecting import MANY, are_many, keep, without_collecting
from bot.directory import Directory
from bot.query import warm
from bot.query.topic import Term, Topic
from bot.search import shelf
from bot.search.engine import Engine, Plan, Ranked
from bot.search.engines.embedded import Embedded
from bot.search.english import plain_english
from bot.search.finder import Finder
from bot.search.findings import Findings, Match, Why
from bot.search.joined import Joined
from bot.search.spelling import Speller
from bot.search.thesaurus import Thesaurus
from bot.search.vocabulary import Vocabulary
from bot.search.wanted import Wanted
from bot.team import NOBODYS, Team
from bot.turnstile import turnstile

READ = 4_000
"""Turns up to which they are read through on the event loop, some microsecond each."""


class Library:
    """Calls, their directory and their index. `calls` and `directory` are current after every `add` and `remove`."""

    def __init__(
        self, engine: Embedded | Joined, calls: dict[str, Call], thesaurus: Thesaurus, directory: Directory
    ) -> None:
        self._engine = engine
        self._calls = calls
        words = engine.vocabulary()
        self._thesaurus = thesaurus
        self._finder = Finder(_Breathing(engine), words, calls, thesaurus, Speller(words, thesaurus))
        self._directory = directory
        self._copy: dict[str, Call] | None = None

    @classmethod
    async def of(
        cls, calls: Iterable[Call], *, index: Path | None = None, thesaurus: Thesaurus | None = None
    ) -> "Library":
        """Index calls in memory, or in the folder `index`, where the next start finds them unless they changed.

        `thesaurus`: the shipped one unless given.
        """
        held = {call.id: call for call in calls}
        many = are_many(held.values())
        if many:
            # Before there is much to walk; and what nothing refers to any more would be held for good with the rest.
            await asyncio.to_thread(gc.collect)
            keep(held.values())
        with without_collecting() if many else nullcontext():
            words = thesaurus or Thesaurus.shipped()
            engine = await Embedded.of(held.values(), folder=index, collocations=words.collocations)
            library = cls(engine, held, words, Directory.of(held.values()))
            await library.warm()
        return library

    @classmethod
    async def over(cls, base: "Library", calls: Iterable[Call]) -> "Library":
        """Put some more calls over the calls of `base`, which learns nothing of them; their ids are not in `base`.

        Its index is shared. What is made holds for the calls of `base` as they are now: once `base.directory` is
        another, it is to be made again.
        """
        own = {call.id: call for call in calls}
        directory, held = base.directory, base.now.copy()
        beside = await Embedded.of(own.values(), collocations=base.thesaurus.collocations)
        engine = Joined(base.engine, base.vocabulary, beside, beside.vocabulary(), frozenset(own))
        both = await asyncio.to_thread(_prepared, directory.with_calls(own.values()))
        return cls(engine, held | own, base.thesaurus, both)

    @property
    def calls(self) -> Mapping[str, Call]:
        """The loaded calls by id."""
        return MappingProxyType(self._calls)

    @property
    def now(self) -> dict[str, Call]:
        """The loaded calls by id as they are now, whatever comes or goes later: for a thread that reads them."""
        if self._copy is None:
            self._copy = self._calls.copy()
        return self._copy

    @property
    def directory(self) -> Directory:
        """Who and what the loaded calls hold."""
        return self._directory

    @property
    def thesaurus(self) -> Thesaurus:
        """The words that topics also go by."""
        return self._thesaurus

    @property
    def engine(self) -> Engine:
        """The engine behind the search."""
        return self._engine

    @property
    def vocabulary(self) -> Vocabulary:
        """Every full word of the turns (a key, see `bot.search.words`), with the number of turns that hold it."""
        return self._engine.vocabulary()

    async def add(self, calls: Iterable[Call]) -> None:
        """Load calls; they are found by the next question. A call of the same id is replaced."""
        new = {call.id: call for call in calls}
        await self._engine.add(new.values())
        while True:
            before = self._directory
            made = before.with_calls(new.values())
            await asyncio.to_thread(warm, made)  # its indexes: the next asker would wait for them, and the loop too
            if self._directory is before:  # nothing else came or went meanwhile
                break
        self._calls |= new
        self._directory, self._copy = made, None
        self._finder.forget()

    async def remove(self, ids: Iterable[str]) -> None:
        """Forget calls; no question finds them any more, not even one that is being answered."""
        gone = tuple(ids)
        for id_ in gone:
            self._calls.pop(id_, None)
        self._copy = None
        left = self._directory = self._directory.without(gone)
        await asyncio.gather(self._engine.remove(gone), asyncio.to_thread(warm, left))
        self._finder.forget()

    async def warm(self) -> None:
        """Make ready what is made once (word lists, names), so that the first asker need not wait for it."""
        await asyncio.to_thread(_prepared, self._directory)
        await asyncio.to_thread(plain_english)
        await self._finder.speller.correct(["zyxwv"])  # no word anywhere: looks at every one
        await self.find(Topic("margin", (Term("margin", 0, 6),)), Wanted(), limit=1)
        if self._directory.turns >= MANY:
            # What is loaded stays. Unless it is told so, Python's collector walks all of it every so often, with the
            # event loop held meanwhile: 60 ms at 20,000 turns. Calls hold no cycles: they are freed by count as ever.
            # Nothing is looked for before: of all that is made here some fifteen objects refer to themselves.
            gc.freeze()

    async def find(
        self,
        topic: Topic,
        wanted: Wanted,
        *,
        limit: int = 100,
        verbatim: bool = False,
        counted: bool = True,
        team: Team = NOBODYS,
    ) -> Findings:
        """Find the turns about a topic within the filters, best first.

        Misspelt words are corrected and words expanded by the thesaurus and the `team`'s own, each told in the
        findings' readings, unless `verbatim`. An empty topic finds every turn that passes the filters, newest call
        first. Not `counted`, the `total` is that of the turns found, not of all there are beyond the limit.
        """
        async with turnstile():
            await turnstile().breathe()
            if topic.empty:
                found = await self._shelved(wanted)
                return Findings(tuple(found[:limit]), len(found))
            return await self._finder.find(topic, wanted, limit=limit, verbatim=verbatim, counted=counted, team=team)

    async def _shelved(self, wanted: Wanted) -> list[Match]:
        """Return the turns that pass the filters: of many, beside the loop."""
        if self._directory.turns <= READ:
            return _passing(self._calls, wanted)
        async with turnstile().left():
            return await asyncio.to_thread(_passing, self.now, wanted)


class _Breathing:
    """An engine that lets the event loop have its turn between searches: one in memory never waits by itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def find(self, plan: Plan) -> Sequence[Ranked]:
        """Rank turns, best first."""
        await turnstile().breathe()
        return await self._engine.find(plan)

    async def count(self, plan: Plan) -> int:
        """Count the turns that pass."""
        await turnstile().breathe()
        return await self._engine.count(plan)


def _passing(calls: Mapping[str, Call], wanted: Wanted) -> list[Match]:
    return [Match(call.id, turn.index, 0.0, Why.FILTER) for call, turn in shelf.turns(calls, wanted)]


def _prepared(directory: Directory) -> Directory:
    """Return a directory with everything that is made once."""
    for name, value in vars(Directory).items():
        if isinstance(value, cached_property):
            getattr(directory, name)
    warm(directory)
    return directory
