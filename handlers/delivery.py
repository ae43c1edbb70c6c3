"""How messages go out, and what happens when Slack does not take them."""

import dataclasses
import json
import logging
from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import EarshotError
from handlers.asked import Asked
from handlers.blocks.escaping import escape
from handlers.blocks.limits import MESSAGE_BLOCKS, texts
from handlers.blocks.modal import modal
from handlers.blocks.newer import has_newer, plainer
from handlers.desk import Desk
from handlers.message import Block, Message
from handlers.trouble import code_of, status_of, unclear

OK = 200
ANSWER = "Earshot"  # titles of modals, at most 24 characters
NOTICE = "Please note"
TOO_MANY_REQUESTS = "ratelimited"  # the one refusal that may come without a code, by its HTTP status
REFUSED_BLOCKS = "invalid_blocks"  # Slack's word when a client or a rollout does not know a block yet
REFUSED = '"ok":false'  # what a response URL answers with 200 where it took nothing
TOLD = {
    "not_in_channel": "I am not in this channel: type /invite @earshot, then try again.",
    "channel_not_found": "I can't post here: type /invite @earshot, then try again.",
    "is_archived": "This channel is archived: nothing can be posted here.",
    "restricted_action": "This workspace does not let me post here: ask one of its admins.",
    "restricted_action_read_only_channel": "This channel is read-only, and I may not post in it: ask an admin.",
    "restricted_action_thread_only_channel": "In this channel I may post in threads only: ask me in one.",
    "restricted_action_non_threadable_channel": "This channel has no threads to answer in: ask me in another channel.",
    "restricted_action_thread_locked": "This thread is locked: ask me outside it.",
    "msg_too_long": "Slack refused that message as too long; ask for less at a time.",
    **dict.fromkeys(
        ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged"),
        "That took too long for Slack, which opens no window any more. Please do it again.",
    ),
    "ratelimited": "Slack is taking no more messages right now; try again in a minute.",
    "rate_limited": "Slack is taking no more messages right now; try again in a minute.",
}

_log = logging.getLogger(__name__)


class NotPostedError(EarshotError):
    """Slack refused a message; the sentence says what to do about it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(TOLD.get(reason, f"Slack did not take that message ({reason}); nothing was posted."))


class UncertainError(EarshotError):
    """A post that was sent, but whose answer never came or says nothing: it may stand there, and is not sent again."""

    def __init__(self) -> None:
        super().__init__(
            "Slack gave no clear answer, so I can't tell whether that was posted. Look at the channel before you try "
            "again; I did not try twice."
        )


async def client_for(desk: Desk, tenant: str) -> AsyncWebClient:
    """Return the posting client of a tenant. Raises NotPostedError where the app is no longer installed."""
    workspace = await desk.workspaces.of(team=tenant, enterprise=tenant)
    if workspace is None:
        raise NotPostedError("not_installed")
    return desk.speaking.posting(workspace.token)


async def post(desk: Desk, tenant: str, channel: str, message: Message, *, thread: str | None = None) -> str:
    """Post to a channel, in a thread where given; once. Return its timestamp.

    Raises NotPostedError where Slack refused it, UncertainError where nobody knows.
    """
    where = {**QUIETLY, "channel": channel, "thread_ts": thread}
    told = await _sent(desk, tenant, "chat.postMessage", message, where)
    return str(told.get("ts", ""))


async def post_to(
    desk: Desk, tenant: str, whom: str, message: Message, *, thread: str | None = None
) -> tuple[str, str]:
    """Post to a conversation, or to a person, which opens their direct conversation. Return its id and the time.

    Raises as `post` does.
    """
    where = {**QUIETLY, "channel": whom, "thread_ts": thread}
    told = await _sent(desk, tenant, "chat.postMessage", message, where)
    return str(told.get("channel") or whom), str(told.get("ts", ""))


async def replace(desk: Desk, tenant: str, channel: str, ts: str, message: Message) -> None:
    """Put a message in the place of one of ours. Raises NotPostedError, UncertainError."""
    await _sent(desk, tenant, "chat.update", message, {"channel": channel, "ts": ts})


async def whisper(desk: Desk, asked: Asked, message: Message) -> None:
    """Show a message to the person who asked, and to nobody else. Raises NotPostedError, UncertainError."""
    where = {"channel": asked.channel, "user": asked.user, "thread_ts": asked.thread}
    await _sent(desk, asked.tenant, "chat.postEphemeral", message, where)


async def finish(desk: Desk, asked: Asked, message: Message, *, in_channel: bool = False) -> None:
    """Answer what was acknowledged before: through the response URL, or else by an ephemeral message."""
    kind = "in_channel" if in_channel else "ephemeral"
    if asked.response_url and await _respond(desk, asked, message, {"response_type": kind}):
        return
    await whisper(desk, asked, message)


async def edit(desk: Desk, asked: Asked, message: Message) -> None:
    """Put a message in the place of the one whose button was pressed; an expired URL gets an ephemeral one.

    In a modal, the modal shows it; a watch's post keeps the line that says who watches.
    """
    if asked.modal is not None:
        view = modal(ANSWER, plainer(message.blocks), memory=asked.place.channel)
        await show(desk, asked.tenant, "views.update", {"view_id": asked.modal, "view": view})
        return
    if asked.lead is not None and len(message.blocks) < MESSAGE_BLOCKS:
        message = dataclasses.replace(message, blocks=[asked.lead, *message.blocks])
    if asked.response_url and await _respond(desk, asked, message, {"replace_original": True}):
        return
    await whisper(desk, asked, message)


async def tell(desk: Desk, asked: Asked, message: Message) -> None:
    """Say something beside the message whose button was pressed, to that person only.

    Where there is no channel to say it in (a modal, the Home), a modal opens, or else it goes to direct messages.
    """
    if asked.modal is not None or not asked.channel:
        await pop_up_or_confide(desk, asked, message)
        return
    beside = {"response_type": "ephemeral", "replace_original": False}
    if asked.thread is None and asked.response_url and await _respond(desk, asked, message, beside):
        return
    await whisper(desk, asked, message)


async def confide(desk: Desk, asked: Asked, message: Message) -> None:
    """Say something to a person alone, wherever that goes: beside what they did, else in their direct messages.

    Raises NotPostedError, UncertainError where it goes nowhere.
    """
    beside = {"response_type": "ephemeral", "replace_original": False}
    if asked.response_url and await _respond(desk, asked, message, beside):
        return
    if asked.channel:
        try:
            await whisper(desk, asked, message)
        except (NotPostedError, UncertainError) as error:
            _log.info("nothing can be whispered there: %s", error.sentence)
        else:
            return
    await post_to(desk, asked.tenant, asked.user, message)


async def pop_up_or_confide(desk: Desk, asked: Asked, message: Message) -> None:
    """Say something in a modal; where none opens any more (the trigger has expired), as `confide` does."""
    try:
        await pop_up(desk, asked, NOTICE, message.blocks)
    except (NotPostedError, UncertainError) as error:
        _log.info("no window opens: %s", error.sentence)
        await confide(desk, asked, message)


async def pop_up(desk: Desk, asked: Asked, title: str, blocks: list[Block]) -> None:
    """Open a modal, on top of the one where the button was pressed. Raises NotPostedError."""
    method = "views.push" if asked.modal is not None else "views.open"
    view = modal(title, blocks, memory=asked.place.channel)
    await show(desk, asked.tenant, method, {"trigger_id": asked.trigger, "view": view})


async def show(desk: Desk, tenant: str, method: str, payload: Mapping[str, object]) -> Mapping[str, object]:
    """Call a method of Slack's views. Raises NotPostedError."""
    client = await client_for(desk, tenant)
    try:
        response = await client.api_call(method, json=dict(payload))
    except SlackApiError as error:
        raise NotPostedError(code_of(error) or str(status_of(error))) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise UncertainError from error
    return response.data if isinstance(response.data, dict) else {}


