"""A bare topic: everybody's turns about it but the operator's, management first."""

from dataclasses import replace

from bot.answers.answer import Answer, Facts
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.scope import SPEAKERS, wanted
from bot.answers.telling import at_least, by_call, by_speaker, count, nothing_notes, searched_note, topic_words
from bot.kind import Kind
from bot.query.pattern import forms
from bot.search.findings import Findings
from bot.search.matches import ids_of, only, places, turns_of, whole


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look among everybody's turns but the operator's."""
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    return (Search(matter.query.topic, replace(asked, kinds=asked.kinds or SPEAKERS)),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the turns, management's before the others', the best of each first."""
    found = management_first(matter, findings[0])
    counted = whole(found)
    turns = turns_of(counted.matches, matter.calls)
    what = topic_words(matter, findings) if matter.query.topic.text else "every turn"
    if not turns:
        return page(matter, found, "nothing found", notes=nothing_notes(matter, what, findings))
    speakers = by_speaker(matter.directory, turns)
    facts = Facts(counts=by_call(matter, ids_of(counted.matches)), by_speaker=speakers)
    result = f"{count(counted.total, 'turn')} by {at_least(len(speakers), 'speaker', counted)}"
    return page(matter, found, result, notes=[searched_note(matter, what)], facts=facts)


def management_first(matter: Matter, found: Findings) -> Findings:
    """Put management's turns before analysts' and unlabelled ones, each in rank order; what says only a part, last."""
    last = [turn.kind is not Kind.EXECUTIVE for turn in turns_of(found.matches, matter.calls)]
    if found.partly:
        part = [place in found.partly for place in places(found.matches)]
        ranked = sorted(range(len(last)), key=lambda rank: (part[rank], last[rank]))
    else:
        ranked = sorted(range(len(last)), key=last.__getitem__)
    return replace(found, matches=only(found.matches, ranked))


intent = Intent(
    name="topic",
    lead="",
    usage="TOPIC",
    example="pricing power",
    summary="Every turn about a topic, management first.",
    heading=Heading.WORDS,
    rank=6,
    forms=forms(
        "<search> <about> {topic}",
        "what about {topic}",
        "what is going on with|in|at {topic}",
        "what is happening with|to|in|at {topic}",
        "what is up with|at|in|on {topic}",
        "news <about> {topic}",
        "how about {topic}",
        "<about> {topic}",
        "<search> {topic}",
        "<be> there [any] mention|mentions|talk|discussion|comment|comments|word of|about|on {topic}",
        "what is|are|was|were [the|their|our|its] {topic}",
        "how many|much {topic} <be> [they|it|there|we|that]",
        "how many|much {topic} <be> [they|it|we|that] have|has|had|got|operate|operates|own|owns|run|runs|there",
        "{topic}",
    ),
    searches=searches,
    compose=compose,
    needs_topic="or filter",
    names=("topic", "search"),
    then=("asked", "quoted", "counted"),
)
