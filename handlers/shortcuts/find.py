"""*Find in calls*: what a message says, looked up; inside threads too, where no slash command goes."""

import re

from bot.errors import QuestionError
from bot.quoting import sentences
from handlers import delivery
from handlers.answering import answered
from handlers.asked import Asked
from handlers.blocks.form import form, searching
from handlers.blocks.modal import modal
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.message import Block
from handlers.shortcuts._shortcut import Shortcut
from handlers.window import open_window

# Where a question begins that somebody in a hurry wrote small: `sentences` wants a capital letter there.
_ASKING = re.compile(
    r"(?<=[.!?])\s+(?=(?:who|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|can|could|any(?:one|body)?)\b)"
)


async def run(asked: Asked, desk: Desk) -> None:
    """Answer the message in a modal. Where that takes long, the modal opens before the answer is there."""
    question = asked_in(asked.words)
    work = desk.errands.start(_view(question, asked, desk), "look a message up")
    await open_window(desk, asked, work, searching(question, memory=asked.place.channel))


async def _view(question: str, asked: Asked, desk: Desk) -> Block:
    """Return the answer's modal; where it is no question as it stands, the form with its words."""
    try:
        given = await answered(desk, asked.place, question, View(command=asked.command, sharing=False))
    except QuestionError as error:
        return form(question, notice=error.sentence, memory=asked.place.channel)
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        return modal(delivery.NOTICE, message_for(error).blocks)
    return modal(delivery.ANSWER, given.message.blocks, memory=asked.place.channel)


def asked_in(text: str) -> str:
    """Return what a message asks: of several sentences the one that is a question, else all that it says.

    People say good morning first, and "anyone?" last: of several questions it is the longest.
    """
    runs = [part for start, end in sentences(text) for part in _ASKING.split(text[start:end])]
    asking = [run for run in runs if run.rstrip("\"'”’) ").endswith("?")]
    return max(asking, key=len) if asking else " ".join(text.split())


shortcut = Shortcut("find_in_calls", "message", "Find in calls", "Look up what this message says in the calls", run)
