"""What was put to somebody: the questions that they answered, with the answers.

To whom a question was put stands in no transcript: who answered it does.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.answers.answer import Answer, Facts
from bot.answers.exchanges import answers_to, asked_by
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import answers
from bot.answers.scope import all_turns, speaks, wanted
from bot.answers.substance import telling
from bot.answers.telling import asked_by as people_and_questions
from bot.answers.telling import askers, by_call, by_speaker, nothing_notes, relayed_notes, searched_note, topic_words
from bot.query.pattern import forms
from bot.query.query import Query
from bot.search.findings import Findings
from bot.search.matches import ids_of, only, turns_of, whole
from bot.turn import Turn

FORMS = (
    *forms(
        "what <be> {asker} <ask> {party} [<about> {topic}]",
        "what <be> {asker} <ask> {party} <about>",
        "what|which <question> <be> {asker} <ask> [of] {party} [<about> {topic}]",
        "<be> {asker} <ask> {party} [anything|something|questions] [<about> {topic}]",
        "[<question>] {asker} <ask> {party} [<about> {topic}]",
        "{asker} <question> to|for {party} [<about> {topic}]",
        "<question> from|by {asker} to|for {party} [<about> {topic}]",
        "<question> to|for {party} from|by {asker} [<about> {topic}]",
        "<question> [that] {asker} had|has for {party} [<about> {topic}]",
        "<question> to|for {party} [<about> {topic}]",
        "{topic} <question> to|for {party}",
        soft=True,
        default="answers",  # of somebody who answers: a house that is asked is the company
    ),
    *forms(
        "what <be> {party} asked [<about> {topic}]",
        "what <be> {party} asked <about>",
        "what <be> {party} asked by {asker} [<about> {topic}]",
        "what|which <question> <be> {party} asked [<about> {topic}]",
        "what|which <question> <be> {party} answer|answered|take|took|field|fielded|get|got [<about> {topic}]",
        "<question> [that] {party} answered|took|fielded|got [<about> {topic}]",
        "<question> answered|taken|fielded by {party} [<about> {topic}]",
        "how many <question> <be> {party} asked [<about> {topic}]",
        "how many <question> <be> {party} answer|answered|take|took|field|fielded|get|got [<about> {topic}]",
        soft=True,
        default="answers",
    ),
    *forms("<question> answered by"),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for the topic among the questions of the exchanges in which the one asks and the other answers."""
    query = matter.query
    if query.topic.empty:
        return ()
    answered = _answered_by(query)
    every = ((call, exchange) for call in matter.scope for exchange in call.exchanges)
    asked = asked_by(matter.scope, query.asker) if query.asker else every
    pairs = tuple(
        (call.id, one.index) for call, one in asked if any(answered(call.turns[index]) for index in one.answer_turns)
    )
    made = wanted(query, matter.scope, matter.directory)
    return (Search(query.topic, replace(made, questions=True, exchanges=pairs)),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the questions, best first (newest call first without a topic), each with its answers."""
    query = matter.query
    found = _put(matter, findings[0] if findings else _all(matter))
    counted = whole(found)
    turns = turns_of(counted.matches, matter.calls)
    by = f" by {query.party.said}" if query.party else ""
    by += "".join(f", not by {party.said}" for party in query.without)
    what = f"questions{f' of {query.asker.said}' if query.asker else ''} answered{by}"
    what = f"{topic_words(matter, findings)} in {what}" if query.topic.text else what
    if not turns:
        return page(matter, found, f"no question answered{by} found", notes=nothing_notes(matter, what, findings))
    facts = Facts(
        askers=askers(matter.directory, turns),
        counts=by_call(matter, ids_of(counted.matches)),
        by_speaker=by_speaker(matter.directory, turns),
    )
    notes = [searched_note(matter, what), *relayed_notes(turns)]
    result = f"{people_and_questions(matter.directory, turns, counted)} answered{by}"
    return page(matter, found, result, notes=notes, facts=facts, beside=answers)


def _all(matter: Matter) -> Findings:
    """Return every question of the asker's that tells something."""
    theirs = replace(matter.query, party=matter.query.asker, without=())
    return telling(all_turns(theirs, matter.scope, matter.directory, questions=True), matter.calls)


def _put(matter: Matter, found: Findings) -> Findings:
    """Keep the questions that the party answered before the next one was asked; those of who is left out alone go."""
    query = matter.query
    if query.party is None and not query.without:
        return found
    answered = _answered_by(query)
    kept = []
    for rank, match in enumerate(found.matches):
        call = matter.calls[match.call]
        if any(answered(call.turns[index]) for index in answers_to(call, match.turn)):
            kept.append(rank)
    lost = len(found.matches) - len(kept)
    return replace(found, matches=only(found.matches, kept), total=found.total - lost) if lost else found


def _answered_by(query: Query) -> Callable[[Turn], bool]:
    """Return what tells an answer that was asked for: whoever answers is management, whatever the party's kinds."""
    party = None if query.party is None else replace(query.party, kinds=())
    without = [replace(each, kinds=()) for each in query.without if each.persons or each.titles]

    def answered(turn: Turn) -> bool:
        return (party is None or speaks(party, turn)) and not any(speaks(each, turn) for each in without)

    return answered


intent = Intent(
    name="put",
    lead="questions answered by",
    about="questions answered about",
    usage="what did FIRM ask NAME [about TOPIC]",
    example="what did Morgan Stanley ask the CFO",
    summary="What somebody was asked, and what they answered.",
    heading=Heading.WORDS,
    rank=8,
    forms=FORMS,
    searches=searches,
    compose=compose,
    names=("put", "addressed"),
    then=("asked", "quoted", "asker"),
    paired=True,
)
