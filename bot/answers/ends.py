"""Which questions a call opened or closed with: the first or the last that ask something."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.counted import COUNTED
from bot.answers.intent import Matter, Search
from bot.answers.page import page
from bot.answers.quotes import answers, turn_of
from bot.answers.scope import all_turns
from bot.answers.substance import asking
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
from bot.answers.whole import Whole
from bot.query.topic import Topic
from bot.search.findings import Findings, Match, Why


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for all questions about a topic; without one there is nothing to search, as who asked is known."""
    return tuple(replace(each, limit=COUNTED, counted=False) for each in questions(matter))


def compose(matter: Matter, findings: tuple[Findings, ...], end: int, said: str) -> Answer:
    """Show the question at one end of each call (0: the first, -1: the last), newest call first, with its answers.

    Where a number was asked, as many of each call, from that end on.
    """
    topic, number = matter.query.topic, matter.query.limit or 1
    found = findings[0] if findings else all_turns(matter.query, matter.scope, matter.directory, questions=True)
    about = sorted(found.matches, key=lambda match: (matter.directory.places.get(match.call, -1), match.turn))
    whole = Whole.of(topic, found.readings)

    def fits(match: Match) -> bool:
        turn = turn_of(matter.calls, match)
        return whole.held_by(match, turn) if findings else asking(turn)

    kept = tuple(_ends(about, end, number, fits))
    partly = bool(findings) and not kept
    if partly:
        kept = tuple(_ends(about, end, number, lambda match: match.why is not Why.FOLLOW_UP))
    turns = [turn_of(matter.calls, match) for match in kept]
    calls = len({match.call for match in kept})
    who = f" by {matter.query.party.said}" if matter.query.party else ""
    each = "each of " if number > 1 and calls > 1 else ""
    if topic.text:
        who = f" about {topic_words(matter, findings)}{who}"
    if not kept:
        found = replace(found, matches=(), total=0)
        return page(matter, found, "no question found", notes=nothing_notes(matter, f"questions{who}", findings))
    return page(
        matter,
        replace(found, matches=kept, total=len(kept)),
        f"the {said} {f'{number} questions' if number > 1 else 'question'}{who} of {each}{count(calls, 'call')}",
        notes=[
            Note(About.CAUTION, f"{said} means {said} in the transcript that {_rule(topic, partly=partly)}"),
            *_partly_notes(topic_words(matter, findings), partly=partly),
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


def _rule(topic: Topic, *, partly: bool) -> str:
    """Say which questions are looked at for each call's first or last."""
    if topic.empty:
        return "asks something; a thank-you is passed over"
    several = len(topic.ranked) > 1 and not partly
    return "says all of it, in these words or others" if several else "is about it"


def _partly_notes(words: str, *, partly: bool) -> list[Note]:
    if not partly:
        return []
    return [Note(About.CAUTION, f"no question says all of {words}: shown are questions that say a part of it")]


def _ends(asking: Sequence[Match], end: int, number: int, fits: Callable[[Match], bool]) -> Iterator[Match]:
    """Yield of each call's questions the first ones that fit, or the last (`end` is -1): few are looked at."""
    for _, matches in groupby(asking, key=lambda match: match.call):
        held = list(matches)
        yield from islice(filter(fits, held if end == 0 else reversed(held)), number)
