"""Opening: the first question of each call, with its answers."""

from bot.answers.answer import Answer
from bot.answers.ends import compose as shown
from bot.answers.ends import searches
from bot.answers.intent import Heading, Intent, Matter
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the first question of each call, newest call first."""
    return shown(matter, findings, 0, "first")


intent = Intent(
    name="opening",
    lead="first question",
    usage="first question [of CALL]",
    about="opening question about",
    example="what was the first question",
    summary="The question that each call's questions and answers opened with.",
    heading=Heading.CALLS,
    rank=3,
    forms=(
        *forms(
            "[what|which] [<be>] [the] [very] first|opening <question> [asked] [on|of|in] [the] [<call>]",
            "<who> <ask> [the] first|opening <question>",
            "<who> had|has|got|took|get|gets [the] first|opening <question>",
            "<who> had|has|got|took|get|gets [the] opening <question> <about> {topic}",
            "<who> <ask> first",
            "<who> <be> [the] first [one|person|analyst] [to|who] <ask>",
            "<who> <be> [the] first <analysts>|asker|questioner",
            "what [<be>] [the] first <analysts>|person|asker|questioner <ask>",
            "<which> <analysts> <ask> first",
            "<which> <analysts> <ask> [the] first|opening <question>",
            "[what|which] [<be>] [the] opening <question> [asked] <about> {topic}",
            "[what|which] [<be>] [the] <answer> to|on [the] first|opening <question>",
            "[what|which] [<be>] [the] [very] first|opening <answer>",
            "<who> opened|started|kicked [off] [the] <question>|qa|q&a",
            weight=0.5,
        ),
        *forms(
            "[what|which] [<be>] [the] first|opening <question> [that] [<be>] [asked] from|by|of {party}",
            "[what|which] [<be>] [the] first|opening <question> [that] {party} <ask>",
            "what <be> {party} [very] first|opening <question>",
            "{party} first|opening <question> [<about> {topic}]",
            "what [<be>] {party} <ask> first",
            "opening <question> from|by|of {party} <about> {topic}",
            soft=True,
            weight=0.5,
        ),
    ),
    searches=searches,
    compose=compose,
    names=("opening", "first question"),
    inherits=True,
    then=("people", "questions"),
)
