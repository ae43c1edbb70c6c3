"""Digests on their way out: Slack's scheduled messages behind the digest's port, every failure by its kind.

A request that never left, or that Slack refused, is told apart from one whose fate nobody knows: the first may be
repeated, the second never before it has been looked up.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.digest.digest import Digest
from bot.digest.outbox import BusyError, LateError, Pending, RefusedError, UnclearError, UnfitError
from bot.digest.watched import Found
from handlers.blocks import digest, watch
from handlers.blocks.sentences import sentences
from handlers.channel_team import team_of
from handlers.delivery import QUIETLY, REFUSED_BLOCKS, plain_blocks
from handlers.message import Message
from handlers.trouble import code_of, crowded, retry_after, status_of, unclear

if TYPE_CHECKING:
    from bot.digest.outbox import Post
    from handlers.desk import Desk

LIMIT = 20.0  # seconds that one request may take, its waits after "too many requests" included; below the lease
PAGE = 100  # scheduled messages a page
NO_NETWORK = dt.timedelta(seconds=30)
A_WHILE = dt.timedelta(minutes=5)
# Refused for now, and nothing was taken. Source: the errors that chat.scheduleMessage documents.
PASSING = {
    "restricted_too_many",  # 30 scheduled messages a channel within five minutes
    "org_login_required",  # the workspace is being moved into an organisation
    "team_added_to_org",
    "accesslimited",
}
# This message is refused, and not the next one.
UNFIT = {"msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks_format", "metadata_too_large"}
REASONS = {
    "msg_too_long": "Slack says that it is too long",
    "not_in_channel": "I am not in the channel: type /invite @earshot there",
    "channel_not_found": "I can't see the channel: type /invite @earshot there",
    "is_archived": "the channel is archived",
    "restricted_action": "the workspace doesn't let me post there",
    "account_inactive": "the app is no longer installed",
    "token_revoked": "the app is no longer installed",
    "invalid_auth": "the app's token is no longer valid",
    "missing_scope": "the app lacks the scope chat:write",
}

_log = logging.getLogger(__name__)


class SlackOutbox:
    """The digest's port over the Web API: chat:write is all it needs."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    async def schedule(self, tenant: str, channel: str, post: "Post", post_at: dt.datetime) -> str:
        """Schedule a message; where Slack refuses its blocks (and so took nothing), once more in plain ones."""
        message = message_of(post, self._desk.settings.command)
        try:
            try:
                told = await self._schedule(tenant, channel, message, post_at)
            except _RefusedBlocksError:
                told = await self._schedule(tenant, channel, Message(message.text, plain_blocks(message)), post_at)
        except RefusedError as error:
            raise RefusedError(stopped(post, error.sentence, self._desk.settings.command)) from error
        except UnfitError as error:
            raise UnfitError(unfit(post, error.sentence)) from error
        return str(told["scheduled_message_id"])

    async def pending(self, tenant: str, channel: str) -> tuple[Pending, ...]:
        """List the scheduled messages of a channel, page by page. Reading is safe, so it is tried again at once.

        A listing that Slack refuses says nothing of the messages: UnclearError, never RefusedError.
        """
        found: list[Pending] = []
        cursor = ""
        workspace = await self._desk.workspaces.of(team=tenant, enterprise=tenant)
        team = await team_of(self._desk, workspace, channel) if workspace is not None else None
        while True:
            page = {"channel": channel, "limit": PAGE, "cursor": cursor or None, "team_id": team}
            try:
                told = await self._call(tenant, "chat.scheduledMessages.list", page, reading=True)
            except (RefusedError, UnfitError) as error:
                _log.warning("scheduled messages can't be listed: %s", error.sentence)
                raise UnclearError(error.sentence) from error
            messages = told.get("scheduled_messages")
            for one in messages if isinstance(messages, list) else []:
                moment = dt.datetime.fromtimestamp(int(one["post_at"]), dt.UTC)
                found.append(Pending(str(one["id"]), str(one["channel_id"]), moment))
            more = told.get("response_metadata")
            cursor = str(more.get("next_cursor") or "") if isinstance(more, Mapping) else ""
            if not cursor:
                return tuple(found)

    async def withdraw(self, tenant: str, channel: str, message: str) -> None:
        """Delete a scheduled message; one that is gone is as good as deleted."""
        try:
            await self._call(
                tenant, "chat.deleteScheduledMessage", {"channel": channel, "scheduled_message_id": message}
            )
        except _GoneError:
            return

    async def warn(self, tenant: str, user: str, sentence: str) -> None:
        """Tell a person, in the direct messages with the bot. The sentence is literal: it holds what people typed."""
        told = sentences(sentence)
        where = {"channel": user, **QUIETLY}
        await self._call(tenant, "chat.postMessage", {**where, "text": told.text, "blocks": told.blocks})

    async def _schedule(
        self, tenant: str, channel: str, message: Message, post_at: dt.datetime
    ) -> Mapping[str, object]:
        payload = {
            "channel": channel,
            "post_at": int(post_at.timestamp()),
            "text": message.text,
            "blocks": message.blocks,
            **QUIETLY,
        }
        return await self._call(tenant, "chat.scheduleMessage", payload)

    async def _call(
        self, tenant: str, method: str, payload: Mapping[str, object], *, reading: bool = False
    ) -> Mapping[str, object]:
        """Call a method, once unless it only reads. Raises the port's errors."""
        workspace = await self._desk.workspaces.of(team=tenant, enterprise=tenant)
        if workspace is None:
            raise RefusedError(self._sentence("account_inactive"))
        speaking = self._desk.speaking
        client = speaking.reading(workspace.token) if reading else speaking.posting(workspace.token)
        given = {key: value for key, value in payload.items() if value is not None}
        try:
            async with asyncio.timeout(LIMIT):
                response = await client.api_call(method, json=given)
        except SlackApiError as error:
            raise self._kind(error) from error
        except aiohttp.ClientConnectorError as error:
            raise BusyError(NO_NETWORK) from error  # no connection was made, so nothing can have been taken
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnclearError(type(error).__name__) from error
        return response.data if isinstance(response.data, dict) else {}

    def _kind(self, error: SlackApiError) -> Exception:
        """Return which of the port's errors Slack's answer is."""
        code = code_of(error)
        if crowded(error):
            return BusyError(dt.timedelta(seconds=retry_after(error)))
        if unclear(error):
            return UnclearError(code or str(status_of(error)))
        if code in PASSING:
            return BusyError(A_WHILE)
        if code in UNFIT:
            return UnfitError(self._sentence(code))
        kinds = {
            "time_in_past": LateError(),
            REFUSED_BLOCKS: _RefusedBlocksError(self._sentence(code)),
            "invalid_scheduled_message_id": _GoneError(code),
        }
        return kinds.get(code) or RefusedError(self._sentence(code))

    def _sentence(self, code: str) -> str:
        family = "restricted_action" if code.startswith("restricted_action") else code
        return REASONS.get(code) or REASONS.get(family) or f"Slack says {code}"


class _RefusedBlocksError(UnfitError):
    """Slack knows a block not, or not yet."""


class _GoneError(RefusedError):
    """A scheduled message that is no longer there."""


def message_of(post: "Post", command: str) -> Message:
    """Render what is to be posted."""
    if isinstance(post, Found):
        return watch.render(post, command)
    if isinstance(post, Digest):
        return digest.render(post, command)
    return Message(" ")  # nothing to say: no post of that kind is ever scheduled


def stopped(post: "Post", why: str, command: str) -> str:
    """Say to whoever set it up that a digest or a watch has stopped, why, and what starts it again."""
    if isinstance(post, Found):
        topic = post.watch.topic
        return f"Your watch on {topic} has stopped: {why}. Then {command} unmute {topic} there starts it again."
    return f"Your daily digest has stopped: {why}. Then {command} digest resume there starts it again."


def unfit(post: "Post", why: str) -> str:
    """Say to whoever set it up that one post of a digest or a watch was refused, and that the next ones come."""
    if isinstance(post, Found):
        return f"Your watch on {post.watch.topic} found something that Slack would not post: {why}. It goes on."
    return f"Your daily digest was not posted today: {why}. It goes on, and its calls come with the next one."
