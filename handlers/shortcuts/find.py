"""*Find in calls*: what a message says, looked up; inside threads too, where no slash command goes."""

import re

from bot.errors import QuestionError
from bot.quoting import sentences
from handlers import delivery
from handlers.answering import answered
from handlers.asked import Asked
from handlers.blocks.form import form
from handlers.blocks.modal import modal
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.shortcuts._shortcut import Shortcut

# Where a question begins that somebody in a hurry wrote small: `sentences` wants a capital letter there.
_ASKING = re.compile(
    r"(?<=[.!?])\s+(?=(?:who|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|can|could|any(?:one|body)?)\b)"
)


async def run(asked: Asked, desk: Desk) -> None:
    """Answer the message in a modal; where it is no question as it stands, open the form with its words."""
    question = asked_in(asked.words)
    try:
        given = await answered(desk, asked.place, question, View(command=asked.command, sharing=False))
        view = modal(delivery.ANSWER, given.message.blocks, memory=asked.place.channel)
    except QuestionError as error:
        view = form(question, notice=error.sentence, memory=asked.place.channel)
    await delivery.show(desk, asked.tenant, "views.open", {"trigger_id": asked.trigger, "view": view})


def asked_in(text: str) -> str:
    """Return what a message asks: of several sentences the one that is a question, else all that it says.

    People say good morning first, and "anyone?" last: of several questions it is the longest.
    """
    runs = [part for start, end in sentences(text) for part in _ASKING.split(text[start:end])]
    asking = [run for run in runs if run.rstrip("\"'”’) ").endswith("?")]
    return max(asking, key=len) if asking else " ".join(text.split())


shortcut = Shortcut("find_in_calls", "message", "Find in calls", "Look up what this message says in the calls", run)
