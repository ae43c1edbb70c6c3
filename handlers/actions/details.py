"""*Details in the thread*: everything a digest tells of, posted once under it, for everybody.

A message that Slack posts from its schedule tells nobody its timestamp, and reading it back needs a scope that Earshot
doesn't ask for; a press on its button brings the timestamp along. So the thread follows when somebody wants it.
"""

from bot.digest.digest import Digest
from bot.errors import EarshotError
from handlers import delivery
from handlers.actions._action import Action
from handlers.blocks.details import details
from handlers.daily import compose_of
from handlers.delivery import NotPostedError
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.turned import known


class TheseAreThereError(EarshotError):
    """A second press, by whomever."""

    def __init__(self) -> None:
        super().__init__(
            "The details are in the thread of this message already, or on their way. If it stays empty, Slack has lost "
            "them: the buttons beside this one show each call's questions."
        )


class NoneLeftError(EarshotError):
    """None of the digest's calls is loaded any more."""

    def __init__(self) -> None:
        super().__init__("The calls of this digest are no longer loaded, so there is nothing to show of them.")


async def run(pressed: Pressed, desk: Desk) -> None:
    """Post the details under the message; once, over all replicas and presses."""
    asked, root = pressed.asked, pressed.asked.thread or pressed.message
    digest = await compose_of(desk, asked.place, known(pressed.ticket).question.split("\n"))
    if digest.empty:
        raise NoneLeftError
    event = f"details {asked.channel} {root}"
    if not await desk.store.claim(asked.tenant, event):
        raise TheseAreThereError
    await _post(pressed, desk, digest, event, root)
    await desk.store.done(asked.tenant, event)


async def _post(pressed: Pressed, desk: Desk, digest: Digest, event: str, root: str | None) -> None:
    """Post one message after the other. Where Slack refuses even the first, another press may try again.

    Where nobody knows whether it took one, no press does: UncertainError tells the person to look.
    """
    asked = pressed.asked
    for number, message in enumerate(details(digest)):
        try:
            await delivery.post(desk, asked.tenant, asked.channel, message, thread=root)
        except NotPostedError:
            if number == 0:
                await desk.store.release(asked.tenant, event)
            else:
                await desk.store.done(asked.tenant, event)
            raise


action = Action("details", run)
