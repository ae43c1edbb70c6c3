"""*Add a call*: the form that takes a transcript, from anywhere in Slack."""

from handlers import delivery
from handlers.asked import Asked
from handlers.blocks.given import adding
from handlers.desk import Desk
from handlers.shortcuts._shortcut import Shortcut


async def run(asked: Asked, desk: Desk) -> None:
    """Open the form."""
    view = adding(asked.place.channel if asked.place.channel.startswith("D") else "")
    await delivery.show(desk, asked.tenant, "views.open", {"trigger_id": asked.trigger, "view": view})


shortcut = Shortcut("add_call", "global", "Add a call", "Hand over the transcript of an earnings call", run)
