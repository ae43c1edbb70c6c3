"""Buttons: one file each, found in this folder. A press is acknowledged first, then worked on."""

import re
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from bot.family import members
from handlers import delivery
from handlers.actions._action import Action
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.guests import allowed, keep_out
from handlers.pressed import Pressed, pressed_of

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp


# What a guest who may ask in a channel may press there: it shows more of an answer, and keeps or posts nothing else.
READING = frozenset({"ask", "copy", "exchange", "open", "page", "table"})


@cache
def actions() -> dict[str, Action]:
    """Return every action of this folder by name."""
    return {each.name: each for each in members(__name__, "action", Action)}


def register(app: "AsyncApp", desk: Desk) -> None:
    """Answer every press of a button."""
    for action in actions().values():
        pattern = re.compile(rf"^{re.escape(action.name)}(:.*)?$")
        app.action(pattern)(_listener(action, desk))


def _listener(action: Action, desk: Desk) -> Callable[..., Awaitable[None]]:
    async def on_press(ack: Callable[[], Awaitable[object]], body: Mapping[str, object]) -> None:
        pressed = pressed_of(body, desk.settings.command)
        desk.errands.start(run(action, pressed, desk), f"press {action.name}")
        await ack()

    return on_press


async def run(action: Action, pressed: Pressed, desk: Desk) -> None:
    """Do what the button says; whatever goes wrong is told to the person who pressed it."""
    try:
        if not (action.name in READING and await allowed(desk, pressed.asked.tenant, pressed.asked.channel)):
            keep_out(pressed.asked)
        await action.run(pressed, desk)
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        await delivery.tell(desk, pressed.asked, message_for(error))
