"""First: the earliest mention in the loaded calls, and those after it."""

from dataclasses import replace
from typing import Literal

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.counted import corrected_topic
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import quote, turn_of
from bot.answers.scope import SPEAKERS, wanted
from bot.answers.telling import by_call, by_speaker, count, nothing_notes, searched_note, topic_words
from bot.call import Call
from bot.query.pattern import forms
from bot.query.reading import How
from bot.query.topic import EACH, EITHER, AllOf, AnyOf, Node, Phrase, Term, Topic
from bot.search.findings import Findings
from bot.search.sense import words_of
from bot.search.wanted import Wanted
from bot.search.ways import other_ways

FORMS = (
    *forms(
        "<which> <call> <first> <mentioned> {topic}",
        "<which> <call> [<be>] [the] <first> to <mentioned> {topic}",
        "<which> <call> <first> <say> {topic}",
        "<first> [<call>] [to] [mention|mentions|mentioned|reference|time|discussion|appearance] [of|<about>] {topic}",
        "when <be> {topic} <first> <mentioned>",
        "when <be> [they|anyone|we|anybody] <first> <say> {topic}",
        "when <be> [they|anyone|we|anybody] <first> <saybare> {topic}",
        "<who> [<be>] [the] <first> [person] [to] <say> {topic}",
        "<who> <first> <saybare> {topic}",
        "<who> <say> {topic} <first>",
        "<who> <saybare> {topic} <first>",
        "<which> <call> <say> {topic} <first>",
        "when <be> the <first> mention of {topic}",
        "when <be> {topic} come up <first>",
        "when <be> {topic} <first> come|came up",
        "when <be> {topic} <mentioned> <first>",
        "<first> time [that] [they|anyone|we|management] <say> {topic}",
        "<first> time {topic} [<be>] <mentioned>",
        "in|on which|what <call> <be> {topic} <first> <mentioned>",
        "in|on which|what <call> <be> [they|anyone|we|anybody] <first> <say> {topic}",
        "where <be> {topic} <first> <mentioned>",
        "<who> <first> <raise> {topic}",
        "<who> <raise> {topic} <first>",
    ),
    *forms(
        "when <be> {party} <first> <say> {topic}",
        "when <be> {party} <first> <saybare> {topic}",
        "when <be> {party} <say> {topic} <first>",
        "<first> time {party} <say> {topic}",
        "<first> <question> from|by|of {party} <about> {topic}",
        "[what|which] [<be>] [the] <first> <question> [asked] <about> {topic} from|by {party}",
        soft=True,
    ),
    *forms(
        "<who> <first> <ask> <about> {topic}",
        "<who> <ask> <first> <about> {topic}",
        "<who> <be> [the] <first> [one|person|analyst] to <ask> <about> {topic}",
        "<who> <ask> <about> {topic} <first>",
        "<which> <analysts> <first> <ask> <about> {topic}",
        "<which> <analysts> <be> [the] <first> to <ask> <about> {topic}",
        "<which> <analysts> <ask> <about> {topic} <first>",
        "[what|which] [<be>] [the] <first> <question> [asked] <about> {topic}",
        "<who> <ask> [the] <first> <question> <about> {topic}",
        "<who> had|has|got|took|get|gets [the] <first> <question> <about> {topic}",
        "<which> <analysts> <ask> [the] <first> <question> <about> {topic}",
        "when <be> <anyone> <first> <ask> <about> {topic}",
        default="analysts",
    ),
)


def searches(matter: Matter) -> tuple[Search, ...]:
    """Look for all the words as typed, which alone make a first mention; and for the topic in any words, to show."""
    asked = _wanted(matter)
    return (
        Search(all_words(matter.query.topic), asked, verbatim=True, limit=10_000),
        Search(matter.query.topic, asked),
    )


def again(matter: Matter, findings: tuple[Findings, ...]) -> tuple[Search, ...]:
    """Where the words as typed are nowhere, look for the words they misspell, or for each of what `and` joins."""
    if findings[0].matches:
        return ()
    topic, asked = matter.query.topic, _wanted(matter)
    corrected = corrected_topic(topic, findings)
    others = [all_words(corrected)] if corrected is not None else []
    if _fell_apart(findings[1]):
        others = [all_words(corrected or topic, EACH)]
    return tuple(Search(other, asked, verbatim=True, limit=10_000) for other in others)


