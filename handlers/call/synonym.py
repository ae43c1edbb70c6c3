"""`synonym`: what this team calls things, searched beside what was typed."""

from bot.naming import SYNONYMS, WordError, synonym_key, synonym_of, wording
from bot.state.team_words import Kind
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.synonyms import run as listed
from handlers.desk import Desk
from handlers.reply import Reply


async def run(asked: Asked, desk: Desk) -> Reply:
    """Keep, change or forget a synonym of the team's. Raises WordError with the sentence that says what is wrong."""
    if not asked.words:
        return await listed(asked, desk)
    said = wording(asked.words, f"{asked.command} synonym gm = gross margin")
    key = synonym_key(said.word)
    if not said.meaning:
        gone = await desk.store.remove_word(asked.tenant, Kind.SYNONYM, key)
        desk.teams.forget(asked.tenant)
        told = "is no longer a word of your team's" if gone else "is no word of your team's"
        return Reply(sentences(f"{said.word} {told}. {asked.command} synonyms lists those there are."))
    synonym = synonym_of(said)
    team = await desk.store.team(asked.tenant)
    known = any(synonym_key(each.word) == key for each in team.synonyms)
    if not known and len(team.synonyms) >= SYNONYMS:
        raise WordError(f"Your team has {SYNONYMS} synonyms already; {asked.command} synonym WORD = forgets one first.")
    await desk.store.save_synonym(asked.tenant, key, synonym, asked.user)
    desk.teams.forget(asked.tenant)
    means = ", ".join(synonym.means)
    lines = [
        f"From now on, questions here about {synonym.word} also look for {means}, and the other way round.",
        f"Each answer says so. {asked.command} synonym {synonym.word} = forgets it.",
    ]
    company = (await desk.seen(asked.place)).directory.company((key,))
    if company:
        lines.append(f"For the company {company[0].name}, type ${synonym.word.upper()}.")
    return Reply(sentences(*lines))


subcommand = Subcommand(
    "synonym", "synonym WORD = MEANING", "synonym gm = gross margin", run, about="what your team calls things"
)
