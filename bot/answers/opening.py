"""Opening: the first question of each call, with its answers."""

from bot.answers.answer import Answer
from bot.answers.ends import compose as shown
from bot.answers.ends import searches
from bot.answers.intent import Intent, Matter
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the first question of each call, newest call first."""
    del findings
    return shown(matter, 0, "first")


intent = Intent(
    name="opening",
    lead="first question",
    usage="first question [of CALL]",
    example="what was the first question",
    summary="The question that each call's questions and answers opened with.",
    forms=(
        *forms(
            "[what|which] [<be>] [the] first|opening <question> [asked] [on|of|in] [the] [<call>]",
            "<who> <ask> [the] first|opening <question>",
            "<who> <ask> first",
            "<who> <be> [the] first [one|person|analyst] [to|who] <ask>",
            "<which> <analysts> <ask> first",
            "<which> <analysts> <ask> [the] first|opening <question>",
            "<who> opened|started|kicked [off] [the] <question>|qa|q&a",
            weight=0.5,
        ),
        *forms("first|opening <question> from|by|of {party}", soft=True, weight=0.5),
    ),
    searches=searches,
    compose=compose,
    names=("opening", "first question"),
    then=("people", "questions"),
)