# No previews of links, and nothing that a text holds becomes a mention.
QUIETLY: Mapping[str, object] = {"unfurl_links": False, "unfurl_media": False}


async def _sent(
    desk: Desk, tenant: str, method: str, message: Message, where: Mapping[str, object]
) -> Mapping[str, object]:
    """Send once; again in plainer blocks only where Slack refused the blocks, and so has posted nothing."""
    client = await client_for(desk, tenant)
    blocks = desk.rollout.blocks(tenant, message)
    try:
        return await _call(client, method, where, message.text, blocks)
    except NotPostedError as error:
        if error.reason != REFUSED_BLOCKS:
            raise
        desk.rollout.refused(tenant, blocks)
        return await _call(client, method, where, message.text, plain_blocks(message))


async def _call(
    client: AsyncWebClient, method: str, where: Mapping[str, object], text: str, blocks: list[Block]
) -> Mapping[str, object]:
    payload = {"text": text, "blocks": blocks, **{key: value for key, value in where.items() if value is not None}}
    try:
        response = await client.api_call(method, json=payload)
    except SlackApiError as error:
        if unclear(error):
            raise UncertainError from error
        raise NotPostedError(code_of(error) or TOO_MANY_REQUESTS) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise UncertainError from error
    return response.data if isinstance(response.data, dict) else {}


async def _respond(desk: Desk, asked: Asked, message: Message, how: Mapping[str, object]) -> bool:
    """Post to a request's response URL; whether Slack took it. Its five uses and thirty minutes may be over."""
    url, blocks = asked.response_url or "", desk.rollout.blocks(asked.tenant, message)
    payload = {**how, "text": message.text, "blocks": blocks}
    try:
        status, said = await _put(desk, url, payload)
        if REFUSED_BLOCKS in said:  # with 400, or with 200 and `"ok": false`
            desk.rollout.refused(asked.tenant, blocks)
            status, said = await _put(desk, url, payload | {"blocks": plain_blocks(message)})
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        _log.warning("a response URL could not be reached: %s", type(error).__name__)
        return False
    return status == OK and REFUSED not in said.replace(" ", "")


async def _put(desk: Desk, url: str, payload: Mapping[str, object]) -> tuple[int, str]:
    body = json.dumps(payload).encode()
    headers = {"content-type": "application/json; charset=utf-8"}
    async with desk.speaking.session.post(url, data=body, headers=headers, allow_redirects=False) as response:
        return response.status, await response.text()


def plain_blocks(message: Message) -> list[Block]:
    """Return the plainer version of a message: without newer blocks where it has any.

    One of known blocks alone, refused all the same, becomes sections of literal text, and its buttons.
    """
    if message.plain is not None:
        return message.plain
    if has_newer(message.blocks):
        return plainer(message.blocks)
    blocks: list[Block] = []
    for block in message.blocks:
        if block["type"] in ("section", "actions", "divider"):
            blocks.append(block)
        elif words := "".join(texts(block)):
            blocks.append({"type": "section", "text": {"type": "plain_text", "text": words[:2_900], "emoji": False}})
    return blocks or [{"type": "section", "text": {"type": "mrkdwn", "text": message.text or escape(" ")}}]
