"""Which fiscal quarter's calls said something most often, whichever company's."""

from collections import Counter

from bot.answers.answer import Answer
from bot.answers.count import again, counted_and_shown
from bot.answers.intent import Heading, Intent, Matter
from bot.answers.most import Ranked, forms_of, listed, ranking
from bot.answers.tally import Tally
from bot.call import Call
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank fiscal quarters, as each company counts them, by how often the words were said."""
    return ranking(matter, findings, _ranked, ("quarter", "quarters"), of=lambda _, call: _quarter(call))


def _ranked(matter: Matter, tally: Tally) -> tuple[Ranked, list[str]]:
    counted: Counter[str] = Counter()
    for call in matter.scope:
        counted[_quarter(call)] += tally.calls[call.id]
    ranked = [(name, number) for name, number in counted.most_common() if number]
    return ranked, listed(ranked)


def _quarter(call: Call) -> str:
    return str(call.period) if call.period else "no known quarter"


intent = Intent(
    name="most_quarter",
    lead="which quarter mentioned",
    usage="which quarter mentioned TOPIC most",
    example="which quarter mentioned tariffs most",
    summary="Which fiscal quarters said something most often, over all companies.",
    heading=Heading.COUNTS,
    rank=6,
    forms=forms_of("quarter|quarters|period|periods"),
    searches=counted_and_shown,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("mentions per quarter",),
    then=("compared", "asked", "quoted"),
)
