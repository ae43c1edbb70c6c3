"""Who said something most often."""

from bot.answers.answer import Answer
from bot.answers.count import again, counted_and_shown
from bot.answers.intent import Heading, Intent, Matter
from bot.answers.most import Ranked, ranking
from bot.answers.tally import Tally
from bot.query.pattern import forms
from bot.search.findings import Findings


def compose(matter: Matter, findings: tuple[Findings, ...]) -> Answer:
    """Rank speakers by how often they said the words."""
    return ranking(matter, findings, _ranked, ("speaker", "speakers"))


def _ranked(matter: Matter, tally: Tally) -> tuple[Ranked, list[str]]:
    del matter
    ranked = tally.speakers.most_common()
    return ranked, []


intent = Intent(
    name="most_speaker",
    lead="who most often mentioned",
    usage="who mentioned TOPIC most",
    example="who mentioned freight most",
    summary="Who said something most often, counted.",
    heading=Heading.COUNTS,
    rank=7,
    forms=(
        *forms(
            "who most often mentioned {topic}",
            "<who> talked|talks|spoke|said|says <most> <about> {topic}",
            "<who> <say> {topic} <most>",
            "<who> <mentioned> {topic} <most>",
            "<who> <most> <mentioned> {topic}",
            "<who> <be> <most> vocal|talkative <about> {topic}",
            "rank speakers|people by {topic} [mentions]",
            "<which> speaker|speakers|person|people|executive|executives [<be>] <say> {topic} <most>",
            "<which> speaker|speakers|person|people|executive|executives [<be>] <mentioned> {topic} <most>",
            "<which> speaker|speakers|person|people|executive|executives [<be>] <most> <mentioned> {topic}",
        ),
        *forms(
            "<which> analyst|analysts [<be>] <say> {topic} <most>",
            "<which> analyst|analysts [<be>] <mentioned> {topic} <most>",
            "<which> analyst|analysts [<be>] <most> <mentioned> {topic}",
            default="analysts",
        ),
        *forms(
            "<which> {party} [<be>] <say> {topic} <most>",
            "<which> {party} [<be>] <mentioned> {topic} <most>",
            "<which> {party} [<be>] <most> <mentioned> {topic}",
            soft=True,
        ),
    ),
    searches=counted_and_shown,
    compose=compose,
    needs_topic="always",
    again=again,
    names=("mentions per speaker",),
    then=("compared", "asked", "quoted"),
)
