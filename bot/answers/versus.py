"""Versus: people, positions or firms side by side on a topic, by how often they said it and with turns of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.counted import COUNTED, counted_topic, other_topics, rule
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import answers, turn_of
from bot.answers.scope import speaks, wanted
from bot.answers.tally import Tally, tally
from bot.answers.telling import by_call, count, nothing_notes, searched_note, topic_words
from bot.query.pattern import forms
from bot.query.query import Party
from bot.query.topic import Topic
from bot.search.findings import Findings, Match
from bot.search.matches import whole

FORMS = forms(
    "<compare> {party} <about> {topic}",
    "<compare> what {party} <say> {topic}",
    "<compare> {topic} by|from|between|of|for {party}",
    "<compare> between {party} <about>|in {topic}",
    "how <be> {party} compare|compared|differ|differed|contrast <about> {topic}",
    "{topic} by|between {party} compared",
    "<who> <mentioned> {topic} more|most|<most> {party}",
    "<who> <say> {topic} more|<most> {party}",
    "<who> <say> more|<most> <about> {topic} {party}",
    "<who> talks|talked|spoke|speaks more|<most> <about> {topic} {party}",
    "compare|contrast {party}",
    soft=True,
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look, for each side, for the words as typed to count them, and for the topic in all its words to show."""
    query = matter.query
    made: list[Search] = []
    for side in _sides(matter):
        asked = wanted(query, matter.scope, matter.directory, side)
        made.append(Search(counted_topic(query.topic), asked, verbatim=True, limit=COUNTED))
        made.append(Search(query.topic, asked))
    return tuple(made)


def again(matter: Matter, findings: tuple[Findings, ...]) -> tuple[Search, ...]:
    """Where no side says the words as typed, look for what they misspell, and for each of those that `and` joins."""
    if any(counted.matches for counted, _ in _pairs(findings)):
        return ()
    asked = [wanted(matter.query, matter.scope, matter.directory, side) for side in _sides(matter)]
    return tuple(
        Search(counted_topic(other), each, verbatim=True, limit=COUNTED)
        for other in _others(matter, findings)
        for each in asked
    )


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Count each side's words, a line a side; the best turn of each leads, then the next of each."""
    sides = _sides(matter)
    pairs = _pairs(findings[: 2 * len(sides)])
    shown = [_own(matter, side, found) for side, (_, found) in zip(sides, pairs, strict=True)]
    tallies = _tallies(matter, findings)
    found = replace(pairs[0][1], matches=tuple(_in_turn([each.matches for each in shown])))
    found = replace(found, total=len(found.matches))
    what = f"{topic_words(matter, findings)} in the words of {' and of '.join(side.said for side in sides)}"
    if not found.matches:
        return page(matter, found, "nothing found", notes=nothing_notes(matter, what, findings))
    notes = [
        rule(tallies[0].topic, matter.query),
        searched_note(matter, what),
        Note(About.CAUTION, "a 0 means these words were not said in these calls, not that the subject never came up"),
    ]
    return page(
        matter,
        found,
        ", ".join(f"{side.said} {count(tally.total, 'time')}" for side, tally in zip(sides, tallies, strict=True)),
        notes=notes if not all(tally.total for tally in tallies) else notes[:2],
        facts=_facts(matter, tallies),
        body=[_line(side, tally, each) for side, tally, each in zip(sides, tallies, shown, strict=True)],
        beside=lambda of, hit: answers(of, hit) if hit.quote.turn.kind.value == "analyst" else (),
    )


def _tallies(matter: Matter, findings: tuple[Findings, ...]) -> list[Tally]:
    """Count for each side the same: the words as typed, and where neither says them what else is counted."""
    sides = _sides(matter)
    pairs, more = _pairs(findings[: 2 * len(sides)]), findings[2 * len(sides) :]
    counted: list[tuple[Topic, Sequence[Findings]]] = [(matter.query.topic, [said for said, _ in pairs])]
    others = _others(matter, findings) if more else ()
    counted += [(other, more[at * len(sides) : (at + 1) * len(sides)]) for at, other in enumerate(others)]
    told = [
        (topic, [_own(matter, side, each).matches for side, each in zip(sides, found, strict=True)])
        for topic, found in counted
    ]
    topic, said = next((each for each in told if any(each[1])), told[min(1, len(told) - 1)])
    return [tally(matter, topic, matches) for matches in said]


def _others(matter: Matter, findings: tuple[Findings, ...]) -> tuple[Topic, ...]:
    """Return what else is counted: corrected as either side's search read it."""
    pairs = _pairs(findings[: 2 * len(_sides(matter))])
    counted, found = pairs[0]
    readings = tuple(chain.from_iterable(each.readings for _, each in pairs))
    return other_topics(matter.query.topic, (counted, replace(found, readings=readings)))


def _sides(matter: Matter) -> tuple[Party, ...]:
    return matter.query.party.parts if matter.query.party else ()


def _pairs(findings: Sequence[Findings]) -> list[tuple[Findings, Findings]]:
    """Return what was found for each side: the words as typed, and the topic in all its words."""
    return list(zip(findings[::2], findings[1::2], strict=False))


def _own(matter: Matter, side: Party, found: Findings) -> Findings:
    """Keep what a side says itself: who holds a position is found by name, and may have held another elsewhere."""
    return replace(found, matches=tuple(each for each in found.matches if speaks(side, turn_of(matter.calls, each))))


def _in_turn(ranked: Sequence[Sequence[Match]]) -> list[Match]:
    """Return the best of each, then the next best of each; a turn that is both sides' once."""
    return list(dict.fromkeys(each for each in chain.from_iterable(zip_longest(*ranked)) if each is not None))


def _facts(matter: Matter, tallies: Sequence[Tally]) -> Facts:
    speakers = sum((tally.speakers for tally in tallies), Counter[str]())
    return Facts(
        counts=by_call(matter, chain.from_iterable(tally.calls.elements() for tally in tallies)),
        by_speaker=dict(speakers.most_common()),
        words=dict(sum((tally.words for tally in tallies), Counter[str]()).most_common()),
    )


def _line(side: Party, tally: Tally, found: Findings) -> str:
    """Return a side's figures: `the CFO: 4 times, in 2 turns of 1 call`."""
    if tally.total:
        turns, calls = count(len(tally.matches), "turn"), count(len(tally.calls), "call")
        return f"{side.said}: {count(tally.total, 'time')}, in {turns} of {calls}"
    others = len(whole(found).matches)
    about = f"; {count(others, 'turn')} about it in others" if others else ""
    return f"{side.said}: 0 times in these words{about}"


intent = Intent(
    name="versus",
    lead="versus",
    usage="NAME vs NAME on TOPIC",
    example="the CEO vs the CFO on margin",
    summary="What two people, positions or firms said about something, side by side.",
    heading=Heading.COUNTS,
    rank=3,
    forms=FORMS,
    searches=searches,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("versus", "vs"),
    then=("asked", "quoted", "compared"),
)
