"""*Answer*, *Context*, *Whole turn*: opens it under its turn, in place; pressed again, hides it."""

from handlers import delivery
from handlers.actions._action import Action
from handlers.answering import answered
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import GoneError, known, quote_for


async def run(pressed: Pressed, desk: Desk) -> None:
    """Show the same page with something open on it; where the call has changed, the page as it is now, and say so."""
    ticket = known(pressed.ticket)
    notice = None
    try:
        quote_for(ticket, await desk.seen(pressed.asked.place))
    except GoneError as error:
        notice = error.sentence
    view = View(
        offset=ticket.offset,
        command=pressed.asked.command,
        opened=ticket if ticket.opened is not None and notice is None else None,
        sharing=pressed.ephemeral,
        notice=notice,
        rich=pressed.rich,
    )
    await delivery.edit(desk, pressed.asked, (await answered(desk, pressed.asked.place, ticket.question, view)).message)


action = Action("open", run)
