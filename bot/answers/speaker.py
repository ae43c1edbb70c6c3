"""A bare executive: their turns, newest call first."""

from bot.answers.answer import Answer, Facts
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import question_before
from bot.answers.scope import all_turns, wanted
from bot.answers.telling import by_call, by_speaker, count, nothing_notes, searched_note, title_notes
from bot.query.pattern import forms
from bot.search.findings import Findings
from bot.search.matches import ids_of, turns_of

NAMED = 3
"""Holders of a position up to which each is named."""


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look among the party's turns, with the topic where there is one."""
    if matter.query.topic.empty:
        return ()
    return (Search(matter.query.topic, wanted(matter.query, matter.scope, matter.directory, matter.query.party)),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show their turns, the question before each."""
    found = findings[0] if findings else all_turns(matter.query, matter.scope, matter.directory, questions=False)
    turns = turns_of(found.matches, matter.calls)
    who = matter.query.party.said if matter.query.party else "everybody"
    what = f"the turns of {who}"
    if not turns:
        lacking = f"no turn of {who} found" if matter.query.party else "no turn found"
        return page(matter, found, lacking, notes=nothing_notes(matter, what, findings))
    speakers = by_speaker(matter.directory, turns)
    facts = Facts(counts=by_call(matter, ids_of(found.matches)), by_speaker=speakers)
    # "who is the CFO": a position is named with its holders.
    held = f" ({', '.join(speakers)})" if matter.query.party and len(speakers) <= NAMED and who not in speakers else ""
    result = f"{who}{held}: {count(found.total, 'turn')}"
    return page(
        matter,
        found,
        result,
        notes=[searched_note(matter, what), *title_notes(matter)],
        facts=facts,
        beside=question_before,
    )


intent = Intent(
    name="speaker",
    lead="turns by",
    usage="NAME",
    example="the CFO",
    summary="Everything an executive said, newest call first.",
    heading=Heading.WORDS,
    rank=7,
    forms=(
        *forms(
            "<turns> by|of|from {party}",
            "<everything> {party} <saybare>",
            "what <be> {party} <saybare>",
            "what <be> {party} <say>",
            "turns by",
            "who is|was {party}",
            "<which> bank|firm|broker|company|house|brokerage <be> {party} work|works|working for|at|with",
            "<which> bank|firm|broker|company|house|brokerage <be> {party} with|from|at|for",
            "where <be> {party} work|works|working",
        ),
        *forms("show {party}", "{party} <remarks>", soft=True),
        *forms("<who> [<be>] runs|run|leads|heads|running|leading|heading", default="ceo"),
    ),
    searches=searches,
    compose=compose,
    names=("speaker", "turns", "name"),
    then=("guidance",),
)
