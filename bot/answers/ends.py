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
from bot.answers.telling import askers, by_call, by_speaker, count, nothing_notes, relayed_notes, searched_note
from bot.search.findings import Match


def searches(matter: Matter) -> tuple[Search, ...]:
    """Nothing to search: who asked is known."""
    del matter
    return ()


def compose(matter: Matter, end: int, said: str) -> Answer:
    """Show the question at one end of each call (0: the first, -1: the last), newest call first, with its answers."""
    found = all_turns(matter.query, matter.scope, matter.directory, questions=True)
    asking = tuple(match for match in found.matches if substantial(turn_of(matter.calls, match)))
    kept = tuple(_ends(asking, end))
    turns = [turn_of(matter.calls, match) for match in kept]
    who = f" by {matter.query.party.said}" if matter.query.party else ""
    if not kept:
        found = replace(found, matches=(), total=0)
        return page(matter, found, "no question found", notes=nothing_notes(matter, f"questions{who}", ()))
    return page(
        matter,
        replace(found, matches=kept, total=len(kept)),
        f"the {said} question{who} of {count(len(kept), 'call')}",
        notes=[
            Note(
                About.CAUTION, f"{said} means {said} in the transcript that asks something; a thank-you is passed over"
            ),
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


def _ends(asking: Sequence[Match], end: int) -> Iterator[Match]:
    for _, matches in groupby(asking, key=lambda match: match.call):
        yield sorted(matches, key=lambda match: match.turn)[end]
