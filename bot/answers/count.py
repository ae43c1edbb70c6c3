"""Count: how often something was said, by a rule that is told, by call and by speaker, with the evidence."""

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.counted import COUNTED, counted_topic, quoted, rule, uncounted
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.scope import SPEAKERS, wanted
from bot.answers.tally import run_lines, tallied
from bot.answers.telling import count, nothing_notes, title_notes
from bot.query.pattern import forms
from bot.query.reading import How
from bot.search.findings import Findings

FORMS = (
    *forms(
        "<howoften> [<be>] {topic} [<be>] [been] <mentioned> [<over>]",
        "<howoften> [<be>] {topic} [<over>]",
        "<howoften> <over> [<be>] {topic} [<mentioned>]",
        "<howoften>",
        "<howoften> [the] [word|phrase|term|mentions|times] {topic} [<be>] [<mentioned>]",
        "<howoften> <be> [they|we|anyone|people] <say> {topic}",
        "<howoften> <be> <mentioned> {topic}",
        "<howoften> <be> they|we|anyone|people <saybare> {topic}",
        "number of {topic} mentions|references",
        "{topic} mentions|occurrences",
        "{topic} times per|by|a speaker|call|person|company|quarter",
        "how many times {topic}",
        "how many mentions [of] {topic}",
    ),
    *forms(
        "<howoften> <be> {party} <say> {topic}",
        "<howoften> {party} <say> {topic}",
        "<howoften> {party} <saybare> {topic}",
        "<howoften> {party} <mentioned> {topic}",
        "<howoften> <be> {party} <saybare> {topic}",
        "<howoften> <be> {party} <mentioned> {topic}",
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for the words as typed, over every turn of the scope, the operator's too; and for what they may misspell."""
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    return (
        Search(counted_topic(matter.query.topic), asked, verbatim=True, limit=COUNTED),
        Search(matter.query.topic, asked, limit=10, counted=False),
    )


def again(matter: Matter, findings: tuple[Findings, ...]) -> tuple[Search, ...]:
    """Look for what the words misspell, and, where they are nowhere as typed, for each of those that `and` joins."""
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    others = uncounted(matter.query.topic, findings)
    return tuple(Search(counted_topic(other), asked, verbatim=True, limit=COUNTED) for other in others)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Say how often, by call and speaker, with the turns that hold the words as evidence."""
    tally = tallied(matter, findings)
    readings = tuple(reading for reading in findings[1].readings if reading.how is How.CORRECTED)
    found = Findings(tally.matches, len(tally.matches), readings)
    facts, notes = tally.facts(matter), [rule(tally.topic, matter.query)]
    if not tally.total:
        what = f"the words {quoted(tally.topic)} as typed"
        unknown = title_notes(matter) and not any(found.matches for found in findings)
        result = "nothing counted: who holds that position is not known here" if unknown else "0 times"
        return page(matter, found, result, notes=[*nothing_notes(matter, what, findings), *notes], facts=facts)
    result = f"{count(tally.total, 'time')}, in {count(found.total, 'turn')} of {count(len(tally.calls), 'call')}"
    return page(matter, found, result, notes=notes, facts=facts, body=run_lines(tally))


def counted_and_shown(matter: Matter) -> tuple[Search, ...]:
    """Look for the words as typed to count them, and for the topic in all its words as evidence."""
    query = matter.query
    asked = wanted(query, matter.scope, matter.directory, query.party)
    return (
        Search(counted_topic(query.topic), asked, verbatim=True, limit=COUNTED),
        Search(query.topic, replace(asked, kinds=asked.kinds or SPEAKERS)),
    )


intent = Intent(
    name="count",
    lead="how often",
    usage="how often was TOPIC mentioned",
    example="how often was freight mentioned",
    summary="How many times words were said, by call and by speaker, with the rule they were counted by.",
    heading=Heading.COUNTS,
    rank=1,
    forms=FORMS,
    searches=searches,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("count", "often"),
    then=("compared", "first", "asked"),
)
