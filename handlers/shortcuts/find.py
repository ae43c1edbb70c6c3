"""*Find in calls*: what a message says, looked up; inside threads too, where no slash command goes."""

import re
from collections.abc import Mapping

from bot.errors import QuestionError
from bot.quoting import sentences
from handlers import delivery
from handlers.answering import answered
from handlers.asked import Asked
from handlers.blocks.form import form, searching
from handlers.blocks.modal import modal
from handlers.blocks.view import View
from handlers.deadline import in_time
from handlers.delivery import NotPostedError
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.message import Block
from handlers.search import NOT_FOUND
from handlers.shortcuts._shortcut import Shortcut

# Where a question begins that somebody in a hurry wrote small: `sentences` wants a capital letter there.
_ASKING = re.compile(
    r"(?<=[.!?])\s+(?=(?:who|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|can|could|any(?:one|body)?)\b)"
)


async def run(asked: Asked, desk: Desk) -> None:
    """Answer the message in a modal. Where that takes long, the modal opens before the answer is there."""
    question = asked_in(asked.words)
    work = desk.errands.start(_view(question, asked, desk), "look a message up")
    early = await in_time(work)
    view = work.result() if early else searching(question, memory=asked.place.channel)
    told = await delivery.show(desk, asked.tenant, "views.open", {"trigger_id": asked.trigger, "view": view})
    if early:
        return
    shown = told.get("view")
    where = shown.get("id") if isinstance(shown, Mapping) else None
    try:
        await delivery.show(desk, asked.tenant, "views.update", {"view_id": where, "view": await work})
    except NotPostedError as error:
        if error.reason != NOT_FOUND:  # it is when the modal was closed meanwhile
            raise


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
