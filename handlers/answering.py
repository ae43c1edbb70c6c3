"""From the words of a question to the message that answers it: the one path of every surface."""

from dataclasses import dataclass, replace

from bot.answers.answer import Answer
from bot.ask import ask
from handlers.blocks.page import render
from handlers.blocks.view import PAGE, View
from handlers.desk import Desk
from handlers.errors import NothingAskedError, StillLoadingError
from handlers.message import Message
from handlers.typed import question as checked


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and how it is shown."""

    answer: Answer
    message: Message


async def answered(desk: Desk, question: str, view: View) -> Answered:
    """Answer a question, as `view` looks at it. Raises QuestionError."""
    if not any(char.isalnum() for char in question):
        raise NothingAskedError(view.command)
    if not desk.ready and not desk.library.calls:
        raise StillLoadingError
    text, library, today = checked(question), desk.library, desk.today()
    answer = await ask(library, text, today=today, limit=PAGE, offset=view.offset)
    if view.offset and answer.body and not answer.hits:
        # A list comes without what the offset skips; its pages are counted in lines, by the renderer.
        answer = await ask(library, text, today=today, limit=PAGE)
    return Answered(answer, render(answer, replace(view, calls=library.calls)))
