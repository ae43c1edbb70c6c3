"""Talkers: who speaks the most, ranked by the words they said, with the turns of whoever leads."""

from collections import Counter, defaultdict

from bot.answers.answer import About, Answer, Facts, Note
from bot.answers.intent import Heading, Intent, Matter, Search
from bot.answers.page import page
from bot.answers.quotes import question_before, turn_of
from bot.answers.scope import all_turns
from bot.answers.telling import by_call, by_speaker, count, nothing_notes, person_of, searched_note
from bot.kind import Kind
from bot.query.pattern import forms
from bot.search.findings import Findings

SHOWN = 10
"""People who are named."""


def searches(matter: Matter) -> tuple[Search, ...]:
    """Nothing to search: who spoke is known."""
    del matter
    return ()


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank the people by their words, the operator aside; the turns of whoever leads come, newest call first."""
    del findings
    found = all_turns(matter.query, matter.scope, matter.directory, questions=False)
    kept = [match for match in found.matches if turn_of(matter.calls, match).kind is not Kind.OPERATOR]
    turns = [turn_of(matter.calls, match) for match in kept]
    words: Counter[str] = Counter()
    number: Counter[str] = Counter()
    calls: dict[str, set[str]] = defaultdict(set)
    for match, turn in zip(kept, turns, strict=True):
        name = person_of(matter.directory, turn)
        if name:
            words[name] += len(turn.text.split())
            number[name] += 1
            calls[name].add(match.call)
    what = "the turns of everybody but the operator" if matter.query.party is None else matter.query.party.said
    if not words:
        found = Findings(total=0)
        return page(matter, found, "nobody is named who spoke", notes=nothing_notes(matter, what, ()))
    ranked = words.most_common()
    (first, most), total = ranked[0], words.total()
    lines = [
        f"{place}. {name}: {said:,} words in {count(number[name], 'turn')} of {count(len(calls[name]), 'call')}"
        for place, (name, said) in enumerate(ranked[:SHOWN], 1)
    ]
    if len(ranked) > SHOWN:
        lines.append(f"and {count(len(ranked) - SHOWN, 'other')}")
    leading = tuple(
        match for match, turn in zip(kept, turns, strict=True) if person_of(matter.directory, turn) == first
    )
    return page(
        matter,
        Findings(matches=leading, total=len(leading)),
        f"{first}: {most:,} of {total:,} words",
        notes=[
            Note(About.CAUTION, "counted: words of turns whose speaker is known, in the calls searched"),
            searched_note(matter, what),
        ],
        facts=Facts(
            counts=by_call(matter, (match.call for match in kept)), by_speaker=by_speaker(matter.directory, turns)
        ),
        body=lines,
        beside=question_before,
    )


intent = Intent(
    name="talkers",
    lead="who speaks the most",
    usage="who speaks the most",
    example="who speaks the most",
    summary="Who speaks the most on the calls, by words.",
    heading=Heading.COUNTS,
    rank=9,
    forms=(
        *forms("<which> <analysts> speaks|speak|spoke|talks|talk|talked <most>", default="analysts", weight=0.5),
        *forms("<most> talkative <analysts>", default="analysts", weight=0.5),
        *forms(
            "<who> speaks|speak|spoke|talks|talk|talked|says|said <most>",
            "<who> [<be>] [the] <most> talkative|talking|speaking",
            "rank|ranking [of] speakers [by words|turns]",
            "<most> talkative|active speakers|speaker|people|person",
            "top|biggest speakers|talkers",
            weight=0.5,
        ),
        *forms(
            "how many words <be> {party} speak|spoke|say|said|spoken|use|used",
            "how much <be> {party} speak|spoke|talk|talked|say|said|spoken",
            "how long <be> {party} speak|spoke|talk|talked",
            weight=0.5,
        ),
    ),
    searches=searches,
    compose=compose,
    names=("talkers", "speakers"),
    then=("people", "questions"),
)
