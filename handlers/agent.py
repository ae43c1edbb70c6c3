"""Slack's agent view: the prompts to begin with, the status while an answer is on its way, and answers that grow.

Only where the workspace granted `assistant:write` (the manifest with `--agent`). Nothing here fails an answer: a
prompt or a status that Slack does not take is left out, and an answer that can't be streamed is posted, or put in the
stream's place.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers import delivery
from handlers.asked import Asked
from handlers.desk import Desk
from handlers.manifest import PROMPTS
from handlers.message import Message
from handlers.trouble import code_of, unclear

if TYPE_CHECKING:
    from slack_sdk.web.async_chat_stream import AsyncChatStream

MANY = 5  # calls from which on an answer in a thread says that it searches them, and grows
PATIENCE = 2.0  # seconds that a status may take; an answer never waits for it
BUFFER = 256  # characters; Slack's own default
SEARCH = "search"  # the id of the one task that a stream shows
TITLE = "Ask the calls"
TROUBLE = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)

_log = logging.getLogger(__name__)


async def offer_prompts(desk: Desk, tenant: str, channel: str) -> None:
    """Show the prompts to begin with on the Messages tab of a person's conversation with the app."""
    prompts = [{"title": title, "message": message} for title, message in PROMPTS]
    await _try(desk, tenant, "assistant.threads.setSuggestedPrompts", channel_id=channel, title=TITLE, prompts=prompts)


@asynccontextmanager
async def working(desk: Desk, asked: Asked, thread: str) -> AsyncIterator[None]:
    """Show in a thread that an answer is on its way.

    The answer does not wait for it, so it may reach Slack after the answer, which would have taken it away: it is taken
    away here.
    """
    calls = len((await desk.seen(asked.place)).calls)
    says = f"is searching {calls:,} {'call' if calls == 1 else 'calls'} …"
    told = desk.errands.start(_status(desk, asked, thread, says), "say that an answer is on its way")
    try:
        yield
    finally:
        await asyncio.wait({told})
        await _status(desk, asked, thread, "")


@asynccontextmanager
async def growing(desk: Desk, asked: Asked, team: str) -> AsyncIterator["Growing | None"]:
    """Begin an answer that grows where many calls are searched, in a thread; None where it is posted as a whole.

    `team` is the workspace of the person who asked.
    """
    calls = len((await desk.seen(asked.place)).calls)
    if calls < MANY or asked.thread is None:
        yield None
        return
    yield await Growing.begin(desk, asked, team, calls)


class Growing:
    """An answer in a stream: first that the calls are searched, then the answer. `ts` is the message's."""

    def __init__(self, desk: Desk, asked: Asked, stream: "AsyncChatStream", ts: str) -> None:
        self._desk = desk
        self._asked = asked
        self._stream = stream
        self.ts = ts

    @classmethod
    async def begin(cls, desk: Desk, asked: Asked, team: str, calls: int) -> "Growing | None":
        """Open a stream; None where Slack refused it. Raises UncertainError where nobody knows whether it is open."""
        client = desk.speaking.trying((await delivery.client_for(desk, asked.tenant)).token or "")
        stream = await client.chat_stream(
            buffer_size=BUFFER,
            channel=asked.channel,
            thread_ts=asked.thread or "",
            recipient_team_id=team,
            recipient_user_id=asked.user,
        )
        try:
            await stream.append(chunks=[_task(f"Looking through {calls:,} loaded calls", "in_progress")])
        except SlackApiError as error:
            if unclear(error):
                raise delivery.UncertainError from error
            _log.info("a stream was refused: %s", code_of(error))
            return None
        except TROUBLE as error:
            raise delivery.UncertainError from error
        return cls(desk, asked, stream, stream.ts) if stream.ts else None

    async def end(self, message: Message) -> None:
        """Complete the stream with the answer; where it is over, or does not take it, put the answer in its place.

        To put it there twice says nothing twice. Raises NotPostedError and UncertainError.
        """
        blocks = self._desk.rollout.blocks(self._asked.tenant, message)
        try:
            await self._stream.stop(chunks=[_task("Done", "complete")], blocks=blocks)
        except TROUBLE as error:
            reason = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            _log.info("a stream could not be completed: %s", reason)
            await self._replace(message)

    async def _replace(self, message: Message) -> None:
        asked = self._asked
        try:
            await delivery.replace(self._desk, asked.tenant, asked.channel, self.ts, message)
        except delivery.NotPostedError as error:
            _log.info("a stream could not be replaced: %s", error.reason)
            await delivery.post(self._desk, asked.tenant, asked.channel, message, thread=asked.thread)


def _task(title: str, status: str) -> dict[str, str]:
    return {"type": "task_update", "id": SEARCH, "title": title, "status": status}


async def _status(desk: Desk, asked: Asked, thread: str, says: str) -> None:
    await _try(
        desk, asked.tenant, "assistant.threads.setStatus", channel_id=asked.channel, thread_ts=thread, status=says
    )


async def _try(desk: Desk, tenant: str, method: str, **arguments: object) -> None:
    """Call a method for what may as well be missing."""
    try:
        client = desk.speaking.trying((await delivery.client_for(desk, tenant)).token or "")
        async with asyncio.timeout(PATIENCE):
            await client.api_call(method, json=arguments)
    except (delivery.NotPostedError, *TROUBLE) as error:
        _log.info("%s was not taken: %s", method, type(error).__name__)