def all_words(topic: Topic, joining: frozenset[str] = EITHER) -> Topic:
    """Return the topic with every one of its words required, or those of either side; an amount in any of its ways."""
    if not topic.ranked:
        return topic
    sides = [tuple(map(_word, words_of(replace(topic, ranked=side)))) for side in topic.sides(joining)]
    nodes = tuple(side[0] if len(side) == 1 else AllOf(side) for side in sides)
    node = nodes[0] if len(nodes) == 1 else AnyOf(nodes)
    if isinstance(node, Term):  # a single word is required as it is
        return topic
    return replace(topic, ranked=(), plain=(), required=(*topic.required, node))


def _word(term: Term) -> Node:
    ways = other_ways(term.word)
    return AnyOf((term, *(Phrase(tuple(way.split()), term.start, term.end) for way in ways))) if ways else term


def _fell_apart(found: Findings) -> bool:
    """Whether no turn holds all that `and` joins, so that each was looked for."""
    return any(reading.how is How.APART for reading in found.readings)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the mentions in order of time, then turns that say it otherwise: only the former can be the first."""
    return in_time(matter, findings, "first")


def in_time(matter: Matter, findings: tuple[Findings, ...], end: Literal["first", "last"]) -> Answer:
    """Show the mentions from one end of time on, then turns that say it otherwise."""
    said = findings[2] if len(findings) > 2 else findings[0]  # noqa: PLR2004 - the third holds corrected words
    loose = findings[1]
    what = topic_words(matter, findings)
    order = {call.id: place for place, call in enumerate(reversed(matter.scope))}
    newest = end == "last"
    mentions = sorted(said.matches, key=lambda match: (order.get(match.call, 0), match.turn), reverse=newest)
    held = {(match.call, match.turn) for match in mentions}
    ranked = [*mentions, *(match for match in loose.matches if (match.call, match.turn) not in held)]
    if not ranked:
        return page(matter, loose, "no mention found", notes=nothing_notes(matter, what, findings))
    notes = _notes(matter, what, end, apart=_fell_apart(loose))
    if not mentions:
        text = f"no turn in the calls searched says {what} in these words; the turns shown are about it in others"
        return page(matter, loose, "no mention in these words", notes=[Note(About.CAUTION, text), *notes])
    call = matter.calls[mentions[0].call]
    notes.extend(_reckoned(matter, call))
    turn = call.turns[mentions[0].turn]
    facts = Facts(
        counts=by_call(matter, (match.call for match in mentions)),
        by_speaker=by_speaker(matter.directory, (turn_of(matter.calls, match) for match in mentions)),
        first=None if newest else quote(call, turn, mentions[0].spans),
    )
    result = f"{end} in {matter.named(call)}, by {turn.speaker or 'an unlabelled speaker'}"
    told = tuple(reading for reading in loose.readings if reading.how in {How.CORRECTED, How.APART})
    found = Findings(said.matches, len(ranked), told)
    return page(matter, found, result, notes=notes, facts=facts, matches=ranked, total=len(ranked))


def _wanted(matter: Matter) -> Wanted:
    """Return the filters: everybody's turns but the operator's, or the party's."""
    asked = wanted(matter.query, matter.scope, matter.directory, matter.query.party)
    return replace(asked, kinds=asked.kinds or SPEAKERS)


def _notes(matter: Matter, what: str, end: str, *, apart: bool) -> list[Note]:
    said = "all the words asked" if len(matter.query.topic.sides(EITHER)) < 2 and not apart else "any of what was asked"  # noqa: PLR2004 - two sides
    notes = [
        Note(About.CAUTION, f"{end} means {end} in the {count(len(matter.scope), 'loaded call')} searched"),
        Note(About.COUNTED, f"counts are turns that say {said}, by call; synonyms are not counted"),
        searched_note(matter, what),
    ]
    undated = [matter.named(each) for each in matter.scope if each.period is None and each.date is None]
    if undated:
        notes.append(Note(About.CAUTION, f"no date is known for {', '.join(undated[:3])}: taken as the earliest"))
    return notes


def _reckoned(matter: Matter, call: Call) -> list[Note]:
    """Tell that a call's place among dated ones is reckoned from its quarter."""
    if call.date is not None or call.period is None or not any(each.date for each in matter.scope):
        return []
    named = matter.named(call)
    text = f"no date is known for {named}: it is taken to be held in the second month after its quarter"
    return [Note(About.CAUTION, text)]


intent = Intent(
    name="first",
    lead="first mention of",
    usage="which call first mentioned TOPIC",
    example="which call first mentioned superchargers",
    summary="The earliest mention in the loaded calls.",
    heading=Heading.CALLS,
    rank=5,
    forms=FORMS,
    searches=searches,
    compose=compose,
    again=again,
    needs_topic="always",
    names=("first", "earliest"),
    then=("counted", "asked", "quoted"),
)
