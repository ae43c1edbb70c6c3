"""*Search calls*: the form, from anywhere in Slack."""

from handlers import delivery
from handlers.asked import Asked
from handlers.blocks.form import form
from handlers.desk import Desk
from handlers.shortcuts._shortcut import Shortcut


async def run(asked: Asked, desk: Desk) -> None:
    """Open the form."""
    view = form(memory=asked.place.channel)
    await delivery.show(desk, asked.tenant, "views.open", {"trigger_id": asked.trigger, "view": view})


shortcut = Shortcut("search_calls", "global", "Search calls", "Search earnings calls by words, people and quarter", run)
