"""Quote: management's own words about something; analysts' only where only they said it, and told."""

from dataclasses import replace

from bot.answers.answer import About, Answer, Context, Facts, Hit, Note, Relation
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import question_before, quote
from bot.answers.scope import wanted
from bot.answers.telling import (
    at_least,
    by_call,
    by_speaker,
    count,
    nothing_notes,
    searched_note,
    title_notes,
    topic_words,
    untitled_note,
)
from bot.kind import Kind
from bot.query.pattern import forms
from bot.search.findings import Findings, Why
from bot.search.matches import ids_of, turns_of, whole

ASKING = (Kind.ANALYST, Kind.HOST)
"""Whose words stand beside management's."""
ALSO_SAID = 2
"""Analysts' own turns shown beside the first page of management's."""
BESIDE = 60
"""Analysts' turns that those are chosen from: a turn found costs a hundredth of what looking for it does."""

FORMS = (
    *forms(
        "<quote> [<about>|of|for] {topic}",
        "<quote>",
        "best|key|top|notable|main|list <quote> <about>|of|for {topic}",
        "exact|actual words|wording|language|phrasing <about>|of|for {topic}",
        "word for word {topic}",
        "what {topic} <be> they|management|mgmt|we give|gave|given|provide|provided|issue|issued|offer|offered",
        "<remarks> <about> {topic}",
        "what [<be>] <cause> {topic}",
        "reason|reasons for|behind {topic}",
        "what words|word|language|wording|phrase|phrases <be> they|management|mgmt use|used for|on|<about> {topic}",
        "what <be> they|we|management|mgmt doing <about> {topic}",
        "what tone|line|stance|position <be> they|management|mgmt take|took|strike|struck on|<about> {topic}",
        "[what] [<be>] [the] driver|drivers|cause|causes of|behind {topic}",
        "{topic} quote|quotes|commentary|comments|color|colour|wording|remarks",
        "<quote> what [<be>] they|management|mgmt <saybare> [<about>] {topic}",
    ),
    *forms(
        "<quote> [from|by|of] {party} <about> {topic}",
        "exact|actual|very words|wording|language|phrasing of|from|by {party} <about> {topic}",
        "<quote> {topic} by|from {party}",
        "<quote> <about> {topic} by|from {party}",
        "[all|every] <quote> from|by|of {party}",
        "all|every <quote> from|by|of {party} <about> {topic}",
        "<remarks> from|by|of {party} <about> {topic}",
        "<quote> {party} {topic}",
        "<quote> {party}",
        "{topic} <quote> from|by|of {party}",
        "{topic} comments|commentary|remarks from|by|of {party}",
        "{party} {topic} quote|quotes|commentary|comments",
        "<quote> what [<be>] {party} <say> {topic}",
        "word for word what [<be>] {party} <say> {topic}",
        "what words|word|language|wording|phrase|phrases <be> {party} use|used for|on|<about> {topic}",
        soft=True,
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look among management's turns and, beside the first page of them, for analysts'; or among the named party's."""
    query = matter.query
    asked = wanted(query, matter.scope, matter.directory, query.party)
    if query.party is not None:
        return (Search(query.topic, asked),)
    managements = Search(query.topic, replace(asked, kinds=(Kind.EXECUTIVE, Kind.UNKNOWN)))
    if matter.offset:
        return (managements,)
    return managements, Search(query.topic, replace(asked, kinds=ASKING), limit=BESIDE, counted=False)


def again(matter: Matter, findings: tuple[Findings, ...]) -> tuple[Search, ...]:
    """Where management did not say it, look for all that analysts said."""
    if matter.query.party is not None or findings[0].matches or not all(each.matches for each in findings[1:]):
        return ()
    asked = wanted(matter.query, matter.scope, matter.directory)
    return (Search(matter.query.topic, replace(asked, kinds=ASKING)),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the speaking turns, best first, the question before each, and what analysts said of it themselves."""
    query = matter.query
    found, also = findings[0], findings[-1] if len(findings) > 1 else Findings()
    findings = (found, also)
    what = topic_words(matter, findings) if query.topic.text else "every turn"
    if query.party is not None:
        what += f" in the words of {query.party.said}"
    notes: list[Note] = []
    if not found.matches and also.matches:
        notes.append(
            Note(About.CAUTION, "only analysts said it, in the calls searched: these are their words, not management's")
        )
        found, also = also, Findings()
    if not found.matches:
        return page(matter, found, "nothing found", notes=nothing_notes(matter, what, findings))
    turns = turns_of(found.matches, matter.calls)
    if any(turn.speaker is None for turn in turns[matter.offset : matter.offset + matter.limit]):
        notes.append(Note(About.CAUTION, "some turns are unlabelled in the source: who speaks there is not known"))
    notes.extend((*untitled_note(matter, turns), *title_notes(matter)))
    counted = whole(found)
    speakers = by_speaker(matter.directory, turns if counted is found else turns_of(counted.matches, matter.calls))
    facts = Facts(counts=by_call(matter, ids_of(counted.matches)), by_speaker=speakers)
    result = f"{count(counted.total, 'turn')} by {at_least(len(speakers), 'speaker', counted)}"
    if counted.matches and all(match.why is Why.FOLLOW_UP for match in counted.matches):
        answered = count(counted.total, "turn answers questions", "turns answer questions")
        result = f"not said in these words; {answered} about it"
    answer = page(
        matter, found, result, notes=[*notes, searched_note(matter, what)], facts=facts, beside=question_before
    )
    return replace(answer, context=(*answer.context, *_also_said(matter, answer.hits, also)))


def _also_said(matter: Matter, hits: tuple[Hit, ...], also: Findings) -> tuple[Context, ...]:
    """Analysts' own words, beside the first page only; each with the hit of its own call where there is one."""
    if matter.offset or not hits:
        return ()
    made = []
    for match in also.matches[:ALSO_SAID]:
        call = matter.calls[match.call]
        of = next((index for index, hit in enumerate(hits) if hit.quote.call.id == match.call), 0)
        made.append(Context(of, Relation.ALSO_SAID, quote(call, call.turns[match.turn], match.spans)))
    return tuple(made)


intent = Intent(
    name="quote",
    lead="quote",
    usage="quote TOPIC [by NAME]",
    example="quote margin",
    summary="Management's own words on a topic, word for word.",
    heading=Heading.WORDS,
    rank=2,
    forms=FORMS,
    searches=searches,
    compose=compose,
    needs_topic="or filter",
    again=again,
    names=("quote", "quotes"),
    then=("asked", "compared", "first"),
)
