"""*Share*: posts one quote to the channel, word for word as it was shown, and says who shared it."""

from handlers import delivery
from handlers.actions._action import Action
from handlers.answering import answered
from handlers.blocks.shared import shared
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import known, quote_for


async def run(pressed: Pressed, desk: Desk) -> None:
    """Post the quote where the button was pressed, then say so in the answer. Nothing is posted of a changed call."""
    ticket, asked = known(pressed.ticket), pressed.asked
    quote = quote_for(ticket, desk.library)
    message = shared(quote, user=asked.user, command=asked.command, question=ticket.question)
    await delivery.post(desk, asked.tenant, asked.channel, message, thread=asked.thread)
    view = View(offset=ticket.offset, command=asked.command, notice="Shared with this channel, under your name.")
    await delivery.edit(desk, asked, (await answered(desk, ticket.question, view)).message)


action = Action("share", run)
