"""Which call said something most often."""

from bot.answers.answer import Answer
from bot.answers.count import again, counted_and_shown
from bot.answers.intent import Heading, Intent, Matter
from bot.answers.most import Ranked, forms_of, listed, ranking
from bot.answers.tally import Tally
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank calls by how often the words were said."""
    return ranking(matter, findings, _ranked, ("call", "calls"), of=lambda matter, call: matter.named(call))


def _ranked(matter: Matter, tally: Tally) -> tuple[Ranked, list[str]]:
    ranked = [
        (matter.named(call), number)
        for call in sorted(matter.scope, key=lambda call: -tally.calls[call.id])
        if (number := tally.calls[call.id])
    ]
    return ranked, listed(ranked)


intent = Intent(
    name="most_call",
    lead="which call mentioned",
    usage="which call mentioned TOPIC most",
    example="which call mentioned tariffs most",
    summary="Which calls said something most often, counted.",
    heading=Heading.COUNTS,
    rank=5,
    forms=(
        *forms_of("call|calls|meeting|transcript"),
        *forms("in|on which|what call|calls <be> {party} <say> {topic}", soft=True),
        *forms("which [<be>] <say> {topic} <most>", weight=0.5),  # all that is left of "which velmere call mentioned …"
    ),
    searches=counted_and_shown,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("mentions per call",),
    then=("compared", "asked", "quoted"),
)
