"""*All N in a table*: every question at once, in the place of the page."""

from bot.ask import ask
from handlers import delivery
from handlers.actions._action import Action
from handlers.blocks.asked import MOST, asked_table
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import known
from handlers.typed import question as checked


async def run(pressed: Pressed, desk: Desk) -> None:
    """Ask for all there are, and edit the message."""
    ticket = known(pressed.ticket)
    library = await desk.seen(pressed.asked.place)
    team = await desk.teams.team(desk, pressed.asked.place)
    answer = await ask(library, checked(ticket.question), today=desk.today(), limit=MOST, team=team)
    await delivery.edit(desk, pressed.asked, asked_table(answer))


action = Action("table", run)
