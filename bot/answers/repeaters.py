"""Repeaters: who asked more than once."""

from bot.answers.answer import Answer
from bot.answers.askers import ranking, searches
from bot.answers.intent import Intent, Matter
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank who asked two questions or more; who asked one is left out."""
    return ranking(matter, findings, least=2)


intent = Intent(
    name="repeaters",
    lead="who asked more than once",
    about="who asked more than once about",
    usage="who asked more than once [about TOPIC]",
    example="who asked more than once",
    summary="Who asked two questions or more, and how many.",
    forms=forms(
        "<who> <ask> more than one|once [<question>]",
        "<who> <ask> more than one|once [<question>] <about> {topic}",
        "<who> <ask> <about> {topic} more than once",
        "<which> <analysts> <ask> more than one|once [<question>]",
        "<which> <analysts> <ask> more than one|once [<question>] <about> {topic}",
        "<which> <analysts> <ask> <about> {topic} more than once",
        "<analysts> [who|that] <ask> more than one|once [<question>]",
        "<who> <ask> [at least] two <question> [or more]",
        "<who> <ask> at least twice",
        "<who> <ask> twice [or more]",
        "<which> <analysts> <ask> [at least] two <question> [or more]",
        "<analysts> [who|that] <ask> [at least] two <question> [or more]",
        "<who>|<which> [<analysts>] <ask> multiple|several|many <question>",
        "<who> <ask> <about> {topic} twice",
        "repeat askers|questioners|<analysts>",
        weight=0.5,
    ),
    searches=searches,
    compose=compose,
    names=("repeaters", "more than once"),
    then=("people", "asked", "counted"),
)
