"""Messages of plain sentences: help, settings, errors. Whatever they quote is never parsed as markup."""

from collections.abc import Sequence

from handlers.blocks.escaping import escape
from handlers.message import Block, Message

ROOM = 2_900  # characters in one section; Slack's limit is 3,000


def sentences(first: str, *more: str, blocks: Sequence[Block] = ()) -> Message:
    """Render literal lines (nothing in them is markup), then any blocks."""
    lines = [first, *more]
    text = "\n".join(lines)
    section: Block = {
        "type": "section",
        "text": {"type": "plain_text", "text": text[:ROOM] or " ", "emoji": False},
    }
    return Message(text=escape(first), blocks=[section, *blocks])
