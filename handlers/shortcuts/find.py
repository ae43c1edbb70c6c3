"""*Find in calls*: what a message says, looked up; inside threads too, where no slash command goes."""

from bot.errors import QuestionError
from handlers import delivery
from handlers.answering import answered
from handlers.asked import Asked
from handlers.blocks.form import form
from handlers.blocks.modal import modal
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.shortcuts._shortcut import Shortcut


async def run(asked: Asked, desk: Desk) -> None:
    """Answer the message in a modal; where it is no question as it stands, open the form with its words."""
    try:
        given = await answered(desk, asked.place, asked.words, View(command=asked.command, sharing=False))
        view = modal(delivery.ANSWER, given.message.blocks, memory=asked.place.channel)
    except QuestionError as error:
        view = form(asked.words, notice=error.sentence, memory=asked.place.channel)
    await delivery.show(desk, asked.tenant, "views.open", {"trigger_id": asked.trigger, "view": view})


shortcut = Shortcut("find_in_calls", "message", "Find in calls", "Look up what this message says in the calls", run)
