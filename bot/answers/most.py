"""Most: which company said something most often; and what tells the same of calls, quarters and speakers."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers.answer import About, Answer, Note
from bot.answers.compare import company_line
from bot.answers.count import again, counted_and_shown
from bot.answers.counted import rule
from bot.answers.intent import Heading, Intent, Matter
from bot.answers.page import page
from bot.answers.tally import Tally, tallied
from bot.answers.telling import company_of, count, few, nothing_notes, topic_words
from bot.call import Call
from bot.query.pattern import Form, forms
from bot.search.findings import Findings
from bot.search.matches import whole

MOST_LINES = 10
"""Companies that have a line."""
SHOWN = 5
"""Speakers, calls or quarters that are named."""
Ranked = Sequence[tuple[str, int]]
"""What said it, by name, and how often: the most first."""


_SAYING = "mention|mentions|mentioned|discuss|discusses|discussed"


def forms_of(nouns: str) -> tuple[Form, ...]:
    """Return the ways to ask which of these (`call|calls`) said something most often."""
    return forms(
        f"<which> {nouns} [<be>] <say> {{topic}} <most>",
        f"<which> {nouns} [<be>] <say> <most> [<about>] {{topic}}",
        f"<which> {nouns} talked|talk|talks|spoke|said|says [the] <most> <about> {{topic}}",
        f"<which> {nouns} [<be>] <most> talk|mentions|discussion|emphasis <about>|of {{topic}}",
        f"<which> {nouns} [<be>] <most> <mentioned> {{topic}}",
        f"<which> {nouns} had|has [the] <most> mentions of {{topic}}",
        f"<which> {nouns} <say> {{topic}}",
        f"<which> {nouns} [<be>] <mentioned> {{topic}}",
        f"<which> {nouns} that|who {_SAYING} {{topic}}",
        f"in|on which|what {nouns} <be> [they|anyone|we|anybody|management] <say> {{topic}} [<most>]",
        f"in|on which|what {nouns} <be> {{topic}} <mentioned> [<most>]",
        f"rank {nouns} by {{topic}} [mentions]",
        f"rank {nouns} by [how often|many] [times] [they] {_SAYING}|mentioning {{topic}}",
        f"rank {nouns} by mentions|mention|references of|to {{topic}}",
    )


NAMELESS = forms(
    "<which> <call> <be> [the] <most> <mentioned>", "<which> <call> <be> <mentioned> [the] <most>", weight=2.0
)
"""What names no topic: which quarter was mentioned most."""


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank companies by how often the words were said, with their share of all words; turns as evidence."""

    def companies(matter: Matter, tally: Tally) -> tuple[Ranked, list[str]]:
        counted: Counter[str] = Counter()
        for call in matter.scope:
            counted[company_of(matter, call)] += tally.calls[call.id]
        ranked = [(name, number) for name, number in counted.most_common() if number]
        lines = []
        for name, _ in ranked[:MOST_LINES]:
            calls = [call for call in matter.scope if company_of(matter, call) == name]
            lines.append(company_line(matter, name, calls, tally.calls))
        return ranked, lines

    some = Note(About.CAUTION, "most means most in the loaded calls; some companies have more of them than others")
    return ranking(matter, findings, companies, ("company", "companies"), some, of=company_of)


def ranking(
    matter: Matter,
    findings: tuple[Findings, ...],
    ranked_by: Callable[[Matter, Tally], tuple[Ranked, list[str]]],
    nouns: tuple[str, str],
    told: Note | None = None,
    *,
    of: Callable[[Matter, Call], str] | None = None,
) -> Answer:
    """Say what said the words most often, the rest of the ranking in lines; turns about it as evidence.

    `nouns` say what is ranked, one and several. `of` names what a call is counted under: the turns of what leads come
    first.
    """
    tally = tallied(matter, findings)
    evidence = findings[1]
    what = topic_words(matter, findings)
    if not evidence.matches:
        return page(
            matter, evidence, "nothing found", notes=nothing_notes(matter, what, findings), facts=tally.facts(matter)
        )
    ranked, body = ranked_by(matter, tally)
    result = f"{count(whole(evidence).total, 'turn')} about it, none in the words as typed"
    if ranked:
        tied = [name for name, number in ranked if number == ranked[0][1]]
        result = f"most often: {few(tied)}, {count(ranked[0][1], 'time')}{' each' if len(tied) > 1 else ''}"
        result += f" · {count(len(ranked), *nouns)} said it" if len(ranked) > 1 else ""
    said = [f"{name} {number:,}" for name, number in tally.speakers.most_common(SHOWN)]
    if len(said) > 1:
        body = [*body, f"By speaker: {' · '.join(said)}"]
    notes = [rule(tally.topic, matter.query), *([told] if told else [])]
    leading = {call.id for call in matter.scope if ranked and of(matter, call) == ranked[0][0]} if of else set[str]()
    shown = sorted(evidence.matches, key=lambda match: match.call not in leading) if leading else evidence.matches
    return page(matter, replace(evidence, matches=shown), result, notes=notes, facts=tally.facts(matter), body=body)


def listed(ranked: Ranked) -> list[str]:
    """Return a line each of what said it most often."""
    return [f"{place}. {name}: {count(number, 'time')}" for place, (name, number) in enumerate(ranked[:SHOWN], 1)]


intent = Intent(
    name="most",
    lead="which company mentioned",
    usage="which company talked most about TOPIC",
    example="which company talked most about tariffs",
    summary="Which company said something most often, with the counts.",
    heading=Heading.COUNTS,
    rank=4,
    forms=(
        *forms_of("company|companies|cos|firm|business|one"),
        *forms(
            f"[list|show] [all] company|companies that|which {_SAYING} {{topic}}",
            f"[the] company|companies that|which {_SAYING} {{topic}} <most>",
            "[list|show] [all] company|companies mentioning|discussing {topic}",
        ),
        *forms("<most> mentions of {topic}", "where <be> {topic} <mentioned> <most>", "{topic} <most> mentioned"),
        *NAMELESS,
    ),
    searches=counted_and_shown,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("most", "which"),
    then=("compared", "asked", "quoted"),
)
