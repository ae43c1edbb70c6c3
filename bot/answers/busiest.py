"""Busiest: which call drew the most questions; and what tells the same of companies and of quarters."""

from collections import Counter, defaultdict
from collections.abc import Callable
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
    count,
    few,
    nothing_notes,
    person_of,
    searched_note,
    topic_words,
)
from bot.call import Call
from bot.query.pattern import Form, forms
from bot.search.findings import Findings

Group = Callable[[Matter, Call], tuple[str, str]]
"""Gives what a call is counted under: a key, and the name to show."""


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank calls by their questions; those of the first call come first."""
    return ranking(matter, findings, lambda matter, call: (call.id, matter.named(call)), "other call", "other calls")


def ranking(matter: Matter, findings: tuple[Findings, ...], group: Group, other: str, others: str) -> Answer:
    """Rank groups of calls by their questions, of equals that of the newest call first; its questions lead.

    `other` and `others` are what the groups that are not shown are called.
    """
    found, kept, turns = asking(matter, findings)
    who = f" by {matter.query.party.said}" if matter.query.party else ""
    what = f"{topic_words(matter, findings)} in questions{who}" if matter.query.topic.text else f"all questions{who}"
    if not kept:
        nothing = replace(found, matches=(), total=0)
        return page(matter, nothing, f"no question{who} found", notes=nothing_notes(matter, what, findings))
    ids = sorted({match.call for match in kept}, key=lambda id_: matter.directory.places.get(id_, -1))  # newest first
    under = {id_: group(matter, matter.calls[id_]) for id_ in ids}
    names = dict(under.values())
    asked = Counter(under[match.call][0] for match in kept)
    ranked = sorted(names, key=lambda key: -asked[key])
    people: dict[str, Counter[str | None]] = defaultdict(Counter)
    for match, turn in zip(kept, turns, strict=True):
        people[under[match.call][0]][person_of(matter.directory, turn)] += 1
    body = [f"{place}. {names[key]}: {_asked_by(people[key])}" for place, key in enumerate(ranked[:SHOWN], 1)]
    if len(ranked) > SHOWN:
        body.append(f"and {count(len(ranked) - SHOWN, other, others)}")
    order = {key: place for place, key in enumerate(ranked)}
    leading = sorted(kept, key=lambda match: order[under[match.call][0]])  # in each, as they were found
    most = asked[ranked[0]]
    first = [names[key] for key in ranked if asked[key] == most]
    return page(
        matter,
        replace(found, matches=tuple(leading), total=len(leading)),
        f"{few(first)}: {count(most, 'question')}{' each' if len(first) > 1 else ''}{who}",
        notes=[RULE, *_unlabelled_notes(sum(each[None] for each in people.values())), searched_note(matter, what)],
        facts=Facts(
            askers=askers(matter.directory, turns),
            counts=by_call(matter, (match.call for match in kept)),
            by_speaker=by_speaker(matter.directory, turns),
        ),
        body=body,
        beside=answers,
    )


def _asked_by(people: Counter[str | None]) -> str:
    """Return how many questions there are, by how many people; who is not named may be one or several."""
    unlabelled = people[None]
    named = len(people.keys() - {None})
    by = f" by {count(named, 'person', 'people')}" if named else ""
    return f"{count(people.total(), 'question')}{by}{f', {unlabelled:,} unlabelled' if unlabelled else ''}"


def _unlabelled_notes(number: int) -> list[Note]:
    if not number:
        return []
    return [Note(About.CAUTION, f"{count(number, 'question')} of nobody named: not included in the number of people")]


def forms_of(nouns: str) -> tuple[Form, ...]:
    """Return the ways to ask which of these (`call|calls`) drew the most questions."""
    had = "<be>|got|get|gets|drew|draw|draws|saw|received|attracted"
    return (
        *forms(
            f"[in|on|at|of] <which> {nouns} {had} [the] <most> <question> [asked]",
            f"[in|on|at|of] <which> {nouns} {had} [the] <most> <question> [asked] <about> {{topic}}",
            f"[in|on|at|of] <which> {nouns} <be> asked [the] <most> [<question>] <about> {{topic}}",
            f"[in|on|at|of] <which> {nouns} <be> asked <about> {{topic}} [the] <most>",
            f"{nouns} with [the] <most> <question> [<about> {{topic}}]",
            f"{nouns} by [number of] <question>",
            f"how many <question> per|by {nouns} [<about> {{topic}}]",
            f"number of <question> per|by {nouns} [<about> {{topic}}]",
            f"<question> per|by {nouns} [<about> {{topic}}]",
            f"[number|count of] <question> <about> {{topic}} per|by {nouns}",
            f"how many <question> <about> {{topic}} per|by {nouns}",
            f"how many <question> <about> {{topic}} [<be>] [asked] in|on|at each {nouns}",
            weight=0.5,
        ),
        *forms(
            f"<which> {nouns} {had} [the] <most> <question> [asked] by|from {{party}}",
            f"<which> {nouns} {had} [the] <most> <question> [asked] by|from {{party}} <about> {{topic}}",
            f"[in|on|at] <which> {nouns} <be> {{party}} <ask> [the] <most> <question> [in|on|at]",
            soft=True,
            weight=0.5,
        ),
    )


intent = Intent(
    name="busiest",
    lead="which call had the most questions",
    about="which call had the most questions about",
    usage="which call had the most questions [about TOPIC]",
    example="which call had the most questions",
    summary="Which calls drew the most questions, counted.",
    heading=Heading.COUNTS,
    rank=10,
    forms=(
        *forms_of("call|calls|meeting|meetings|transcript|transcripts|one"),
        # Of a company's call only this is left: "which velmere call had the most questions".
        *forms("which <be>|got|drew|saw [the] <most> <question> [asked] [<about> {topic}]", weight=0.5),
    ),
    searches=searches,
    compose=compose,
    names=("busiest", "questions per call"),
    inherits=True,
    then=("people", "questions"),
)
