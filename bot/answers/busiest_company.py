"""Which company's calls drew the most questions."""

from bot.answers.answer import Answer
from bot.answers.askers import searches
from bot.answers.busiest import forms_of, ranking
from bot.answers.intent import Heading, Intent, Matter
from bot.answers.telling import company_of
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank companies by the questions of all their calls in scope."""
    return ranking(
        matter, findings, lambda matter, call: (company_of(matter, call),) * 2, "other company", "other companies"
    )


intent = Intent(
    name="busiest_company",
    lead="which company had the most questions",
    about="which company had the most questions about",
    usage="which company had the most questions [about TOPIC]",
    example="which company had the most questions",
    summary="Which companies drew the most questions, over all their calls.",
    heading=Heading.COUNTS,
    rank=11,
    forms=forms_of("company|companies"),
    searches=searches,
    compose=compose,
    names=("questions per company",),
    inherits=True,
    then=("people", "questions"),
)
