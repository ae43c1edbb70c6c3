"""Who asked about something: the question turns, with their answers."""

from dataclasses import replace

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import answers
from bot.answers.scope import all_turns, wanted
from bot.answers.substance import telling
from bot.answers.telling import (
    asked_by,
    askers,
    by_call,
    by_speaker,
    nothing_notes,
    relayed_notes,
    searched_note,
    topic_words,
)
from bot.kind import Kind
from bot.query.pattern import forms
from bot.search.findings import Findings, Why
from bot.search.matches import ids_of, turns_of, whole

LOOKED_AT = 60
"""Questions up to which each is looked at for whether it says the words themselves."""

FORMS = (
    *forms(
        "<who> <ask> <about> {topic} [<over>]",
        "<who> <ask> <about> {topic} <andanswer>",
        "<which> <analysts> <ask> <about> {topic} <andanswer>",
        "<who> [<be>] <ask> <whether> {topic}",
        "<who> [<be>] <raise> {topic}",
        "<which> <analysts> [who|that] [<be>] <ask> <about> {topic}",
        "<which> <analysts> [who|that] [<be>] <raise> {topic}",
        "<which> <analysts> [<be>] <ask> <whether> {topic}",
        "<analysts> [who|that] [<be>] <ask> <about> {topic}",
        "<analysts> who|that [<be>] <raise> {topic}",
        "[<which>] analyst|analysts|broker|brokers|bank|banks|firm|firms who|that [<be>] <say> {topic}",
        "<which> analyst|analysts|broker|brokers|bank|banks|firm|firms [<be>] <say> {topic}",
        "[<be>] <anyone> <ask> <about> {topic}",
        "[<be>] <anyone> <raise> {topic}",
        "<be> <anyone> push|pushed|pushing back on|about|against|over {topic}",
        "<be> there [any|much] pushback|push-back on|about|against|over|to|around {topic}",
        "[<be>] nobody|noone <ask> <about> {topic}",
        "[<be>] no one <ask> <about> {topic}",
        "<be> <anyone> <ask> <whether> {topic}",
        "[<which>] <question> [<be>] [there|asked] <about> {topic}",
        "<be> there [any] <question> <about> {topic}",
        "what [<be>] [<question>] asked <about> {topic}",
        "<which> <question> <be> asked <about> {topic}",
        "<who> <ask> {topic}",
        "<which> <analysts> <ask> {topic}",
        "<who> {topic}",
        "<who> [<be>] <ask> <question> <about> {topic}",
        "how many <question> [<be>] [there] [asked] <about> {topic}",
        "how many <analysts> <ask> <about> {topic}",
        "[the] number|count of <question> <about> {topic}",
        "{topic} <question>",
        "analysts|analyst <about> {topic}",
        "<who> <ask>",
        "<who> <ask> {party} <about> {topic}",
        "<ask> <about> {topic}",
        "pushback|pushbacks <about>|from|to {topic}",
        "{topic} <who> [<be>] <ask> [<about>] [it|that|this|them|those]",
        "{topic} <who> [<be>] raised|raise|questioned|challenged [it|that|this|them|those]",
        "{topic} <who> brought|bring it|that|this|them up",
        "<which> <question> <be> they|management|mgmt|company get|got|receive|receiving|face|field [<about> {topic}]",
        "list of <analysts>",
        "<who> <be> [the] <analysts>",
        "<which> <analysts> <be> on|there|present",
        "<who> <ask> [a|any|the] <question>",
        "<which> <analysts> <ask> [a|any|the] <question>",
        "how many <analysts> <ask> [a|any] [<question>]",
        "how many <question> [<be>] [there] [asked]",
        "how many <question> <be> <analysts> <ask>",
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look among the question turns of askers; where a call's exchanges are unknown, among its analysts' turns."""
    if matter.query.topic.empty:
        return ()
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    if any(call.exchanges for call in matter.scope):
        kinds = tuple(kind for kind in asked.kinds if kind is not Kind.ANALYST)
        return (Search(matter.query.topic, replace(asked, questions=True, kinds=kinds)),)
    return (Search(matter.query.topic, replace(asked, kinds=(Kind.ANALYST,))),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the question turns, best first, with their answers as context."""
    found = findings[0] if findings else all_turns(matter.query, matter.scope, matter.directory, questions=True)
    if matter.query.topic.empty:
        found = telling(found, matter.calls)
    counted = whole(found)
    turns = turns_of(counted.matches, matter.calls)
    what = f"{topic_words(matter, findings)} in questions" if matter.query.topic.text else "all questions"
    people = askers(matter.directory, turns)
    if not turns:
        return page(matter, found, "no one found asking about it", notes=nothing_notes(matter, what, findings))
    result = asked_by(matter.directory, turns, counted)
    notes = [searched_note(matter, what), *_literal(counted)]
    notes.extend(relayed_notes(turns))
    facts = Facts(
        askers=people,
        counts=by_call(matter, ids_of(counted.matches)),
        by_speaker=by_speaker(matter.directory, turns),
    )
    return page(matter, found, result, notes=notes, facts=facts, beside=answers)


def _literal(found: Findings) -> list[Note]:
    """Tell how many of the questions say the words themselves, where not all do."""
    if len(found.matches) > LOOKED_AT:
        return []
    literal = sum(1 for match in found.matches if match.why in {Why.MATCHED, Why.CORRECTED, Why.FILTER})
    others = sum(1 for match in found.matches if match.why is Why.SYNONYM)
    if not literal or not others:
        return []
    return [Note(About.COUNTED, f"with the words asked: {literal}; with a synonym: {others}")]


intent = Intent(
    name="who",
    lead="who asked about",
    usage="who asked about TOPIC",
    example="who asked about superchargers",
    summary="Who asked about something, in which words, and what was answered.",
    heading=Heading.WORDS,
    rank=1,
    forms=FORMS,
    searches=searches,
    compose=compose,
    names=("who", "asked", "questions"),
    then=("answered", "quoted", "counted"),
)
