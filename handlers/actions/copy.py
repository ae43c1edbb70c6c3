"""*Copy as text*: the quote as it goes into a note, with speaker, call and line, in a modal."""

from handlers import delivery
from handlers.actions._action import Action
from handlers.blocks.exchange import lines
from handlers.blocks.rich import piece, preformatted, rich, section
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import known, quote_for

TITLE = "Copy as text"


async def run(pressed: Pressed, desk: Desk) -> None:
    """Open the text in a modal, in a box of its own."""
    quote = quote_for(known(pressed.ticket), await desk.seen(pressed.asked.place))
    hint = section(piece("Word for word as the source has it. Select and copy:"))
    await delivery.pop_up(desk, pressed.asked, TITLE, [rich(hint, preformatted("\n".join(lines(quote))))])


action = Action("copy", run)
