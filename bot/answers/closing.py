"""Closing: the last question of each call, with its answers."""

from bot.answers.answer import Answer
from bot.answers.ends import compose as shown
from bot.answers.ends import searches
from bot.answers.intent import Heading, Intent, Matter
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the last question of each call, newest call first."""
    return shown(matter, findings, -1, "last")


intent = Intent(
    name="closing",
    lead="last question",
    usage="last question [about TOPIC] [of CALL]",
    about="last question about",
    example="what was the last question",
    summary="The question that each call's questions and answers closed with.",
    heading=Heading.CALLS,
    rank=4,
    forms=(
        *forms(
            "[what|which] [<be>] [the] [very] last|final|closing <question> [asked] [on|of|in] [the] [<call>]",
            "<who> <ask> [the] last|final|closing <question>",
            "<who> had|has|got|took|get|gets [the] last|final|closing <question> [<about> {topic}]",
            "<who> <ask> last",
            "[what|which] [<be>] [the] <answer> to|on [the] last|final|closing <question>",
            "[what|which] [<be>] [the] [very] last|final|closing <answer>",
            "<who> <be> [the] last [one|person|analyst] [to|who] <ask>",
            "<who> <be> [the] last <analysts>|asker|questioner",
            "what [<be>] [the] last <analysts>|person|asker|questioner <ask>",
            "<which> <analysts> <ask> last",
            "<which> <analysts> <ask> [the] last|final|closing <question>",
            "[what|which] [<be>] [the] last|final|closing <question> [asked] <about> {topic}",
            "<who> <ask> [the] last|final|closing <question> <about> {topic}",
            "<which> <analysts> <ask> [the] last|final|closing <question> <about> {topic}",
            weight=0.5,
        ),
        *forms(
            "[what|which] [<be>] [the] last|final|closing <question> [that] [<be>] [asked] from|by|of {party}",
            "[what|which] [<be>] [the] last|final|closing <question> [that] {party} <ask>",
            "what <be> {party} [very] last|final|closing <question>",
            "{party} last|final|closing <question> [<about> {topic}]",
            "what [<be>] {party} <ask> last",
            "last|final|closing <question> from|by|of {party} <about> {topic}",
            soft=True,
            weight=0.5,
        ),
    ),
    searches=searches,
    compose=compose,
    names=("closing", "last question"),
    inherits=True,
    then=("people", "questions"),
)
