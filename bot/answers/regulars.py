"""Regulars: who asked on every call that is searched; of several companies, on every call of one."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.askers import RULE, SHOWN, asking, searches
from bot.answers.intent import Heading, Intent, Matter
from bot.answers.page import page
from bot.answers.quotes import answers
from bot.answers.telling import (
    askers,
    by_call,
    by_speaker,
    company_of,
    count,
    few,
    nothing_notes,
    person_of,
    searched_note,
)
from bot.answers.telling import topic_words as words
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Name who asked on each call of the scope, with their questions, newest call first; and on how many others did."""
    found, kept, turns = asking(matter, findings)
    companies = [company_of(matter, matter.calls[match.call]) for match in kept]
    names = [person_of(matter.directory, turn) for turn in turns]
    held: dict[tuple[str, str], set[str]] = defaultdict(set)  # by person and company
    for match, name, company in zip(kept, names, companies, strict=True):
        if name is not None:
            held[name, company].add(match.call)
    every = _by_company(matter)
    always = {key for key, calls in held.items() if calls >= every.get(key[1], calls | {""})}
    chosen = tuple(
        match for match, name, company in zip(kept, names, companies, strict=True) if (name, company) in always
    )
    asked = [matter.calls[match.call].turns[match.turn] for match in chosen]
    what = f"{words(matter, findings)} in questions" if matter.query.topic.text else "all questions"
    each = _each(every)
    ranked = sorted((key for key in held if key[1] in every), key=lambda key: (-len(held[key]), key))[:SHOWN]
    body = [
        f"{name}: {len(held[name, company])} of {count(len(every[company]), 'call')}"
        + (f" of {company}" if len(every) > 1 else "")
        for name, company in ranked
    ]
    if not chosen:
        nobody = replace(found, matches=(), total=0)
        return page(matter, nobody, f"nobody asked on {each}", notes=nothing_notes(matter, what, findings), body=body)
    people = askers(matter.directory, asked)
    return page(
        matter,
        replace(found, matches=chosen, total=len(chosen)),
        f"{count(len(people), 'person', 'people')} asked on {each}: {few(sorted({name for name, _ in always}))}",
        notes=[RULE, *_cautions(matter, every), searched_note(matter, what)],
        facts=Facts(
            askers=people,
            counts=by_call(matter, (match.call for match in chosen)),
            by_speaker=by_speaker(matter.directory, asked),
        ),
        body=body,
        beside=answers,
    )


def _by_company(matter: Matter) -> Mapping[str, AbstractSet[str]]:
    """Return the ids of the calls in scope by company; of several companies, those with more than one call."""
    calls: dict[str, set[str]] = defaultdict(set)
    for call in matter.scope:
        calls[company_of(matter, call)].add(call.id)
    several = {company: ids for company, ids in calls.items() if len(ids) > 1}
    return several or calls


def _each(every: Mapping[str, AbstractSet[str]]) -> str:
    """Say on which calls somebody asked who asked on each."""
    if len(every) > 1:
        return "each call of a company"
    number = sum(map(len, every.values()))
    return f"each of the {count(number, 'call')} searched" if number > 1 else "the only call searched"


def _cautions(matter: Matter, every: Mapping[str, AbstractSet[str]]) -> list[Note]:
    """Tell of calls by which nobody can be told from others: where a company has but one."""
    if all(len(ids) == 1 for ids in every.values()):
        return [Note(About.CAUTION, "only one call of a company was searched: everybody who asked is on every call")]
    left = len(matter.scope) - sum(map(len, every.values()))
    return [Note(About.CAUTION, f"left out: {count(left, 'call')} of companies with no other call")] if left else []


_EVERY = "every|each|all [of] [the] [two|three|four|five|six|2|3|4|5|6]"

intent = Intent(
    name="regulars",
    lead="who asked on every call",
    about="who asked on every call about",
    usage="who asked on every call [of COMPANY] [about TOPIC]",
    example="who asked on every call",
    summary="Who asked on each of the calls that are searched.",
    heading=Heading.COUNTS,
    rank=14,
    forms=forms(
        f"<who> <ask> [<question>] on|in|at {_EVERY} [call|calls|quarter|quarters] [<about> {{topic}}]",
        f"<who> <ask> [<question>] <about> {{topic}} on|in|at {_EVERY} [call|calls|quarter|quarters]",
        f"<which> <analysts> <ask> [<question>] on|in|at {_EVERY} [call|calls|quarter|quarters] [<about> {{topic}}]",
        f"<which> <analysts> <ask> [<question>] <about> {{topic}} on|in|at {_EVERY} [call|calls|quarter|quarters]",
        f"<which> <analysts> <be> on|in|at {_EVERY} [call|calls|quarter|quarters]",
        "<who> <ask> [<question>] every|each call|quarter|time [<about> {topic}]",
        "<who> <ask> [<question>] <about> {topic} every|each call|quarter|time",
        "<which> <analysts> <ask> [<question>] every|each call|quarter|time",
        "<which> <analysts> <ask> [<question>] on|in|at [the] most call|calls",
        "<who> <ask> [<question>] on|in|at [the] most call|calls",
        "regulars",
        weight=1.0,
    ),
    searches=searches,
    compose=compose,
    names=("regulars",),
    inherits=True,
    then=("people", "questions"),
)
