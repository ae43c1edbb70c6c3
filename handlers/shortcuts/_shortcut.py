"""A shortcut: one file beside this one that holds `shortcut = Shortcut(…)`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.asked import Asked
from handlers.desk import Desk


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of Slack's shortcut menus. `kind` is `global`, or `message` where it acts on one.

    `name` has at most 24 characters and starts with a verb, `about` at most 150. `run` is given the request (its words
    are the message's, with its lines), and has three seconds until its trigger opens nothing any more.
    """

    callback: str
    kind: str
    name: str
    about: str
    run: Callable[[Asked, Desk], Awaitable[None]]
