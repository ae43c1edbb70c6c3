"""Most: which company, call or speaker said something most often."""

from collections import Counter

from bot.answers.answer import About, Answer, Note
from bot.answers.compare import company_line
from bot.answers.count import again, counted_and_shown
from bot.answers.counted import rule
from bot.answers.intent import Intent, Matter
from bot.answers.page import page
from bot.answers.tally import tallied
from bot.answers.telling import company_of, count, nothing_notes, topic_words
from bot.query.pattern import forms
from bot.search.findings import Findings

SHOWN = 5
"""Speakers who are named."""

FORMS = (
    *forms(
        "<which> <call> [<be>] <say> {topic} <most>",
        "<which> <call> [<be>] <say> <most> [<about>] {topic}",
        "<which> <call> talked|talk|talks|spoke|said|says [the] <most> <about> {topic}",
        "<which> <call> [<be>] <most> talk|mentions|discussion|emphasis <about>|of {topic}",
        "<which> <call> [<be>] <most> <mentioned> {topic}",
        "<which> <call> <most> <mentioned> {topic}",
        "<which> <call> had|has [the] <most> mentions of {topic}",
        "<who> talked|talks|spoke|said|says <most> <about> {topic}",
        "<who> <say> {topic} <most>",
        "<who> <mentioned> {topic} <most>",
        "<who> <most> <mentioned> {topic}",
        "<most> mentions of {topic}",
        "<which> <call> <say> {topic}",
        "in|on which|what <call> <be> [they|anyone|we|anybody|management] <say> {topic}",
        "in|on which|what <call> <be> {topic} <mentioned>",
        "<which> <call> [<be>] <mentioned> {topic}",
        "<who> <be> <most> vocal|talkative|bullish|bearish <about> {topic}",
        "rank <call> by {topic} [mentions]",
        "where <be> {topic} <mentioned> <most>",
        "{topic} <most> mentioned",
    ),
    *forms("<which> <call> <be> [the] <most> <mentioned>", "<which> <call> <be> <mentioned> [the] <most>", weight=2.0),
)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank companies by how often the words were said, with their share of all words; turns as evidence."""
    tally = tallied(matter, findings)
    evidence = findings[1]
    what = topic_words(matter, findings)
    if not evidence.matches:
        return page(
            matter, evidence, "nothing found", notes=nothing_notes(matter, what, findings), facts=tally.facts(matter)
        )
    companies: Counter[str] = Counter()
    for call in matter.scope:
        companies[company_of(matter, call)] += tally.calls[call.id]
    ranked = [(name, number) for name, number in companies.most_common(10) if number]
    result = f"{count(evidence.total, 'turn')} about it, none in the words as typed"
    if ranked:
        tied = [name for name, number in ranked if number == ranked[0][1]]
        result = f"most often: {' and '.join(tied)}, {count(ranked[0][1], 'time')}"
    body = []
    for name, _ in ranked:
        calls = [call for call in matter.scope if company_of(matter, call) == name]
        body.append(company_line(matter, name, calls, tally.calls))
    said = [f"{name} {number:,}" for name, number in tally.speakers.most_common(SHOWN)]
    if len(said) > 1:
        body.append(f"By speaker: {' · '.join(said)}")
    notes = [
        rule(tally.topic),
        Note(About.CAUTION, "most means most in the loaded calls; some companies have more of them than others"),
    ]
    return page(matter, evidence, result, notes=notes, facts=tally.facts(matter), body=body)


intent = Intent(
    name="most",
    lead="which company mentioned",
    usage="which company talked most about TOPIC",
    example="which company talked most about tariffs",
    summary="Which company said something most often, by a count that is told.",
    forms=FORMS,
    searches=counted_and_shown,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("most", "which"),
    then=("compared", "asked", "quoted"),
)
