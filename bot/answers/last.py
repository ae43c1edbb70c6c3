"""Last: the newest mention in the loaded calls, and those before it."""

from bot.answers.answer import Answer
from bot.answers.first import again, in_time, searches
from bot.answers.intent import Heading, Intent, Matter
from bot.query.pattern import forms
from bot.search.findings import Findings

FORMS = (
    *forms(
        "<latest> mention|mentions|reference|references|appearance|discussion of|to|<about> {topic}",
        "<latest> comment|comments|remark|remarks|statement|statements|commentary <about> {topic}",
        "<latest> time [that] [they|anyone|anybody|we|management] <say> {topic}",
        "<latest> time [that] [they|anyone|anybody|we|management] <saybare> {topic}",
        "<latest> time [that] {topic} <be> <mentioned>",
        "when <be> [the] <latest> mention|reference|discussion of|to|<about> {topic}",
        "when <be> [the] <latest> time [that] [they|anyone|anybody|we|management] <say> {topic}",
        "when <be> [the] <latest> time [that] [they|anyone|anybody|we|management] <saybare> {topic}",
        "when <be> [the] <latest> time [that] {topic} <be> <mentioned>",
        "when <be> {topic} <latest> <mentioned>",
        "when <be> {topic} <latest> come|came up",
        "when <be> {topic} <mentioned> <latest>",
        "when <be> [they|anyone|anybody|we|management] <latest> <say> {topic}",
        "when <be> [they|anyone|anybody|we|management] <latest> <saybare> {topic}",
        "<which> <call> <latest> <mentioned> {topic}",
        "<which> <call> [<be>] [the] <latest> to <mentioned> {topic}",
        "in|on which|what <call> <be> {topic} <latest> <mentioned>",
        "in|on which|what <call> <be> [they|anyone|anybody|we] <latest> <say> {topic}",
        "where <be> {topic} <latest> <mentioned>",
        "<who> <latest> <say> {topic}",
        "<who> <be> [the] <latest> [person] to <say> {topic}",
        weight=0.5,  # before the last question
    ),
    *forms(
        "when <be> {party} <latest> <say> {topic}",
        "when <be> {party} <latest> <saybare> {topic}",
        "when <be> [the] <latest> time [that] {party} <say> {topic}",
        "when <be> [the] <latest> time [that] {party} <saybare> {topic}",
        "<latest> time [that] {party} <say> {topic}",
        "<latest> time [that] {party} <saybare> {topic}",
        "<latest> mention|mentions of {topic} by|from {party}",
        "<latest> comment|comments|remark|remarks|statement|statements from|by|of {party} <about> {topic}",
        "<latest> comment|comments|remark|remarks|statement|statements <about> {topic} from|by {party}",
        "{party} <latest> comment|comments|remark|remarks|statement|statements <about> {topic}",
        soft=True,
        weight=0.5,
    ),
    *forms(
        "<who> <latest> <ask> <about> {topic}",
        "when <be> <anyone> <latest> <ask> <about> {topic}",
        "when <be> [the] <latest> time [that] <anyone> <ask> <about> {topic}",
        "<latest> time [that] <anyone> <ask> <about> {topic}",
        default="analysts",
        weight=0.5,
    ),
)


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Show the mentions, newest first, then turns that say it otherwise: only the former can be the last."""
    return in_time(matter, findings, "last")


intent = Intent(
    name="last",
    lead="last mention of",
    usage="last mention of TOPIC",
    example="last mention of superchargers",
    summary="The newest mention in the loaded calls.",
    heading=Heading.CALLS,
    rank=6,
    forms=FORMS,
    searches=searches,
    compose=compose,
    again=again,
    needs_topic="always",
    names=("last", "latest mention"),
    then=("counted", "asked", "quoted"),
)
