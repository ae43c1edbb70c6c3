"""Longest: the answers, questions or turns that took the most words."""

from dataclasses import replace

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.counted import COUNTED
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import question_before, turn_of
from bot.answers.scope import all_turns, wanted
from bot.answers.telling import by_call, by_speaker, count, nothing_notes, searched_note, topic_words
from bot.kind import Kind
from bot.query.pattern import forms
from bot.search.findings import Findings, Match, Why
from bot.search.matches import whole
from bot.turn import Turn


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for all turns about a topic; without one there is nothing to search, as what was said is known."""
    query = matter.query
    if query.topic.empty:
        return ()
    asked = wanted(query, matter.scope, matter.directory, query.party)
    return (Search(query.topic, asked, limit=COUNTED, counted=False),)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the turns that say the most words, longest first; of equals the newer call's."""
    query = matter.query
    found = whole(findings[0]) if findings else all_turns(query, matter.scope, matter.directory, questions=False)
    kept = [match for match in found.matches if _spoken(match, turn_of(matter.calls, match))]
    words = {match: len(turn_of(matter.calls, match).text.split()) for match in kept}
    places = matter.directory.places
    ranked = sorted(kept, key=lambda match: (-words[match], places.get(match.call, -1), match.turn))
    what = f"the turns of {query.party.said if query.party else 'everybody but the operator'}"
    if findings:
        what += f" about {topic_words(matter, findings)}"
    if not ranked:
        return page(
            matter, replace(found, matches=(), total=0), "nothing found", notes=nothing_notes(matter, what, findings)
        )
    first = turn_of(matter.calls, ranked[0])
    turns = [turn_of(matter.calls, match) for match in ranked]
    return page(
        matter,
        replace(found, matches=tuple(ranked), total=len(ranked)),
        f"{words[ranked[0]]:,} words by {first.speaker or 'an unlabelled speaker'}, of {count(len(ranked), 'turn')}",
        notes=[
            Note(About.CAUTION, "longest means most words in one turn of the transcript; the longest comes first"),
            searched_note(matter, what),
        ],
        facts=Facts(
            counts=by_call(matter, (match.call for match in ranked)), by_speaker=by_speaker(matter.directory, turns)
        ),
        beside=question_before,
    )


def _spoken(match: Match, turn: Turn) -> bool:
    """Whether a turn is somebody's own words on the matter: no operator's, and not only a follow-up to it."""
    return turn.kind is not Kind.OPERATOR and match.why is not Why.FOLLOW_UP


intent = Intent(
    name="longest",
    lead="longest turns",
    usage="longest answer [on TOPIC]",
    about="longest turns on",
    example="longest answer on freight",
    summary="The turns that took the most words: management's, an analyst's, or somebody's.",
    heading=Heading.CALLS,
    rank=7,
    forms=(
        *forms(
            "[what|which] [<be>] [the] longest <answer> [<about> {topic}]",
            "<who> gave|had [the] longest <answer> [<about> {topic}]",
            default="answers",
            weight=0.5,
        ),
        *forms(
            "[what|which] [<be>] [the] longest <question> [<about> {topic}]",
            "<who> <ask>|had [the] longest <question> [<about> {topic}]",
            default="analysts",
            weight=0.5,
        ),
        *forms(
            "[what|which] [<be>] [the] longest turn|turns|remark|remarks|speech|statement|monologue [<about> {topic}]",
            "longest turns",
            weight=0.5,
        ),
        *forms(
            "longest <answer> by|from|of {party} [<about> {topic}]",
            "{party} longest <answer> [<about> {topic}]",
            soft=True,
            default="answers",
            weight=0.5,
        ),
        *forms(
            "longest <question> by|from|of {party} [<about> {topic}]",
            "{party} longest <question> [<about> {topic}]",
            soft=True,
            default="analysts",
            weight=0.5,
        ),
        *forms(
            "longest turn|turns|remark|remarks by|from|of {party} [<about> {topic}]",
            "{party} longest turn|turns|remark|remarks [<about> {topic}]",
            soft=True,
            weight=0.5,
        ),
    ),
    searches=searches,
    compose=compose,
    names=("longest",),
    then=("people", "questions"),
)
