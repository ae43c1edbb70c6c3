"""`use`: the companies that this channel asks about, where a question names none."""

import re

from bot.directory import Directory
from bot.errors import QuestionError
from bot.query.entities import Company
from bot.query.tables import words
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.daily import pass_over
from handlers.desk import Desk
from handlers.reply import Reply

OFF = frozenset({"off", "none", "nothing", "everything", "all"})
LONGEST = 4  # words of a company's name; more are a question ("use of proceeds from the offering")
SHOWN = 8  # companies by name


class NoCompanyError(QuestionError):
    """Words that name no loaded company, or several."""


async def run(asked: Asked, desk: Desk) -> Reply:
    """Say, set or end the channel's companies. Raises NoCompanyError."""
    if not asked.words:
        return Reply(sentences(await _status(asked, desk)))
    if asked.words.casefold() in OFF:
        await pass_over(desk, asked.place)
        await desk.usual.use(desk, asked.tenant, asked.channel, ())
        return Reply(sentences("Questions in this channel search every loaded call again."))
    chosen = several((await desk.seen(asked.place)).directory, asked.words)
    await pass_over(desk, asked.place)
    await desk.usual.use(desk, asked.tenant, asked.channel, [company.key for company in chosen])
    names = " and ".join(company.name for company in chosen)
    return Reply(
        sentences(
            f"Questions in this channel that name no company are about {names} from now on. "
            f"{asked.command} use off ends that."
        )
    )


def several(directory: Directory, typed: str) -> tuple[Company, ...]:
    """Return the companies that are named: one, or several parted by commas or "and". Raises NoCompanyError."""
    whole = meant(directory, typed)
    if len(whole) == 1:
        return whole
    parts = [part for part in re.split(r",|\band\b", typed) if part.strip()]
    found = [meant(directory, part) for part in parts]
    for part, companies in zip(parts, found, strict=True):
        if len(companies) != 1:
            names = " · ".join(company.name for company in (companies or directory.companies)[:SHOWN])
            raise NoCompanyError(f"“{part.strip()}” is not one loaded company. Name one of: {names or 'none yet'}")
    if not found:
        raise NoCompanyError("Name a company whose calls are loaded, or several, parted by commas.")
    return tuple(dict.fromkeys(companies[0] for companies in found))


def meant(directory: Directory, typed: str) -> tuple[Company, ...]:
    """Return the companies that words may mean: by name or ticker, else by how a name begins, else by likeness."""
    folded = words(typed)
    begun = tuple(company for company in directory.companies if words(company.name)[: len(folded)] == folded)
    return directory.company(folded) or begun or directory.company_like(folded)


async def _status(asked: Asked, desk: Desk) -> str:
    keys = await desk.usual.companies(desk, asked.tenant, asked.channel)
    names = (await desk.seen(asked.place)).directory.company_names
    if not keys:
        return f"Questions in this channel search every loaded call. For one company: {asked.command} use COMPANY"
    held = " and ".join(names.get(key, key) for key in keys)
    return f"Questions in this channel that name no company are about {held}. {asked.command} use off ends that."


def names(typed: str) -> bool:
    """Take what may be names of companies: "use of cash" is a question."""
    parts = typed.casefold().split()
    first = parts[:1] in (["of"], ["case"], ["cases"])
    return not first and all(len(part.split()) <= LONGEST for part in re.split(r",|\band\b", typed.casefold()))


subcommand = Subcommand(
    "use",
    "use COMPANY[, COMPANY] | nothing",
    "use off",
    run,
    about="the companies this channel asks about",
    takes=names,
)
