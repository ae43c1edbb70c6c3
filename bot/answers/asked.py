"""What a firm or an analyst asked: their question turns, with the answers."""

from dataclasses import replace

from bot.answers.answer import Answer, Facts
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import answers
from bot.answers.scope import all_turns, wanted
from bot.answers.substance import telling
from bot.answers.telling import asked_by, askers, by_call, by_speaker, nothing_notes, searched_note, topic_words
from bot.kind import Kind
from bot.query.pattern import forms
from bot.search.findings import Findings
from bot.search.matches import ids_of, turns_of, whole

FORMS = (
    *forms(
        "what [<be>] {party} <ask> [<about> {topic}]",
        "what [<be>] {party} <ask> <about>",
        "what|which <question> <be> {party} <ask> [<about> {topic}]",
        "what [<be>] {party} <ask> [<about> {topic}] <over>",
        "what [<be>] {party} <raise> {topic}",
        "<be> {party} <ask> [anything|something|questions] [<about> {topic}]",
        "[<be>] {party} <ask> <about> {topic}",
        "<be> {party} <ask> {topic}",
        "<be> {party} <raise> {topic}",
        "<question> from|by|of {party} [<about> {topic}]",
        "[<be>] there [a|any] <question> from|by {party} [<about> {topic}]",
        "<question> [that|which] {party} <ask> [<about> {topic}]",
        "how many <question> <be> {party} [had] <ask> [<about> {topic}]",
        "how many <question> <be> {party} had|have|get",
        "<howoften> [<be>] {party} <ask> [<about> {topic}]",
        "<everything> {party} <ask> [<about> {topic}]",
        "what <be> {party} <question> [<about> {topic}]",
        "when <be> {party} <ask> <about> {topic}",
        "why <be> {party} <ask> <about> {topic}",
        "who|whom <be> {party} <ask>",
        "who|whom <be> {party} <ask> <about> {topic}",
    ),
    *forms(
        "{party} <question> [<about> {topic}]",
        "{party} <question> {topic}",
        "{party} {topic} <question>",
        "[all|every] of {party} <question> [<about> {topic}]",
        "{party} <ask> [<about>] {topic}",
        "{party} <ask>",
        "analysts at|from|of {party} <about> {topic}",
        soft=True,
    ),
    *forms(
        "<who>|<anyone> at|from|of {party} <ask> [<about> {topic}]",
        soft=True,
    ),
    *forms("<be> <anyone> at|from|of {party} <ask> [<about> {topic}]"),
    *forms(
        "what <be> <anyone> <ask> [<about> {topic}]",
        "what did|does ask [<about> {topic}]",
        "what <be> <anyone> <ask> <about>",
        "what <be> <anyone> [most|mostly|all] <raise>",
        default="analysts",
    ),
    *forms(
        "<question>",
        "list <question>",
        "all <question>",
        "<question> by",
        "what [<be>] [they] asked",
        "what got asked",
        "<question> asked",
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look among the party's question turns; where a call's exchanges are unknown, among all its turns."""
    query = matter.query
    if query.topic.empty:
        return ()
    asked = wanted(query, matter.scope, matter.directory, query.party)
    kinds = tuple(kind for kind in asked.kinds if kind is not Kind.ANALYST)
    if any(call.exchanges for call in matter.scope):
        return (Search(query.topic, replace(asked, questions=True, kinds=kinds)),)
    return (Search(query.topic, replace(asked, kinds=asked.kinds or (Kind.ANALYST,))),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show their questions, best first (newest call first without a topic), with the answers as context."""
    found = findings[0] if findings else all_turns(matter.query, matter.scope, matter.directory, questions=True)
    if matter.query.topic.empty:
        found = telling(found, matter.calls)
    counted = whole(found)
    turns = turns_of(counted.matches, matter.calls)
    who = matter.query.party.said if matter.query.party else "analysts"
    what = (
        f"{topic_words(matter, findings)} in questions by {who}" if matter.query.topic.text else f"questions by {who}"
    )
    if not turns:
        return page(matter, found, f"no question by {who} found", notes=nothing_notes(matter, what, findings))
    people = askers(matter.directory, turns)
    facts = Facts(
        askers=people,
        counts=by_call(matter, ids_of(counted.matches)),
        by_speaker=by_speaker(matter.directory, turns),
    )
    result = asked_by(matter.directory, turns, counted)
    return page(matter, found, result, notes=[searched_note(matter, what)], facts=facts, beside=answers)


intent = Intent(
    name="asked",
    lead="questions by",
    about="questions about",
    usage="what did FIRM ask [about TOPIC]",
    example="what did Morgan Stanley ask",
    summary="What a firm or an analyst asked, and what was answered.",
    heading=Heading.WORDS,
    rank=4,
    forms=FORMS,
    searches=searches,
    compose=compose,
    names=("asked", "questions", "firm"),
    then=("exchange", "asked", "quoted"),
)
