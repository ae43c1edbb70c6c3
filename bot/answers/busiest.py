"""Busiest: which call drew the most questions."""

from collections import Counter, defaultdict
from dataclasses import replace

from bot.answers.answer import Answer, Facts
from bot.answers.askers import COUNTED, SHOWN, asking
from bot.answers.intent import Intent, Matter
from bot.answers.page import page
from bot.answers.quotes import answers
from bot.answers.telling import (
    askers,
    by_call,
    by_speaker,
    count,
    nothing_notes,
    person_of,
    searched_note,
    topic_words,
)
from bot.answers.who import searches
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank calls by their questions; those of the first call come first."""
    found, kept, turns = asking(matter, findings)
    what = f"{topic_words(matter, findings)} in questions" if matter.query.topic.text else "all questions"
    if not kept:
        nothing = replace(found, matches=(), total=0)
        return page(matter, nothing, "no question found", notes=nothing_notes(matter, what, findings))
    asked = Counter(match.call for match in kept)
    most = max(asked.values())
    first = [matter.named(matter.calls[id_]) for id_, number in asked.items() if number == most]
    people: dict[str, set[str | None]] = defaultdict(set)
    for match, turn in zip(kept, turns, strict=True):
        people[match.call].add(person_of(matter.directory, turn))
    body = [
        f"{place}. {matter.named(matter.calls[id_])}: {count(number, 'question')} by "
        f"{count(len(people[id_]), 'person', 'people')}"
        for place, (id_, number) in enumerate(asked.most_common(SHOWN), 1)
    ]
    if len(asked) > SHOWN:
        body.append(f"and {count(len(asked) - SHOWN, 'other call')}")
    leading = sorted(kept, key=lambda match: -asked[match.call])  # of equals, as they were found
    return page(
        matter,
        replace(found, matches=tuple(leading), total=len(leading)),
        f"{' and '.join(first)}: {count(most, 'question')}{' each' if len(first) > 1 else ''}",
        notes=[COUNTED, searched_note(matter, what)],
        facts=Facts(
            askers=askers(matter.directory, turns),
            counts=by_call(matter, (match.call for match in kept)),
            by_speaker=by_speaker(matter.directory, turns),
        ),
        body=body,
        beside=answers,
    )


intent = Intent(
    name="busiest",
    lead="which call had the most questions",
    about="which call had the most questions about",
    usage="which call had the most questions [about TOPIC]",
    example="which call had the most questions",
    summary="Which calls drew the most questions, counted.",
    forms=forms(
        "<which> <call> <be> [the] <most> <question> [asked]",
        "<which> <call> <be> [the] <most> <question> [asked] <about> {topic}",
        "<which> <call> had|has|got|drew|saw [the] <most> <question> [asked]",
        "<which> <call> had|has|got|drew|saw [the] <most> <question> [asked] <about> {topic}",
        "<call> with [the] <most> <question> [<about> {topic}]",
        "<call> by [number of] <question>",
        "how many <question> per|by <call>",
        "number of <question> per|by <call>",
        "<question> per <call>",
        weight=0.5,
    ),
    searches=searches,
    compose=compose,
    names=("busiest", "questions per call"),
    then=("people", "questions"),
)
