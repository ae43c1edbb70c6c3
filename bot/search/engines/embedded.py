"""The default engine: tantivy, in memory or in a folder.

No tantivy type leaves this file and its tools (`_documents.py`, `_everybody.py`,
`_fields.py`, `_found.py`, `_queries.py`).

Texts reach tantivy as keys and stems made by `bot.search.words` and `bot.search.stems`, one space between two, so that
the index, the spans and the vocabulary cannot disagree about what a word is, and no analyzer has to be registered
again after an index is opened.
"""

import asyncio
import logging
import math
import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from pathlib import Path

import numpy as np
from tantivy import Index, Query

from bot.call import Call
from bot.kind import Kind
from bot.search import ledger
from bot.search.collocations import NONE, Collocations
from bot.search.engine import Engine, Plan, Ranked
from bot.search.engines._documents import Documents
from bot.search.engines._everybody import ANYBODYS, RANKED, Ranking, numbers
from bot.search.engines._fields import filter_of, schema
from bot.search.engines._found import Found, ids_of, scores_of
from bot.search.engines._queries import Queries
from bot.search.hits import Flags, Hits
from bot.search.ledger import digest
from bot.search.passages import Ids, Passages
from bot.search.vocabulary import Vocabulary, Words, names_of
from bot.search.wanted import Wanted

_LOG = logging.getLogger(__name__)

HEAP = 256_000_000
"""Bytes the writing thread may hold before it writes a segment, some 150,000 turns. It takes them as it needs them.

One thread with much room: it keeps up with Python beside it, and a search over one segment is twice as fast as over
four.
"""
INLINE = 150_000
"""Passages up to which a search (some 0.2 ms) is over sooner than a hop to a thread and back in a busy process."""
FEW = 1_000
"""Turns up to which their list is made as quickly as that; a count asks for all there are."""
SPARE = 1.25
"""Passages asked for, by the limit: so few turns stand in a list twice that one search in twenty is made again."""
LONGER = 2.0
"""The same where only management's turns are wanted: a remark of ten minutes about one thing fills several places."""
LATE = 8
"""Calls that may have come since all words were written: the next start counts a call's words in some 10 ms, and to
write 100,000 words takes ten times that."""
EXACTLY = 5_000
"""Passages up to which a count tells the passages of one turn apart."""


