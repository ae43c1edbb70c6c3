"""From the words of a question to the message that answers it: the one path of every surface."""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from bot.answers.answer import Answer
from bot.ask import ask
from bot.collecting import after_answer
from bot.library import Library
from bot.team import NOBODYS, Team
from bot.turnstile import turnstile
from handlers.blocks.drawn import Drawings
from handlers.blocks.page import render
from handlers.blocks.view import PAGE, View
from handlers.errors import NothingAskedError, StillLoadingError
from handlers.message import Message
from handlers.place import Place
from handlers.typed import question as checked

if TYPE_CHECKING:
    from handlers.desk import Desk

KEPT = 256  # answers at hand: every press of a button asks its question again, and people ask what others just asked


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and how it is shown."""

    answer: Answer
    message: Message


async def answered(desk: "Desk", place: Place, question: str, view: View) -> Answered:
    """Answer a question over what may be seen from `place`, in the words of its team. Raises QuestionError."""
    if not any(char.isalnum() for char in question):
        raise NothingAskedError(view.command)
    library = await desk.seen(place)
    if not desk.ready and not library.calls:
        raise StillLoadingError
    team = await desk.teams.team(desk, place)
    return await desk.answers.shown(library, checked(question), view, desk.today(), team)


@dataclass(slots=True)
class Answers:
    """The last answers of each library that people see; nobody is shown an answer over calls that others see.

    A team's own words are part of each key: what they made of a question is no other team's answer.
    """

    _held: "WeakKeyDictionary[Library, _Held]" = field(default_factory=WeakKeyDictionary)

    async def shown(
        self, library: Library, question: str, view: View, today: dt.date, team: Team = NOBODYS
    ) -> Answered:
        """Return a page of the answer, drawn. Pages with nothing open and nothing to tell are kept drawn."""
        page = self._held_of(library, today).page(question, view, team)
        if page is not None:
            return page
        async with turnstile():  # where many ask the same at once, the first of them has drawn it meanwhile
            held = self._held_of(library, today)
            page = held.page(question, view, team)
            if page is not None:
                return page
            if (question, view.offset, team) in held.answers:
                after_answer()  # no answer does, and many pages in a row leave the next one much to look at
            answer = await self.of(library, question, view.offset, today, team)
            await turnstile().breathe()
            return self._drawn(held, answer, library, question, view, team)

    @staticmethod
    def _drawn(held: "_Held", answer: Answer, library: Library, question: str, view: View, team: Team) -> Answered:
        """Draw a page, and keep it with the state of the library that the answer was asked of."""
        drawn = render(answer, view, library.calls, library.directory.call_names, held.drawings)
        if view.opened is not None or view.notice is not None or view.thanks is not None:
            return Answered(answer, drawn)
        pages, key = held.pages, (question, view, team)
        if len(pages) >= KEPT:
            del pages[next(iter(pages))]  # the oldest
        pages[key] = page = Answered(answer, drawn.packed())
        return page

    async def of(self, library: Library, question: str, offset: int, today: dt.date, team: Team = NOBODYS) -> Answer:
        """Return a page of the answer to a question, at hand or asked now. Raises QuestionError."""
        kept, key = self._held_of(library, today).answers, (question, offset, team)
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
        answer = await _asked(library, question, offset, today, team)
        kept[key] = answer
        if len(kept) > KEPT:
            kept.popitem(last=False)
        return answer

    def _held_of(self, library: Library, today: dt.date) -> "_Held":
        held = self._held.get(library)
        # The directory is made anew whenever a call comes, changes or goes.
        if held is None or held.directory is not library.directory or held.day != today:
            held = self._held[library] = _Held(library.directory, today)
        return held


@dataclass(slots=True)
class _Held:
    """The last answers of one library: they hold for one state of it and one day, and are forgotten with either."""

    directory: object
    day: dt.date
    answers: OrderedDict[tuple[str, int, Team], Answer] = field(default_factory=OrderedDict)
    pages: dict[tuple[str, View, Team], Answered] = field(default_factory=dict)
    drawings: Drawings = field(default_factory=Drawings)

    def page(self, question: str, view: View, team: Team) -> Answered | None:
        """Return a page that was drawn, where its answer is at hand as well."""
        page = self.pages.get((question, view, team))
        if page is None or self.answers.get(key := (question, view.offset, team)) is not page.answer:
            return None
        self.answers.move_to_end(key)
        return page


async def _asked(library: Library, question: str, offset: int, today: dt.date, team: Team) -> Answer:
    answer = await ask(library, question, today=today, limit=PAGE, offset=offset, team=team)
    if offset and answer.body and not answer.hits:
        # A list comes without what the offset skips; its pages are counted in lines, by the renderer.
        return await ask(library, question, today=today, limit=PAGE, team=team)
    return answer
