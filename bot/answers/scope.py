"""Which loaded calls a question is about, and which of their turns may answer it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from bot.answers.answer import Scope
from bot.call import Call, newest_first
from bot.directory import Directory
from bot.kind import Kind
from bot.period import Period
from bot.query.query import Party, Query, Span
from bot.search.findings import Findings, Match, Why
from bot.search.wanted import Wanted
from bot.turn import Turn

NARROW = 60
"""Calls up to which an engine finds sooner among those that somebody is on."""
SPEAKERS = (Kind.EXECUTIVE, Kind.ANALYST, Kind.HOST, Kind.UNKNOWN)
"""Everyone but the operator."""


def calls_in(query: Query, directory: Directory) -> tuple[Call, ...]:
    """Return the loaded calls that the question's filters leave, newest first."""
    calls = directory.calls_of(query.companies)
    if query.calls:
        calls = tuple(call for call in calls if call.id in query.calls)
    if query.span is not None:
        calls = tuple(_in_span(query.span, calls, directory))
    return calls


def scope_of(calls: Sequence[Call], directory: Directory) -> Scope:
    """Count what was searched."""
    if len(calls) == len(directory.calls):
        return Scope(len(calls), directory.turns)
    return Scope(len(calls), sum(len(call.turns) for call in calls))


def wanted(query: Query, calls: Sequence[Call], directory: Directory, party: Party | None = None) -> Wanted:
    """Return the filters of a question over turns: its calls, its section, and a party's words."""
    ids = None if len(calls) == len(directory.calls) else tuple(call.id for call in calls)
    made = Wanted(calls=ids, sections=(query.section,) if query.section else ())
    if party is None:
        return made
    # Who holds a title is found by name, also where a call prints none; `speaks` tells a change of titles.
    titles = () if party.persons else party.titles
    named = replace(made, kinds=party.kinds, persons=party.persons, firms=party.firms, titles=titles)
    # Of many calls a filter costs an engine more than it spares; what needs no search is read through call by call.
    return within_reach(named, directory, most=len(directory.calls) - 1 if query.topic.empty else NARROW)


def within_reach(made: Wanted, directory: Directory, *, most: int) -> Wanted:
    """Narrow filters to the calls their people and firms are on, where these are at most `most`."""
    for names in (made.persons, made.firms):
        if names:
            ids = _reach(names, directory)
            if made.calls is None and len(ids) > most:
                continue
            made = replace(made, calls=tuple(ids if made.calls is None else ids.intersection(made.calls)))
    return made


def _reach(names: Iterable[str], directory: Directory) -> set[str]:
    """Return the ids of the calls that people or firms are on."""
    return set[str]().union(*(directory.calls_by_name.get(each, ()) for each in names))


def all_turns(query: Query, calls: Sequence[Call], directory: Directory, *, questions: bool) -> Findings:
    """Return a party's turns (its question turns) in calls, in the order of the calls: what needs no search."""
    party = query.party or Party("everybody")
    named = replace(party, kinds=()) if questions and Kind.ANALYST in party.kinds else party
    reaches = [_reach(names, directory) for names in (party.persons, party.firms) if names]
    reached = [call for call in calls if all(call.id in reach for reach in reaches)] if reaches else calls
    theirs, unsaid = _spoken_by(named), Kind.OPERATOR not in party.kinds
    matches = tuple(
        Match(call.id, turn.index, 0.0, Why.FILTER)
        for call in reached
        for turn in (directory.catalogue.questions_of(call) if questions else call.turns)
        if theirs(turn)
        and not (unsaid and turn.kind is Kind.OPERATOR)
        and (query.section is None or turn.section is query.section)
        and not (query.without and any(speaks(each, turn) for each in query.without))
    )
    return Findings(matches, len(matches))


def _spoken_by(party: Party) -> Callable[[Turn], bool]:
    """Return what tells a party's turns: of a library, thousands are looked at."""
    if party.persons or party.titles or party.kinds:
        return partial(speaks, party)
    firms = frozenset(party.firms)
    return (lambda turn: turn.firm in firms) if firms else (lambda _: True)


def speaks(party: Party, turn: Turn) -> bool:
    """Whether a turn is a party's: everything the party names must hold."""
    if party.parts and party.persons:
        return any(speaks(part, turn) for part in party.parts)
    named = not party.persons or (turn.person or turn.speaker) in party.names
    housed = not party.firms or turn.firm in party.firms
    untitled = turn.title is None and bool(party.persons)
    titled = not party.titles or untitled or turn.title in party.titles
    return named and housed and titled and (not party.kinds or turn.kind in party.kinds)


def _in_span(span: Span, calls: Iterable[Call], directory: Directory) -> list[Call]:
    held = [call for call in calls if _holds(span, call.period) and _dated(span, call.date)]
    if span.newest is None:
        return held
    # Newest first, as the calls are given.
    groups: dict[str, list[Call]] = defaultdict(list)
    for call in held:
        groups[directory.whose(call)].append(call)
    return sorted((call for members in groups.values() for call in members[: span.newest]), key=newest_first)


def _holds(span: Span, period: Period | None) -> bool:
    if span.first is None and span.last is None and not span.only:
        return True
    if period is None:
        return False
    if span.only:
        return any(_same(period, each) for each in span.only)
    after = span.first is None or _ordinal(period, 1) >= _ordinal(span.first, 1)
    return after and (span.last is None or _ordinal(period, 4) <= _ordinal(span.last, 4))


def _dated(span: Span, date: dt.date | None) -> bool:
    """Whether a call was held on the days of a span."""
    if span.since is None and span.until is None:
        return True
    return date is not None and (span.since or date) <= date <= (span.until or date)


def _same(period: Period, wanted_period: Period) -> bool:
    return period.year == wanted_period.year and wanted_period.quarter in {None, period.quarter}


def _ordinal(period: Period, quarter: int) -> int:
    """Quarters since year 0; a period that is a whole year counts as its given quarter."""
    return period.year * 4 + (period.quarter or quarter)
