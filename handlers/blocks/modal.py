"""Modals and the Home tab: the frames round blocks."""

from handlers.blocks.limits import VIEW_BLOCKS, VIEW_TITLE
from handlers.blocks.rich import plain
from handlers.blocks.speaker import clip
from handlers.message import Block


def modal(
    title: str, blocks: list[Block], *, callback: str = "answer", submit: str | None = None, memory: str = ""
) -> Block:
    """Return a modal. `submit` is its button's text where it is a form; `memory` comes back with what is submitted."""
    made: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(clip(title, VIEW_TITLE)),
        "close": plain("Close"),
        "blocks": blocks[:VIEW_BLOCKS],
    }
    if submit is not None:
        made["submit"] = plain(clip(submit, VIEW_TITLE))
    if memory:
        made["private_metadata"] = memory
    return made


def home(blocks: list[Block], *, memory: str = "") -> Block:
    """Return the Home tab; `memory` comes back with every press of a button on it."""
    made: Block = {"type": "home", "blocks": blocks[:VIEW_BLOCKS]}
    return made | {"private_metadata": memory} if memory else made