class Embedded:
    """tantivy behind the port. Give `of` a folder to keep the index there; without one it lives in memory."""

    def __init__(self, index: Index, folder: Path | None, collocations: Collocations) -> None:
        self._index = index
        self._folder = folder
        self._collocations = collocations
        self._vocabulary = Vocabulary()
        self._calls: dict[str, Call] = {}
        self._numbered: list[tuple[str, str] | None] = []  # id and digest by number, which is never used again
        self._ids: list[str] = []  # of calls by number, those that were removed too: a search may be on its way
        self._passages = Passages()  # by their id in the index, which is never used again
        self._writing = threading.Lock()
        self._written = 0  # passages that are in their file already
        self._worded = 0  # calls, the first ones, whose words are in theirs
        self._queries = self._made()

    @classmethod
    async def of(
        cls, calls: Iterable[Call] = (), *, folder: Path | None = None, collocations: Collocations = NONE
    ) -> "Embedded":
        """Index calls. In a folder, what an earlier start indexed there is used where its calls are unchanged.

        `collocations` are the phrases that are asked for often; the others are found as well, only later.
        """
        given = {call.id: call for call in calls}
        return await asyncio.to_thread(cls._of, given, folder, collocations)

    @classmethod
    def _of(cls, calls: Mapping[str, Call], folder: Path | None, collocations: Collocations) -> "Embedded":
        if folder is not None:
            try:
                engine = cls._opened(calls, folder, collocations) or cls._fresh(folder, collocations)
                engine.complete(calls)
            except ValueError as error:
                # Another process writes there (LockBusy), or the disk is full: answering matters more than keeping.
                _LOG.warning("The index in %s can't be written (%s); it is kept in memory instead.", folder, error)
            else:
                return engine
        engine = cls(Index(schema()), None, collocations)
        engine.complete(calls)
        return engine

    def learn(self, words: Words) -> None:
        """Take the vocabulary from the index, and what it does not hold from `words`."""
        counts = Counter(dict(self._queries.searcher.terms_with_prefix("exact", "")))
        self._vocabulary.add(replace(words, counts=counts, turns=len(self._passages)))

    def complete(self, calls: Mapping[str, Call]) -> None:
        """Index those of the calls that are not there yet; blocks until they are."""
        self._change([call for id_, call in calls.items() if id_ not in self._calls], ())

    @classmethod
    def _fresh(cls, folder: Path, collocations: Collocations) -> "Embedded":
        """Make an empty index in a folder, whatever is there."""
        ledger.forget(folder)
        inner = folder / "tantivy"
        shutil.rmtree(inner, ignore_errors=True)
        inner.mkdir(parents=True, exist_ok=True)
        return cls(Index(schema(), str(inner)), folder, collocations)

    @classmethod
    def _opened(cls, calls: Mapping[str, Call], folder: Path, collocations: Collocations) -> "Embedded | None":
        """Open the index in a folder; None where it holds anything else than some of these calls, or other phrases.

        So it is where it is damaged: a file of it may be missed only by the first search for a phrase.
        """
        inner = folder / "tantivy"
        held = ledger.read(folder)
        if held is None or held.collocations != collocations.digest or not Index.exists(str(inner)):
            return None
        known = {id_ for id_, _ in held.calls}
        if not held.fits({id_: digest(call) for id_, call in calls.items() if id_ in known}):
            return None
        try:
            engine = cls(Index.open(str(inner)), folder, collocations)
            for field in ("exact", "stems"):
                query = Query.phrase_query(engine._index.schema, field, ["the", "call"])
                engine._queries.searcher.search(query, 1)
        except ValueError as error:
            _LOG.warning("The index in %s is damaged (%s); it is built anew.", folder, error)
            return None
        engine._passages, engine._numbered = held.passages, list(held.calls)
        engine._ids = [id_ for id_, _ in held.calls]
        engine._queries = engine._made()  # they know the calls' numbers
        engine._calls = {id_: calls[id_] for id_ in known}
        engine._written, engine._worded = len(held.passages), held.worded
        engine._vocabulary.add(held.words)
        for id_ in engine._ids[held.worded :]:
            engine._vocabulary.add(Words.of(calls[id_]))
        return engine

    async def find(self, plan: Plan) -> Sequence[Ranked]:
        """Rank turns by their best passage, best first."""
        if plan.limit <= FEW:
            return self._find(plan) if self._small else await asyncio.to_thread(self._find, plan)
        if self._small:
            found = self._find(plan.within(plan.wanted, FEW, counted=plan.counted))
            if len(found) < FEW:  # those were all
                return found
        return await asyncio.to_thread(self._all, plan)

    async def count(self, plan: Plan) -> int:
        """Count the turns that pass; above 5,000 passages, the passages."""
        if self._small:
            return self._count(plan)
        return await asyncio.to_thread(self._count, plan)

    async def add(self, calls: Iterable[Call]) -> None:
        """Index calls; one of the same id is replaced."""
        await asyncio.to_thread(self._change, tuple(calls), ())

    async def remove(self, ids: Iterable[str]) -> None:
        """Forget calls at once."""
        await asyncio.to_thread(self._change, (), tuple(ids))

    def vocabulary(self) -> Vocabulary:
        """Every full word of the indexed turns, with its number of turns."""
        return self._vocabulary

    # -- writing -------------------------------------------------------------------------------------------------

    def _change(self, calls: Sequence[Call], removed: Sequence[str]) -> None:
        with self._writing:
            gone = {*removed, *(call.id for call in calls)} & self._calls.keys()
            if not (calls or gone):
                return
            if self._folder is not None:
                ledger.forget(self._folder)
            documents = Documents(self._collocations)
            writer = self._index.writer(HEAP, 1)
            for id_ in gone:
                writer.delete_documents_by_term("filters", filter_of("call", id_))
                self._vocabulary.remove(Words.of(self._calls.pop(id_)))
            self._numbered = [None if call is not None and call[0] in gone else call for call in self._numbered]
            empty = not self._numbered
            for call in {call.id: call for call in calls}.values():
                for document in documents.of(call, len(self._numbered), len(self._passages)):
                    writer.add_document(document)
                self._numbered.append((call.id, digest(call)))
                self._ids.append(call.id)
                self._calls[call.id] = call
                if not empty:
                    self._vocabulary.add(Words.of(call))
            rows, met = documents.rows, documents.writing
            del documents  # its words take some megabytes, and an index needs most while it is written
            writer.commit()
            writer.wait_merging_threads()
            self._passages = self._passages.and_(rows.tobytes())  # before a search can meet their ids
            self._index.reload()
            self._queries = self._made()
            if empty:  # many calls at once: the index has counted their words already
                names = set[str]().union(*map(names_of, calls))
                self.learn(Words(joined=met.joined, surfaces=met.surfaces, names=names))
                self._queries = self._made()  # what was made meanwhile knew no words
            if self._folder is not None:
                self._keep(self._folder)

    def _keep(self, folder: Path) -> None:
        """Write down what the index holds, unless a call was removed: tantivy still counts the words of that one.

        So it does not fit and is built anew by the next start, whatever calls that has.
        """
        calls = [call for call in self._numbered if call is not None]
        if len(calls) < len(self._numbered):
            return
        if not self._worded or len(calls) - self._worded >= LATE:
            ledger.write_words(folder, self._vocabulary.words())
            self._worded = len(calls)
        phrases = self._collocations.digest
        ledger.write(folder, calls, self._passages, phrases, written=self._written, worded=self._worded)
        self._written = len(self._passages)

    def _made(self) -> Queries:
        """Return what makes queries for the index as it is now.

        Its names are a list of their own: what was found by one has other numbers than what is found after a change.
        """
        return Queries(
            self._index.schema, self._index.searcher(), self._vocabulary, self._collocations, tuple(self._ids)
        )

    # -- reading -------------------------------------------------------------------------------------------------

    @property
    def _small(self) -> bool:
        return len(self._passages) <= INLINE

    def _all(self, plan: Plan) -> Hits:
        """Rank the turns of a plan that may find very many."""
        queries = self._queries
        query, searcher = queries.of(plan), queries.searcher
        room = int(searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]  # the stubs lack it
        hits = searcher.search(query, max(room, 1), count=False).hits
        ranked = self._turns(queries.names, hits, ids_of(searcher, hits)).first_of_each(room)
        return ranked[: plan.limit].of_all(len(ranked) if room <= EXACTLY else room)

    def _find(self, plan: Plan) -> Hits:
        queries = self._queries
        known = self._among(queries, plan)
        if known is not None:
            return known
        query, searcher = queries.of(plan), queries.searcher
        # A long turn may fill several places with its passages: ask for more until enough turns came, or all.
        spare = LONGER if plan.wanted.kinds and Kind.ANALYST not in plan.wanted.kinds else SPARE
        room = math.ceil(plan.limit * spare) + 1
        if plan.counted:
            room = max(room, FEW)
        while True:
            found = searcher.search(query, room, count=plan.counted)
            hits = found.hits  # each look at them makes them anew
            ids = ids_of(searcher, hits)
            ranked = self._ranked(queries.names, hits, ids, plan.limit)
            if len(ranked) >= plan.limit or len(hits) < room:
                break
            room *= 2
        if not plan.counted:
            return ranked
        passages = int(found.count)  # type: ignore[attr-defined]  # the stubs lack it
        if passages == len(hits):  # all are here, and can be told apart
            return ranked.of_all(self._passages.turns(numbers(ids)))
        return ranked.of_all(passages) if passages > EXACTLY else ranked

    def _ranked(self, names: Sequence[str], hits: Found, ids: Ids, most: int) -> Hits:
        """Return the turns of passages in rank order, each once, at most so many."""
        likely = math.ceil(LONGER * most)  # the others were asked for to be counted
        ranked = self._turns(names, hits[:likely], ids[:likely]).first_of_each(most)
        if len(ranked) == most or len(hits) <= likely:
            return ranked
        return self._turns(names, hits, ids).first_of_each(most)

    def _turns(self, names: Sequence[str], hits: Found, ids: Ids) -> Hits:
        """Return the turn of each passage in rank order."""
        return Hits(names, self._passages.of(numbers(ids)), scores_of(hits))

    def _among(self, queries: Queries, plan: Plan) -> Hits | None:
        """Return the turns of a plan from among everybody's; None where those that are ranked don't tell enough."""
        rankings = queries.rankings
        ranking = rankings.get(plan)
        if ranking is None and not rankings.due(plan):
            return None
        known, passing = rankings.passing(plan.wanted, partial(self._passing, queries))
        if not known:
            return None
        if ranking is None:
            ranking = self._everybodys(queries, plan)
            rankings.keep(plan, ranking)
        if ranking is None:
            return None
        ranked, number = ranking.among(plan.wanted.kinds, passing, plan.limit)
        if ranking.complete:
            return ranked.of_all(number) if plan.counted else ranked
        return ranked if len(ranked) >= plan.limit else None

    def _everybodys(self, queries: Queries, plan: Plan) -> Ranking | None:
        """Rank everybody's turns: all of them, where they are to be counted, None where these are too many."""
        room = EXACTLY if plan.counted else RANKED
        if plan.counted and queries.common(plan, EXACTLY):
            return None
        found = queries.searcher.search(queries.of(plan.within(ANYBODYS, room)), room, count=plan.counted)
        if plan.counted and int(found.count) > room:  # type: ignore[attr-defined]  # the stubs lack it
            return None
        hits = found.hits
        ids = ids_of(queries.searcher, hits)
        turns = self._turns(queries.names, hits, ids)
        return Ranking.of(np.asarray(ids, np.int64), turns, complete=plan.counted or len(hits) < room)

    def _passing(self, queries: Queries, wanted: Wanted) -> "Flags | None":
        """Tell of each passage whether it passes filters; None where so many do that to tell takes too long."""
        found = queries.searcher.search(queries.of(Plan(wanted=wanted)), EXACTLY, count=True, order_by_field="id")
        if int(found.count) > EXACTLY:  # type: ignore[attr-defined]  # the stubs lack it
            return None
        flags = np.zeros(len(self._passages), np.bool_)
        flags[numbers(list(map(itemgetter(0), found.hits)))] = True
        return flags

    def _count(self, plan: Plan) -> int:
        queries = self._queries
        # One pass, in which nothing is scored: passages come in the order of their ids, which are at hand then.
        found = queries.searcher.search(queries.of(plan), EXACTLY, count=True, order_by_field="id")
        passages = int(found.count)  # type: ignore[attr-defined]  # the stubs lack it
        if not 0 < passages <= EXACTLY:
            return passages
        return self._passages.turns(numbers(list(map(itemgetter(0), found.hits))))


async def build(calls: Iterable[Call]) -> Engine:
    """Make this engine over calls, as every file of this package can."""
    return await Embedded.of(calls)
