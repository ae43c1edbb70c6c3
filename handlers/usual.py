"""The company that a channel usually asks about: questions that name none are about it, and say so."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import QuestionError
from bot.query import understand

if TYPE_CHECKING:
    from handlers.asked import Asked
    from handlers.desk import Desk

SETTING = "company"
FRESH = 30.0  # seconds for which a channel's company is known without a look into the store; other replicas may set it
EVERYWHERE = frozenset({"list", "help"})  # questions about everything that is loaded


@dataclass(frozen=True, slots=True)
class Scoped:
    """A question, limited to the channel's company where it named none; `notice` tells that."""

    question: str
    notice: str | None = None


class Usual:
    """The companies of channels, as the store has them, looked up at most every FRESH seconds."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, str | None]] = {}

    async def company(self, desk: "Desk", tenant: str, channel: str) -> str | None:
        """Return the key of the channel's company, None where it has none."""
        now = asyncio.get_running_loop().time()
        until, key = self._known.get((tenant, channel), (0.0, None))
        if now >= until:
            key = await desk.store.setting(tenant, channel, SETTING)
            self._known[tenant, channel] = (now + FRESH, key)
        return key

    async def use(self, desk: "Desk", tenant: str, channel: str, key: str | None) -> None:
        """Set a channel's company; None ends it."""
        await desk.store.save_setting(tenant, channel, SETTING, key)
        self._known.pop((tenant, channel), None)


async def scoped(desk: "Desk", asked: "Asked", question: str) -> Scoped:
    """Limit a question to the company that its channel uses, unless it names a company or a call itself."""
    key = await desk.usual.company(desk, asked.tenant, asked.channel)
    if key is None:
        return Scoped(question)
    directory = (await desk.seen(asked.place)).directory
    company = next((company for company in directory.companies if company.key == key), None)
    try:
        team = await desk.teams.team(desk, asked.place)
        query = understand(question, directory, today=desk.today(), team=team)
    except QuestionError:
        return Scoped(question)
    if company is None or query.companies or query.calls or query.intent in EVERYWHERE:
        return Scoped(question)
    notice = f"Only {company.name}, as this channel asks about it; {asked.command} use off searches every call."
    return Scoped(f'{question} company:"{key}"', notice)
