"""*Helpful* and *Not helpful*: kept, and counted in `stats`."""

from handlers import delivery
from handlers.actions._action import Action
from handlers.answering import answered
from handlers.blocks.sentences import sentences
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import known


async def run(pressed: Pressed, desk: Desk) -> None:
    """Keep the verdict, and say thank you: in its place if only this person sees the answer, else beside it."""
    ticket, asked = known(pressed.ticket), pressed.asked
    helpful = pressed.action.endswith(":yes") if ticket.helped is None else ticket.helped
    await desk.store.save_feedback(asked.tenant, asked.channel, asked.user, ticket.question, helpful=helpful)
    thanks = "Noted as helpful, thank you." if helpful else "Noted as not helpful; other words may find more."
    if pressed.own:
        view = View(
            offset=ticket.offset,
            command=asked.command,
            sharing=pressed.ephemeral,
            thanks=thanks,
            rich=pressed.rich,
        )
        await delivery.edit(desk, asked, (await answered(desk, asked.place, ticket.question, view)).message)
        return
    await delivery.tell(desk, asked, sentences(thanks))


action = Action("feedback", run)
