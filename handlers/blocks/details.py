"""A digest's details, for its thread: every question of each call, and all quotes on what the channel watches for."""

from collections.abc import Callable, Iterator
from functools import partial

from bot.digest.digest import Digest
from bot.query.call_ids import call_field
from handlers.blocks.buttons import button, row
from handlers.blocks.digest import Fit, call_blocks, watched_blocks
from handlers.blocks.escaping import escape
from handlers.blocks.limits import MESSAGE_BLOCKS, MESSAGE_TEXT, characters
from handlers.blocks.speaker import ROOM, clip
from handlers.message import Block, Message
from handlers.ticket import Ticket

FITS = (Fit(1, 60, 600, quotes=3), Fit(1, 40, 300, quotes=3), Fit(1, 25, 250, quotes=2), Fit(1, 12, 200, quotes=1))
NAMED = 10  # calls that a button's question can name


def details(digest: Digest) -> Iterator[Message]:
    """Yield the messages of the thread, in order, each within Slack's limits: one a call, one a watched topic."""
    for news in digest.news:
        ask = Ticket(f"questions {call_field(news.call.id)}")
        tail = row(button("ask:questions", "Page through the questions", ask, label=f"Questions of {news.call.name}"))
        text = f"{clip(news.call.name, ROOM)}: who asked what"
        yield _fitting(text, partial(call_blocks, news), tail)
    for watched in digest.watched:
        named = " ".join(map(call_field, list(digest.calls)[:NAMED]))
        ask = Ticket(f"{watched.topic} {named}")
        tail = row(button("ask:watched", "Page through the turns", ask, label=f"Turns on {watched.topic}"))
        text = f"On {clip(watched.topic, ROOM)}, which is watched here"
        yield _fitting(text, partial(watched_blocks, watched), tail)


def _fitting(text: str, drawn: Callable[[Fit], Iterator[Block]], tail: Block) -> Message:
    """Return the roomiest message that stays within the limits; the last fit always does."""
    message = Message(escape(text))
    for fit in FITS:
        message = Message(escape(text), [*drawn(fit), tail])
        size = characters({"text": message.text, "blocks": message.blocks})
        if len(message.blocks) <= MESSAGE_BLOCKS and size <= MESSAGE_TEXT:
            break
    return message
