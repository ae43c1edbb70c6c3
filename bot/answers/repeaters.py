"""Repeaters: who asked more than once, or at least so many questions."""

from bot.answers.answer import Answer
from bot.answers.askers import ranking, searches
from bot.answers.intent import Heading, Intent, Matter
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank who asked two questions or more, or as many as are asked for; who asked fewer is left out."""
    return ranking(matter, findings, least=matter.query.least or 2)


intent = Intent(
    name="repeaters",
    lead="who asked more than once",
    about="who asked more than once about",
    usage="who asked more than once [about TOPIC]",
    example="who asked more than once",
    summary="Who asked two questions or more, and how many.",
    heading=Heading.COUNTS,
    rank=13,
    forms=forms(
        "<who> <ask> more than one|once [<question>]",
        "<who> <ask> more than one|once [<question>] <about> {topic}",
        "<who> <ask> <about> {topic} more than once",
        "<which> <analysts> <ask> more than one|once [<question>]",
        "<which> <analysts> <ask> more than one|once [<question>] <about> {topic}",
        "<which> <analysts> <ask> <about> {topic} more than once",
        "<analysts> [who|that] <ask> more than one|once [<question>]",
        "<who> <ask> [at least] two <question> [or more] [<about> {topic}]",
        "<who> <ask> at least twice [<about> {topic}]",
        "<who> <ask> twice [or more] [<about> {topic}]",
        "<which> <analysts> <ask> [at least] two <question> [or more] [<about> {topic}]",
        "<analysts> [who|that] <ask> [at least] two <question> [or more]",
        "<who>|<which> [<analysts>] <ask> multiple|several|many <question>",
        "<who> <ask> <about> {topic} twice",
        "repeat askers|questioners|<analysts>",
        weight=0.5,
    ),
    searches=searches,
    compose=compose,
    names=("repeaters", "more than once"),
    inherits=True,
    then=("people", "asked", "counted"),
)
