"""From the words of a question to the message that answers it: the one path of every surface."""

from dataclasses import dataclass

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
    answer = await ask(desk.library, checked(question), today=desk.today(), limit=PAGE, offset=view.offset)
    return Answered(answer, render(answer, view))
