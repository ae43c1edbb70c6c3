"""The companies that a channel usually asks about: questions that name none are about them, and say so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answers.answer import About, Note
from bot.errors import QuestionError
from bot.query import understand
from handlers.answering import Answered
from handlers.blocks.page import render
from handlers.blocks.view import View
from handlers.known import Known

if TYPE_CHECKING:
    from handlers.asked import Asked
    from handlers.desk import Desk
    from handlers.place import Place

SETTING = "company"
FRESH = 30.0  # seconds for which a channel's companies are known without a look into the store; others may set them
KEPT = 4_096  # conversations
EVERYWHERE = frozenset({"list", "help"})  # questions about everything that is loaded
EVERY = "company:all"  # what a question says that is not to be limited


@dataclass(frozen=True, slots=True)
class Scoped:
    """A question, limited to the channel's companies where it named none; `notice` tells that, `undo` takes it back."""

    question: str
    notice: str | None = None
    undo: str | None = None

    async def told(self, desk: "Desk", place: "Place", given: Answered, view: View) -> Answered:
        """Return the answer with what it was limited to, told and undone as any other assumption is."""
        if self.notice is None:
            return given
        note = Note(About.ASSUMED, self.notice, self.undo)
        answer = replace(given.answer, notes=(note, *given.answer.notes))
        library = await desk.seen(place)
        return Answered(answer, render(answer, view, library.calls, library.directory.call_names))


class Usual:
    """The companies of channels, as the store has them, looked up at most every FRESH seconds."""

    def __init__(self) -> None:
        self._known: Known[tuple[str, str], tuple[str, ...]] = Known(FRESH, KEPT)

    async def companies(self, desk: "Desk", tenant: str, channel: str) -> tuple[str, ...]:
        """Return the keys of the channel's companies, none where it has none."""

        async def look() -> tuple[str, ...]:
            return tuple(key for key in (await desk.store.setting(tenant, channel, SETTING) or "").split("\n") if key)

        return await self._known.of((tenant, channel), look)

    def forget(self, tenant: str) -> None:
        """Look a tenant's channels up anew next time: they have no company any more."""
        self._known.forget(lambda known: known[0] == tenant)

    async def use(self, desk: "Desk", tenant: str, channel: str, keys: Sequence[str]) -> None:
        """Set a channel's companies; none ends it."""
        await desk.store.save_setting(tenant, channel, SETTING, "\n".join(keys) or None)
        self._known.forget(lambda known: known == (tenant, channel))


async def scoped(desk: "Desk", asked: "Asked", question: str) -> Scoped:
    """Limit a question to the companies that its channel uses, unless it names a company or a call itself."""
    keys = await desk.usual.companies(desk, asked.tenant, asked.channel)
    if not keys or EVERY in question.casefold():
        return Scoped(question)
    directory = (await desk.seen(asked.place)).directory
    companies = [company for company in directory.companies if company.key in keys]
    try:
        team = await desk.teams.team(desk, asked.place)
        query = understand(question, directory, today=desk.today(), team=team)
    except QuestionError:
        return Scoped(question)
    if not companies or query.companies or query.calls or query.intent in EVERYWHERE:
        return Scoped(question)
    names = " and ".join(company.name for company in companies)
    limits = " ".join(f'company:"{company.key}"' for company in companies)
    notice = f"Only {names}, which this channel is set to; {asked.command} use off searches every call."
    return Scoped(f"{question} {limits}", notice, f"{question} {EVERY}")
