"""Ask a library: understand, search, compose, check."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.answers.answer import About, Answer, Choice, Note, Scope
from bot.answers.intent import ELSEWHERE, SHOWN, Matter, Search
from bot.answers.scope import SPEAKERS, calls_in, speaks
from bot.collecting import after_answer
from bot.directory import Directory
from bot.library import Library
from bot.query import understand
from bot.query.errors import AmbiguousError
from bot.query.intents import intents
from bot.query.query import Query
from bot.quoting import check
from bot.search.findings import Findings
from bot.search.matches import only, places
from bot.search.wanted import Wanted
from bot.team import NOBODYS, Team
from bot.turn import Turn
from bot.turnstile import turnstile

LIGHT = 600
"""Turns up to which an answer is put together on the event loop: some 2 ms."""
LISTED = 250
"""Turns of one search beyond which they are not shown but counted, word by word, which takes some 8 us each: of what
is shown, 200 are looked for, and looked at in a millisecond."""


async def ask(
    library: Library, question: str, *, today: dt.date, limit: int = 3, offset: int = 0, team: Team = NOBODYS
) -> Answer:
    """Answer a question over a library: the hits [offset, offset + limit) of all there are.

    Every quote is checked against its turn before it leaves. A name or call that may be several gives `choices`.
    `team` are the asker's team's own words. Raises QuestionError for what can't be answered as typed.
    """
    async with turnstile():
        try:
            return await _answered(library, question, today, limit, offset, team)
        finally:
            after_answer()  # what could not be answered leaves garbage, too


async def _answered(library: Library, question: str, today: dt.date, limit: int, offset: int, team: Team) -> Answer:
    directory = library.directory
    try:
        query = understand(question, directory, today=today, team=team)
    except AmbiguousError as error:
        return _choices(error)
    await turnstile().breathe()
    matter = _matter(library, query, limit, offset)
    intent = intents()[query.intent]
    searches = tuple(_reaching(one, offset + limit) for one in intent.searches(matter))
    findings = await _found(library, searches, team)
    if intent.again is not None:
        findings += await _found(library, intent.again(matter, findings), team)
    answer = await _composed(library, matter, findings)
    if not (answer.hits or answer.total or offset or query.topic.empty):
        anybodys = await _anybodys(library, query, dict(zip(searches, findings, strict=False)), team)
        if anybodys.matches:
            answer = await _composed(library, replace(matter, elsewhere=anybodys), findings)
    if library.directory is not directory:  # calls came or went meanwhile: what was found may not be there any more
        return await _answered(library, question, today, limit, offset, team)
    return checked(answer, library)


def _reaching(search: Search, page: int) -> Search:
    """Look at as many turns as the page wanted needs."""
    return replace(search, limit=page) if search.limit == SHOWN < page else search


async def _composed(library: Library, matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Put an answer together: here, or, with thousands of turns to look through, beside the loop."""
    compose = intents()[matter.query.intent].compose
    if _light(matter, findings):
        await turnstile().breathe()
        return compose(*_current(matter, findings, library))
    async with turnstile().left():
        matter, kept = _current(matter, findings, library)
        return await asyncio.to_thread(compose, replace(matter, calls=library.now), kept)


def _current(matter: Matter, findings: tuple[Findings, ...], library: Library) -> tuple[Matter, tuple[Findings, ...]]:
    """Drop what was found in calls that are no more: some may have left just now."""
    query, directory = matter.query, matter.directory
    if matter.elsewhere is not None and (query.without or library.directory is not directory):
        anybodys = replace(query, party=None)
        matter = replace(matter, elsewhere=_kept((matter.elsewhere,), anybodys, library, directory)[0])
    return matter, _kept(findings, query, library, directory)


def _light(matter: Matter, findings: tuple[Findings, ...]) -> bool:
    """Whether composing an answer takes no longer than the loop may be held: by the turns it looks at."""
    looked_at = sum(len(each.matches) for each in findings)
    if matter.query.topic.empty:
        looked_at += matter.directory.turns
    return looked_at <= LIGHT and all(len(each.matches) <= LISTED for each in findings)


