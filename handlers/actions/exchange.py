"""*Whole exchange*: every turn of a question and its answers, in a modal."""

from handlers import delivery
from handlers.actions._action import Action
from handlers.blocks.exchange import exchange_blocks
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import known, quote_for

TITLE = "Whole exchange"


async def run(pressed: Pressed, desk: Desk) -> None:
    """Open the exchange in a modal."""
    quote = quote_for(known(pressed.ticket), await desk.seen(pressed.asked.place))
    await delivery.pop_up(desk, pressed.asked, TITLE, exchange_blocks(quote))


action = Action("exchange", run)
