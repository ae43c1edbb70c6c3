"""*Previous* and *Next*: another page of the same answer, in its place."""

from handlers import delivery
from handlers.actions._action import Action
from handlers.answering import answered
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import known


async def run(pressed: Pressed, desk: Desk) -> None:
    """Ask again for another page, and edit the message."""
    ticket = known(pressed.ticket)
    view = View(offset=ticket.offset, command=pressed.asked.command, sharing=pressed.ephemeral, rich=pressed.rich)
    await delivery.edit(desk, pressed.asked, (await answered(desk, pressed.asked.place, ticket.question, view)).message)


action = Action("page", run)