async def _found(library: Library, searches: tuple[Search, ...], team: Team) -> tuple[Findings, ...]:
    found = []
    for one in searches:
        findings = await library.find(
            one.topic, one.wanted, limit=one.limit, verbatim=one.verbatim, counted=one.counted, team=team
        )
        found.append(findings)
    return tuple(found)


async def _anybodys(library: Library, query: Query, known: Mapping[Search, Findings], team: Team) -> Findings:
    """Find the topic in anybody's words, in every loaded call: it may be known already."""
    anybody = Search(query.topic, Wanted(), limit=ELSEWHERE, counted=False)
    same = known.get(replace(anybody, wanted=Wanted(kinds=SPEAKERS), counted=True))
    if same is not None and same.matches:
        return same
    found = (await _found(library, (anybody,), team))[0]
    calls = library.calls
    others = [
        rank
        for rank, (id_, turn) in enumerate(places(found.matches))
        if (call := calls.get(id_)) is not None and turn < len(call.turns) and call.turns[turn].kind in SPEAKERS
    ]
    if not others or len(others) == len(found.matches):  # the operator's words, where nobody else says it
        return found
    return replace(found, matches=only(found.matches, others))


def _kept(findings: tuple[Findings, ...], query: Query, library: Library, directory: Directory) -> tuple[Findings, ...]:
    """Drop turns of people who were left out, and of calls that left since the library had this directory."""
    party = query.party
    choosy = bool(query.without) or (party is not None and bool(party.titles or party.parts) and bool(party.persons))
    if not choosy and library.directory is directory:
        return findings
    return tuple(_without(each, query, library) for each in findings)


def _without(findings: Findings, query: Query, library: Library) -> Findings:
    """Drop the turns that are nobody's who is wanted, and those of calls that are no more."""
    calls = library.calls
    kept = [
        rank
        for rank, (id_, turn) in enumerate(places(findings.matches))
        if (call := calls.get(id_)) is not None
        and turn < len(call.turns)  # another may have come under its id
        and _wanted(query, call.turns[turn])
    ]
    lost = len(findings.matches) - len(kept)
    if not lost:
        return findings
    return replace(findings, matches=only(findings.matches, kept), total=findings.total - lost)


def _wanted(query: Query, turn: Turn) -> bool:
    """Whether a turn that was found is nobody's who is left out, and in the position that was asked for."""
    party = query.party
    if party is not None and (party.titles or party.parts) and (turn.person or turn.speaker) in party.names:
        return speaks(party, turn)
    return not (query.without and any(speaks(each, turn) for each in query.without))


def checked(answer: Answer, library: Library) -> Answer:
    """Return the answer whose every quote stands in its turn. Raises MisquoteError, a mistake of ours, otherwise."""
    quotes = [hit.quote for hit in answer.hits] + [context.quote for context in answer.context]
    if answer.facts.first is not None:
        quotes.append(answer.facts.first)
    calls = library.calls
    for quote in quotes:
        source = calls[quote.call.id].turns[quote.turn.index]
        check(source.text, quote.start, quote.end, quote.spans, quote.text)
    return answer


def _matter(library: Library, query: Query, limit: int, offset: int) -> Matter:
    wanted = query.limit if query.limit is not None else limit
    scope = calls_in(query, library.directory)
    return Matter(query, library.directory, library.calls, scope, max(wanted, 1), max(offset, 0))


def _choices(error: AmbiguousError) -> Answer:
    """Ask back: one choice a way to read the question."""
    return Answer(
        query=replace(error.query),
        headline=error.sentence,
        scope=Scope(0, 0),
        notes=(Note(About.CAUTION, f"to choose from: {' or '.join(way.text for way in error.ways)}"),),
        choices=tuple(Choice(way.text, way.question) for way in error.ways),
    )
