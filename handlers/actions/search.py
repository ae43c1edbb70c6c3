"""*Search calls* on the Home: opens the search form."""

from handlers.actions._action import Action
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.shortcuts.search import run as open_form


async def run(pressed: Pressed, desk: Desk) -> None:
    """Open the form."""
    await open_form(pressed.asked, desk)


action = Action("search", run)
