"""*Share*: posts one quote to the channel, word for word as it was shown, once, and says who shared it."""

import datetime as dt
import hashlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.errors import EarshotError
from handlers import delivery
from handlers.actions._action import Action
from handlers.answering import answered
from handlers.blocks.shared import shared
from handlers.blocks.view import View
from handlers.desk import Desk
from handlers.pressed import Pressed
from handlers.ticket import Ticket
from handlers.turned import known, quote_for
from handlers.worded import in_words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# One person's same quote in the same place is posted once within at least this time, and at most twice of it: far
# longer than a post waits after Slack's "too many requests", which is what invites a second press.
WINDOW = dt.timedelta(minutes=1)


class SharedAlreadyError(EarshotError):
    """A second press of the same button, soon after the first."""

    def __init__(self) -> None:
        super().__init__(
            "You shared this quote here a moment ago: it is there, or on its way. I posted it once. If it does not "
            "come, look at the channel, then share it again in two minutes."
        )


async def run(pressed: Pressed, desk: Desk) -> None:
    """Post the quote where the button was pressed, then say so in the answer. Nothing is posted of a changed call."""
    ticket, asked = known(pressed.ticket), pressed.asked
    quote = quote_for(ticket, await desk.seen(asked.place))
    question = await in_words(desk, asked.place, ticket.question)
    message = shared(quote, user=asked.user, command=asked.command, question=question)
    async with _once(pressed, ticket, desk):
        await delivery.post(desk, asked.tenant, asked.channel, message, thread=asked.thread)
    view = View(
        offset=ticket.offset, command=asked.command, notice="Shared with this channel, under your name.", rich=True
    )
    await delivery.edit(desk, asked, (await answered(desk, asked.place, ticket.question, view)).message)


@asynccontextmanager
async def _once(pressed: Pressed, ticket: Ticket, desk: Desk) -> "AsyncIterator[None]":
    """Let one press of a quote's button through, over all replicas. Raises SharedAlreadyError for the next ones.

    A press claims this stretch of time and the one before it in the inbox; two presses within a window want one stretch
    in common, and the inbox gives it once. Where Slack refuses the post, both are given back, so that it may be tried
    again; where nobody knows, they are kept: the person has to look first.
    """
    tenant = pressed.asked.tenant
    number = int(desk.clock().timestamp() // WINDOW.total_seconds())
    claimed: list[str] = []
    try:
        for stretch in (number - 1, number):
            event = f"share {_of(pressed, ticket)} {stretch}"
            await _claim(desk, tenant, event)
            claimed.append(event)
        yield
    except delivery.UncertainError:
        raise
    except Exception:
        for event in claimed:
            await desk.store.release(tenant, event)
        raise
    for event in claimed:
        desk.errands.start(desk.store.done(tenant, event), "mark a share as done")


async def _claim(desk: Desk, tenant: str, event: str) -> None:
    if not await desk.store.claim(tenant, event):
        raise SharedAlreadyError


def _of(pressed: Pressed, ticket: Ticket) -> str:
    """Return what makes a share itself: who, where, which words of which turn."""
    asked = pressed.asked
    parts = (asked.user, asked.channel, asked.thread, ticket.call, ticket.turn, ticket.stamp, ticket.start, ticket.end)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


action = Action("share", run)
