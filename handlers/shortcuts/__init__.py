"""Shortcuts, found in this folder: of the whole workspace, and of a message (inside threads, too)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bot.family import members
from handlers import delivery
from handlers.asked import Surface
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.guests import keep_out
from handlers.pressed import pressed_of
from handlers.shortcuts._shortcut import Shortcut
from handlers.typed import words

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp


@cache
def shortcuts() -> dict[str, Shortcut]:
    """Return every shortcut of this folder by its callback's name."""
    return {each.callback: each for each in members(__name__, "shortcut", Shortcut)}


def register(app: "AsyncApp", desk: Desk) -> None:
    """Answer every shortcut."""
    for shortcut in shortcuts().values():
        app.shortcut(shortcut.callback)(_listener(shortcut, desk))


def _listener(shortcut: Shortcut, desk: Desk) -> Callable[..., Awaitable[None]]:
    async def on_shortcut(ack: Callable[[], Awaitable[object]], body: Mapping[str, object]) -> None:
        desk.errands.start(run(shortcut, body, desk), f"shortcut {shortcut.callback}")
        await ack()

    return on_shortcut


async def run(shortcut: Shortcut, body: Mapping[str, object], desk: Desk) -> None:
    """Do what the shortcut is for; whatever goes wrong is told in a modal, or else beside it, or in direct messages."""
    message = body.get("message")
    said = str(message.get("text") or "") if isinstance(message, Mapping) else ""
    text = "\n".join(
        map(words, said.split("\n"))
    ).strip()  # a line is a sentence of its own, with a full stop or without
    asked = replace(pressed_of(body, desk.settings.command).asked, words=text, surface=Surface.SHORTCUT)
    try:
        keep_out(asked)
        await shortcut.run(asked, desk)
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        await delivery.pop_up_or_confide(desk, asked, message_for(error))
