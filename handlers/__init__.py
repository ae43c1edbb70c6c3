"""Slack: the doors through which questions come in, and how answers go out. All of Slack is known here only."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from slack_bolt.async_app import AsyncApp

    from handlers.desk import Desk

ANY = re.compile("")  # matches every name


def register(app: "AsyncApp", desk: "Desk") -> None:
    """Name every door to `app`: the command, buttons, mentions, direct messages; each closes over `desk`.

    The last doors take whatever else Slack sends: it is answered 200, for an unanswered event is sent again and again.
    """
    from handlers import actions, forms, home, leaving, mention, search, shortcuts  # noqa: PLC0415  # the modules below import their room's parts by this package
    from handlers.call import _listener  # noqa: PLC0415  # as above

    _listener.register(app, desk)
    for door in (actions, forms, mention, home, search, shortcuts, leaving):
        door.register(app, desk)
    for rest in (app.event, app.action, app.shortcut, app.view_submission, app.view_closed, app.options):
        rest(ANY)(_nothing)


async def _nothing(ack: "Callable[[], Awaitable[object]]") -> None:
    """Acknowledge what has no other door."""
    await ack()
