"""Checking and making the messages an app sends, by whichever door they come."""

import re
from typing import TYPE_CHECKING

from playground.arguments import Arguments
from playground.blocks import check
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import BOT, BOT_USER, Message, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TEXT = 40_000  # Slack truncates beyond; the double refuses, so that nothing is lost unseen
LONGEST_MARKDOWN = 12_000
ATTACHMENTS = 100
ALIVE = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>|<!subteam\^")


def content(args: Arguments) -> tuple[str, list[Payload], list[Payload]]:
    """Return text, blocks and attachments of a message, checked. Raises Refusal as Slack does."""
    text, blocks, attachments = args.text("text"), args.listing("blocks"), args.listing("attachments")
    markdown = args.text("markdown_text")
    if markdown:
        if text or blocks:
            raise Refusal("markdown_text_conflict")
        if len(markdown) > LONGEST_MARKDOWN:
            raise Refusal("msg_too_long")
        blocks = [{"type": "markdown", "text": markdown}]
        text = markdown
    if not text and not blocks and not attachments:
        raise Refusal("no_text")
    if len(text) > LONGEST_TEXT:
        raise Refusal("msg_too_long")
    if len(attachments) > ATTACHMENTS:
        raise Refusal("too_many_attachments")
    check(blocks)
    for attachment in attachments:
        check(attachment.get("blocks", []))
    return text, blocks, attachments


def compose(workspace: Workspace, channel: str, args: Arguments, *, thread: str | None) -> Message:
    """Return the bot's new message out of a call's arguments, not yet posted. Raises Refusal."""
    text, blocks, attachments = content(args)
    ts = workspace.fresh_ts()
    return Message(
        ts=ts,
        channel=channel,
        user=BOT_USER,
        bot=BOT,
        text=text,
        blocks=identified(blocks, ts),
        attachments=attachments,
        thread=thread,
        subtype="bot_message" if args.has("username") else None,
        username=args.maybe("username"),
        metadata=args.mapping("metadata"),
        broadcast=args.flag("reply_broadcast"),
    )


def identified(blocks: list[Payload], seed: str) -> list[Payload]:
    """Return `blocks` with the block_id and action_id Slack fills in where none was given; `seed` makes them differ."""
    filled = []
    for place, block in enumerate(blocks):
        named = {"block_id": f"b{seed[-6:]}{place}", **block}
        elements = [*_elements(named)]
        for number, element in enumerate(elements):
            if "action_id" not in element and element.get("type") not in ("image", "plain_text", "mrkdwn"):
                element["action_id"] = f"a{seed[-6:]}{place}{number}"
        filled.append(named)
    return filled


def _elements(block: Payload) -> "Iterator[Payload]":
    """Yield a block's own interactive elements, copied into it so that they may be filled in."""
    if block.get("type") in ("actions", "context_actions"):
        block["elements"] = [dict(element) for element in block["elements"]]
        yield from block["elements"]
    if isinstance(block.get("accessory"), dict):
        block["accessory"] = dict(block["accessory"])
        yield block["accessory"]
    if block.get("type") == "input":
        block["element"] = dict(block["element"])
        yield block["element"]
    if block.get("type") == "card" and block.get("actions"):
        block["actions"] = [dict(element) for element in block["actions"]]
        yield from block["actions"]


def shouts(message: Message) -> bool:
    """Whether the message mentions a whole channel or group: live `<!channel>` in mrkdwn, or a broadcast element."""
    return bool(not message.blocks and ALIVE.search(message.text)) or _shouts(message.blocks)


def _shouts(value: object) -> bool:
    if isinstance(value, dict):
        if value.get("type") in ("broadcast", "usergroup"):
            return True
        if value.get("type") in ("mrkdwn", "markdown"):
            return bool(ALIVE.search(str(value.get("text"))))
        return any(map(_shouts, value.values()))
    return isinstance(value, list) and any(map(_shouts, value))
