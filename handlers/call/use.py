"""`use`: the company that this channel asks about, where a question names none."""

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query.entities import Company
from bot.query.tables import words
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.reply import Reply

OFF = frozenset({"off", "none", "everything", "all"})
LONGEST = 4  # words of a company's name; more are a question ("use of proceeds from the offering")
SHOWN = 8  # companies by name


class NoCompanyError(QuestionError):
    """Words that name no loaded company, or several."""


async def run(asked: Asked, desk: Desk) -> Reply:
    """Say, set or end the channel's company. Raises NoCompanyError."""
    if not asked.words:
        return Reply(sentences(await _status(asked, desk)))
    if asked.words.casefold() in OFF:
        await desk.usual.use(desk, asked.tenant, asked.channel, None)
        return Reply(sentences("Questions in this channel search every loaded call again."))
    directory = (await desk.seen(asked.place)).directory
    chosen = meant(directory, asked.words)
    if len(chosen) != 1:
        names = ", ".join(company.name for company in (chosen or directory.companies)[:SHOWN])
        raise NoCompanyError(f"“{asked.words}” is not one loaded company. There are: {names or 'none yet'}.")
    await desk.usual.use(desk, asked.tenant, asked.channel, chosen[0].key)
    return Reply(
        sentences(
            f"Questions in this channel that name no company are about {chosen[0].name} from now on. "
            f"{asked.command} use off ends that."
        )
    )


def meant(directory: Directory, typed: str) -> tuple[Company, ...]:
    """Return the companies that words may mean: by name or ticker, else by how a name begins, else by likeness."""
    folded = words(typed)
    begun = tuple(company for company in directory.companies if words(company.name)[: len(folded)] == folded)
    return directory.company(folded) or begun or directory.company_like(folded)


async def _status(asked: Asked, desk: Desk) -> str:
    key = await desk.usual.company(desk, asked.tenant, asked.channel)
    companies = (await desk.seen(asked.place)).directory.companies
    name = next((company.name for company in companies if company.key == key), key)
    if name is None:
        return f"Questions in this channel search every loaded call. For one company: {asked.command} use COMPANY"
    return f"Questions in this channel that name no company are about {name}. {asked.command} use off ends that."


def names(typed: str) -> bool:
    """Take what may be a company's name: "use of cash" is a question."""
    parts = typed.casefold().split()
    return len(parts) <= LONGEST and parts[:1] not in (["of"], ["case"], ["cases"])


subcommand = Subcommand(
    "use", "use COMPANY | off", "use off", run, about="the company this channel asks about", takes=names
)
