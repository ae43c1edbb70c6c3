"""`synonyms`: what this team calls things."""

from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.status import nothing
from handlers.desk import Desk
from handlers.reply import Reply


async def run(asked: Asked, desk: Desk) -> Reply:
    """List the team's synonyms, a line each."""
    team = await desk.store.team(asked.tenant)
    if not team.synonyms:
        return Reply(sentences(f"Your team has no synonyms yet. {asked.command} synonym gm = gross margin adds one."))
    lines = [f"• {each.word} = {', '.join(each.means)}" for each in team.synonyms]
    return Reply(sentences("Searched beside what is typed, in this workspace alone:", *lines))


subcommand = Subcommand(
    "synonyms", "synonyms", "synonyms", run, about="your team's synonyms", takes=nothing, shows=True
)
