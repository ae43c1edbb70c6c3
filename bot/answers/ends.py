"""Which question a call opened or closed with: the first or the last that asks something."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Matter, Search
from bot.answers.page import page
from bot.answers.quotes import answers, turn_of
from bot.answers.scope import all_turns
from bot.answers.substance import substantial
from bot.answers.telling import (
    askers,
    by_call,
    by_speaker,
    count,
    nothing_notes,
    relayed_notes,
    searched_note,
    topic_words,
)
from bot.answers.who import searches as questions
from bot.search.findings import Findings, Match

RULES = ("asks something; a thank-you is passed over", "is about it")
MOST = 2_000
"""Questions about a topic that are looked through for each call's first or last."""


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for the questions about a topic; without one there is nothing to search, as who asked is known."""
    return tuple(replace(each, limit=MOST, counted=False) for each in questions(matter))


def compose(matter: Matter, findings: tuple[Findings, ...], end: int, said: str) -> Answer:
    """Show the question at one end of each call (0: the first, -1: the last), newest call first, with its answers."""
    topic = matter.query.topic
    found = findings[0] if findings else all_turns(matter.query, matter.scope, matter.directory, questions=True)
    about = tuple(found.matches) if findings else tuple(match for match in found.matches if _asks(matter, match))
    kept = tuple(_ends(sorted(about, key=lambda match: matter.directory.places[match.call]), end))
    turns = [turn_of(matter.calls, match) for match in kept]
    who = f" by {matter.query.party.said}" if matter.query.party else ""
    if topic.text:
        who = f" about {topic_words(matter, findings)}{who}"
    if not kept:
        found = replace(found, matches=(), total=0)
        return page(matter, found, "no question found", notes=nothing_notes(matter, f"questions{who}", findings))
    return page(
        matter,
        replace(found, matches=kept, total=len(kept)),
        f"the {said} question{who} of {count(len(kept), 'call')}",
        notes=[
            Note(About.CAUTION, f"{said} means {said} in the transcript that {RULES[bool(topic.text)]}"),
            searched_note(matter, f"questions{who}"),
            *relayed_notes(turns),
        ],
        facts=Facts(
            askers=askers(matter.directory, turns),
            counts=by_call(matter, (match.call for match in kept)),
            by_speaker=by_speaker(matter.directory, turns),
        ),
        beside=answers,
    )


def _asks(matter: Matter, match: Match) -> bool:
    return substantial(turn_of(matter.calls, match))


def _ends(asking: Sequence[Match], end: int) -> Iterator[Match]:
    for _, matches in groupby(asking, key=lambda match: match.call):
        yield sorted(matches, key=lambda match: match.turn)[end]
