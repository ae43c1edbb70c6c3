"""`alias`: a name of this team's for a company, a person or a firm."""

from bot.naming import ALIASES, WordError, alias_key, alias_of, wording
from bot.state.team_words import Kind
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.aliases import run as listed
from handlers.desk import Desk
from handlers.reply import Reply


async def run(asked: Asked, desk: Desk) -> Reply:
    """Keep, change or forget an alias of the team's. Raises WordError with the sentence that says what is wrong."""
    if not asked.words:
        return await listed(asked, desk)
    said = wording(asked.words, f"{asked.command} alias the boss = NAME")
    key = alias_key(said.word)
    if not said.meaning:
        gone = await desk.store.remove_word(asked.tenant, Kind.ALIAS, key)
        desk.teams.forget(asked.tenant)
        told = "no longer stands for anybody" if gone else "stands for nobody"
        return Reply(sentences(f"{said.word} {told}. {asked.command} aliases lists those there are."))
    alias = alias_of(said, (await desk.seen(asked.place)).directory)
    team = await desk.store.team(asked.tenant)
    known = any(alias_key(each.name) == key for each in team.aliases)
    if not known and len(team.aliases) >= ALIASES:
        raise WordError(f"Your team has {ALIASES} aliases already; {asked.command} alias NAME = forgets one first.")
    await desk.store.save_alias(asked.tenant, key, alias, asked.user)
    desk.teams.forget(asked.tenant)
    return Reply(
        sentences(
            f"From now on, {alias.name} stands for {alias.target} in this workspace's questions. Each answer says so.",
            f"{asked.command} alias {alias.name} = forgets it.",
        )
    )


subcommand = Subcommand(
    "alias",
    "alias NAME = COMPANY | PERSON | FIRM",
    "alias the boss = Desmond Achterberg",
    run,
    about="your team's name for a company, a person or a firm",
)
