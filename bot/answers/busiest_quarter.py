"""Which quarter's calls drew the most questions, whichever company's."""

from bot.answers.answer import Answer
from bot.answers.askers import searches
from bot.answers.busiest import forms_of, ranking
from bot.answers.intent import Heading, Intent, Matter
from bot.call import Call
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank fiscal quarters by the questions of all their calls in scope."""
    return ranking(matter, findings, _quarter, "other quarter", "other quarters")


def _quarter(matter: Matter, call: Call) -> tuple[str, str]:
    """Return the quarter as the company counts it."""
    del matter
    said = str(call.period) if call.period else "no known quarter"
    return said, said


intent = Intent(
    name="busiest_quarter",
    lead="which quarter had the most questions",
    about="which quarter had the most questions about",
    usage="which quarter had the most questions [about TOPIC]",
    example="which quarter had the most questions",
    summary="Which fiscal quarters drew the most questions, over all companies.",
    heading=Heading.COUNTS,
    rank=12,
    forms=forms_of("quarter|quarters|period|periods"),
    searches=searches,
    compose=compose,
    names=("questions per quarter",),
    inherits=True,
    then=("people", "questions"),
)
