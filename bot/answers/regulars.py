"""Regulars: who asked on every call that is searched."""

from collections import defaultdict
from dataclasses import replace

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.askers import RULE, SHOWN, asking, searches
from bot.answers.intent import Intent, Matter
from bot.answers.page import page
from bot.answers.quotes import answers
from bot.answers.telling import askers, by_call, by_speaker, count, few, nothing_notes, person_of, searched_note
from bot.answers.telling import topic_words as words
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Name who asked on each call of the scope, with their questions, newest call first; and on how many others did."""
    found, kept, turns = asking(matter, findings)
    held: dict[str, set[str]] = defaultdict(set)
    names = [person_of(matter.directory, turn) for turn in turns]
    for match, name in zip(kept, names, strict=True):
        if name is not None:
            held[name].add(match.call)
    every = {call.id for call in matter.scope}
    always = {name for name, calls in held.items() if calls >= every}
    chosen = tuple(match for match, name in zip(kept, names, strict=True) if name in always)
    asked = [turn for turn, name in zip(turns, names, strict=True) if name in always]
    what = f"{words(matter, findings)} in questions" if matter.query.topic.text else "all questions"
    each = f"each of the {count(len(every), 'call')} searched" if len(every) > 1 else "the only call searched"
    ranked = sorted(held, key=lambda name: (-len(held[name]), name))[:SHOWN]
    body = [f"{name}: {len(held[name])} of {count(len(every), 'call')}" for name in ranked]
    if not chosen:
        nobody = replace(found, matches=(), total=0)
        return page(matter, nobody, f"nobody asked on {each}", notes=nothing_notes(matter, what, findings), body=body)
    people = askers(matter.directory, asked)
    several = [Note(About.CAUTION, "only one call was searched: everybody who asked is on every call")]
    return page(
        matter,
        replace(found, matches=chosen, total=len(chosen)),
        f"{count(len(people), 'person', 'people')} asked on {each}: {few(sorted(always))}",
        notes=[RULE, *(several if len(every) == 1 else []), searched_note(matter, what)],
        facts=Facts(
            askers=people,
            counts=by_call(matter, (match.call for match in chosen)),
            by_speaker=by_speaker(matter.directory, asked),
        ),
        body=body,
        beside=answers,
    )


_EVERY = "every|each|all [of] [the] [two|three|four|five|six|2|3|4|5|6]"

intent = Intent(
    name="regulars",
    lead="who asked on every call",
    about="who asked on every call about",
    usage="who asked on every call [of COMPANY] [about TOPIC]",
    example="who asked on every call",
    summary="Who asked on each of the calls that are searched.",
    forms=forms(
        f"<who> <ask> [<question>] on|in|at {_EVERY} [call|calls|quarter|quarters] [<about> {{topic}}]",
        f"<who> <ask> [<question>] <about> {{topic}} on|in|at {_EVERY} [call|calls|quarter|quarters]",
        f"<which> <analysts> <ask> [<question>] on|in|at {_EVERY} [call|calls|quarter|quarters] [<about> {{topic}}]",
        f"<which> <analysts> <ask> [<question>] <about> {{topic}} on|in|at {_EVERY} [call|calls|quarter|quarters]",
        f"<which> <analysts> <be> on|in|at {_EVERY} [call|calls|quarter|quarters]",
        "<who> <ask> [<question>] every|each call|quarter|time",
        "<which> <analysts> <ask> [<question>] every|each call|quarter|time",
        "regulars",
        weight=1.0,
    ),
    searches=searches,
    compose=compose,
    names=("regulars",),
    then=("people", "questions"),
)
