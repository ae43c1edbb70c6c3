"""*Add a call* on the Home: opens the form that takes a transcript."""

from handlers.actions._action import Action
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.shortcuts.add import run as open_form


async def run(pressed: Pressed, desk: Desk) -> None:
    """Open the form."""
    await open_form(pressed.asked, desk)


action = Action("add", run)
