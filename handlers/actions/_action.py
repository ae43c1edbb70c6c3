"""A button's action: one file beside this one that holds `action = Action(…)`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.desk import Desk
from handlers.pressed import Pressed


@dataclass(frozen=True, slots=True)
class Action:
    """What happens when a button is pressed whose action_id is `name`, or `name:` and more.

    `run` sends whatever there is to send; it may raise EarshotError, whose sentence the person is shown.
    """

    name: str
    run: Callable[[Pressed, Desk], Awaitable[None]]
