"""`aliases`: this team's names for companies, people and firms."""

from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.status import nothing
from handlers.desk import Desk
from handlers.reply import Reply


async def run(asked: Asked, desk: Desk) -> Reply:
    """List the team's aliases, a line each."""
    team = await desk.store.team(asked.tenant)
    if not team.aliases:
        return Reply(sentences(f"Your team has no aliases yet. {asked.command} alias the boss = NAME adds one."))
    lines = [f"• {each.name} = {each.target} ({each.sort})" for each in team.aliases]
    return Reply(sentences("Read as these names, in this workspace alone:", *lines))


subcommand = Subcommand("aliases", "aliases", "aliases", run, about="your team's aliases", takes=nothing, shows=True)
