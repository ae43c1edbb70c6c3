"""Farewell: the closing remarks of each call, management's last words that say more than a goodbye."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import turn_of
from bot.answers.scope import all_turns
from bot.answers.telling import by_call, by_speaker, count, nothing_notes, searched_note
from bot.kind import Kind
from bot.query.pattern import forms
from bot.search.findings import Findings, Match
from bot.turn import Turn

BRIEFEST = 12
"""Words of a turn from which it says more than a goodbye, as `Thank you everybody, and talk to you next quarter`."""


def searches(_: Matter) -> tuple[Search, ...]:
    """Search nothing: what was said last is known."""
    return ()


def compose(matter: Matter, _: tuple[Findings, ...]) -> Answer:
    """Show each call's last turn of management, or of who is named, that is no mere goodbye; newest call first."""
    query = matter.query
    found = all_turns(query, matter.scope, matter.directory, questions=False)
    ordered = sorted(found.matches, key=lambda match: (matter.directory.places.get(match.call, -1), match.turn))
    kept = tuple(_last(matter, ordered))
    turns = [turn_of(matter.calls, match) for match in kept]
    what = f"the turns of {query.party.said if query.party else 'management'}"
    found = replace(found, matches=kept, total=len(kept))
    if not kept:
        return page(matter, found, "no closing remarks found", notes=nothing_notes(matter, what, ()))
    rule = f"closing remarks are the last turn of {BRIEFEST} words or more in the transcript; it may end an answer"
    return page(
        matter,
        found,
        f"the closing remarks of {count(len(kept), 'call')}",
        notes=[Note(About.CAUTION, rule), searched_note(matter, what)],
        facts=Facts(
            counts=by_call(matter, (match.call for match in kept)), by_speaker=by_speaker(matter.directory, turns)
        ),
    )


def _last(matter: Matter, ordered: Sequence[Match]) -> Iterator[Match]:
    """Yield the last turn of each call that is one of theirs and long enough."""
    for _, matches in groupby(ordered, key=lambda match: match.call):
        for match in reversed(list(matches)):
            turn = turn_of(matter.calls, match)
            if (matter.query.party is not None or turn.kind is Kind.EXECUTIVE) and _says(turn):
                yield match
                break


def _says(turn: Turn) -> bool:
    return len(turn.text.split(maxsplit=BRIEFEST)) >= BRIEFEST


_CLOSING = "closing|final|concluding|last remarks|remark|comments|comment|words|thoughts|statement|statements"
_CALLED = "call|calls|conference|meeting|session|webcast"  # a quarter ends, too, and otherwise

intent = Intent(
    name="farewell",
    lead="closing remarks",
    usage="closing remarks [by NAME] [of CALL]",
    example="closing remarks",
    summary="Management's last words in each call that say more than a goodbye.",
    heading=Heading.CALLS,
    rank=8,
    forms=(
        *forms(
            f"[<search>] [what|which] [<be>] [the] {_CLOSING} [on|of|in] [the] [<call>]",
            f"how <be> they|management end|close|conclude|finish [the] [earnings|conference] [{_CALLED}]",
            f"how <be> end|close|conclude|finish the [earnings|conference] {_CALLED}",
            "how <be> [they|management] sign off",
            f"how <be> [they|management] wrap up [the] [earnings|conference] [{_CALLED}]",
            f"how <be> [the] [earnings|conference] {_CALLED} end|close|conclude|finish|ended|closed|concluded",
            f"how <be> [the] [earnings|conference] {_CALLED} wrap|wrapped up",
            weight=0.5,
        ),
        *forms(
            f"[what|which] [<be>] [the] {_CLOSING} by|from|of {{party}}",
            f"[what|which] [<be>] {{party}} {_CLOSING}",
            f"how <be> {{party}} end|close|conclude|finish [the] [earnings|conference] [{_CALLED}]",
            "how <be> {party} sign off",
            "[what|which] [<be>] [the] last|final|closing thing|things|words [that] {party} <saybare>",
            "{party} last|final words",
            f"how <be> {{party}} wrap up [the] [{_CALLED}]",
            "what [<be>] {party} <saybare> in|at [the] closing|conclusion|end|close [of] [the] [<call>]",
            soft=True,
            weight=0.5,
        ),
    ),
    searches=searches,
    compose=compose,
    names=("farewell", "closing remarks"),
    then=("people", "questions"),
)
