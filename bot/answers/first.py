"""First: the earliest mention in the loaded calls, and those after it."""

from dataclasses import replace

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import quote, turn_of
from bot.answers.scope import SPEAKERS, wanted
from bot.answers.telling import by_call, by_speaker, count, nothing_notes, searched_note
from bot.query.pattern import forms
from bot.search.findings import Findings, Why

FORMS = (
    *forms(
        "<which> <call> <first> <mentioned> {topic}",
        "<which> <call> [<be>] [the] <first> to <mentioned> {topic}",
        "<which> <call> <first> <say> {topic}",
        "<first> [<call>] [to] [mention|mentions|mentioned|reference|time|discussion|appearance] [of|<about>] {topic}",
        "when <be> {topic} <first> <mentioned>",
        "when <be> [they|anyone|we|anybody] <first> <say> {topic}",
        "when <be> [they|anyone|we|anybody] <first> <saybare> {topic}",
        "<who> [<be>] [the] <first> [person] [to] <say> {topic}",
        "<who> <first> <saybare> {topic}",
        "<who> <say> {topic} <first>",
        "<which> <call> <say> {topic} <first>",
        "when <be> the <first> mention of {topic}",
        "when <be> {topic} come up <first>",
        "when <be> {topic} <first> come|came up",
        "when <be> {topic} <mentioned> <first>",
        "<first> time [that] [they|anyone|we|management] <say> {topic}",
        "<first> time {topic} [<be>] <mentioned>",
        "in which <call> <be> {topic} <first> <mentioned>",
        "where <be> {topic} <first> <mentioned>",
        "<who> <first> <raise> {topic}",
    ),
    *forms(
        "when <be> {party} <first> <say> {topic}",
        "when <be> {party} <first> <saybare> {topic}",
        "when <be> {party} <say> {topic} <first>",
        "<first> time {party} <say> {topic}",
        soft=True,
    ),
    *forms(
        "<who> <first> <ask> <about> {topic}",
        "<who> <ask> <first> <about> {topic}",
        "<who> <be> [the] <first> [one|person|analyst] to <ask> <about> {topic}",
        "<who> <ask> <about> {topic} <first>",
        "<which> <analysts> <first> <ask> <about> {topic}",
        "<which> <analysts> <be> [the] <first> to <ask> <about> {topic}",
        "<which> <analysts> <ask> <about> {topic} <first>",
        "<first> question <about> {topic}",
        "when <be> <anyone> <first> <ask> <about> {topic}",
        default="analysts",
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look among everybody's turns but the operator's, or the party's."""
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    return (Search(matter.query.topic, replace(asked, kinds=asked.kinds or SPEAKERS), limit=10_000),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the mentions in order of time: the words themselves where they occur, synonyms only where they don't."""
    found = findings[0]
    what = f"“{matter.query.topic.text}”"
    if not found.matches:
        return page(matter, found, "no mention found", notes=nothing_notes(matter, what, findings))
    order = {call.id: place for place, call in enumerate(reversed(matter.scope))}
    ranked = sorted(found.matches, key=lambda match: (order.get(match.call, 0), match.turn))
    # Why a turn matched is worked out when looked at: no further than to the first that holds the words themselves.
    literal = (place for place, match in enumerate(ranked) if match.why in {Why.MATCHED, Why.CORRECTED})
    ranked = ranked[next(literal, 0) :]
    earliest = ranked[0]
    call = matter.calls[earliest.call]
    turns = [turn_of(matter.calls, match) for match in ranked]
    facts = Facts(
        counts=by_call(matter, (match.call for match in ranked)),
        by_speaker=by_speaker(turns),
        first=quote(call, call.turns[earliest.turn], earliest.spans),
    )
    notes = [
        Note(About.CAUTION, f"first means first in the {count(len(matter.scope), 'loaded call')} searched"),
        Note(About.COUNTED, "counts are turns that mention it, by call"),
        searched_note(matter, what),
    ]
    undated = [matter.named(each) for each in matter.scope if each.period is None and each.date is None]
    if undated:
        notes.append(Note(About.CAUTION, f"no date is known for {', '.join(undated[:3])}: taken as the earliest"))
    result = f"first in {matter.named(call)}, by {call.turns[earliest.turn].speaker or 'an unlabelled speaker'}"
    return page(matter, found, result, notes=notes, facts=facts, matches=ranked, total=len(ranked))


intent = Intent(
    name="first",
    lead="first mention of",
    usage="which call first mentioned TOPIC",
    example="which call first mentioned superchargers",
    summary="The earliest mention in the loaded calls.",
    forms=FORMS,
    searches=searches,
    compose=compose,
    needs_topic="always",
    names=("first", "earliest"),
)
