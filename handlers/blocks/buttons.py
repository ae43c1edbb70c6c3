"""Buttons: an action's name, a text, and a ticket that says what to do after any restart."""

from handlers.blocks.limits import BUTTON_LABEL, BUTTON_TEXT
from handlers.blocks.rich import plain
from handlers.blocks.speaker import clip
from handlers.message import Block
from handlers.ticket import Ticket


def button(
    action: str, text: str, ticket: Ticket | str, *, label: str | None = None, style: str | None = None
) -> Block:
    """Return a button. `action` is an action's name, with `:` and more where several stand in one block.

    `ticket` may be given as it is written: several buttons of a turn bring the same one.
    """
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": plain(text if len(text) <= BUTTON_TEXT else clip(text, BUTTON_TEXT)),
        "value": ticket if isinstance(ticket, str) else ticket.encode(),
    }
    if label is not None:
        made["accessibility_label"] = label if len(label) <= BUTTON_LABEL else clip(label, BUTTON_LABEL)
    if style is not None:
        made["style"] = style
    return made


def row(*buttons: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}
