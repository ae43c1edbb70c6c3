"""What a watch found in a new call: who watches it, and the answer with an answer's buttons."""

from dataclasses import replace

from bot.digest.watched import Found
from handlers.blocks.escaping import escape
from handlers.blocks.page import render as page
from handlers.blocks.rich import person, piece, rich, section
from handlers.blocks.speaker import clip
from handlers.blocks.view import View
from handlers.message import Block, Message

TOPIC = 120
LEAD = "watch"  # the block that says who watches: what is edited in its place keeps it
FALLBACK = 1_500


def render(found: Found, command: str) -> Message:
    """Render a watch's post within Slack's limits."""
    topic = clip(found.watch.topic, TOPIC)
    how = f" here; {command} mute {topic} silences it, {command} unwatch {topic} ends it."
    more = f" {found.limit}" if found.limit else ""
    # The page makes room for these words; they go out as rich text, with the person in it.
    view = View(command=command, sharing=False, notice=f"Somebody watches {topic}{how}{more}")
    message = page(found.answer, view, found.library)
    lead = {"block_id": LEAD} | rich(
        section(_who(found.watch.user), piece(" watches "), piece(topic, code=True), piece(f"{how}{more}"))
    )
    text = escape(clip(f"New: {found.call.name} on {topic}. ", FALLBACK)) + message.text
    return replace(message, text=text[:FALLBACK], blocks=[lead, *message.blocks[1:]])


def _who(user: str) -> Block:
    """Name whoever set it up; who asked to be forgotten is nobody here."""
    return person(user) if user else piece("Somebody")
