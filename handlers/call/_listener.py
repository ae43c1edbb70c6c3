"""The slash command's listener: one acknowledgement, with the answer in it whenever that takes no time."""

from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Protocol

from slack_bolt.response import BoltResponse

from handlers import delivery
from handlers.asked import Asked
from handlers.call import answer
from handlers.deadline import in_time
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.reply import Reply
from handlers.typed import words

if TYPE_CHECKING:
    import asyncio

    from slack_bolt.async_app import AsyncApp


class Ack(Protocol):
    """Bolt's acknowledgement, as far as it is used here."""

    def __call__(self) -> Awaitable[BoltResponse]:
        """Acknowledge."""


def register(app: "AsyncApp", desk: Desk, pattern: object) -> None:
    """Answer every command that Slack sends here, whatever its name: the workspace may have renamed it."""

    async def on_command(ack: Ack, command: Mapping[str, str]) -> BoltResponse:
        asked = asked_of(command)
        work = desk.errands.start(reply_to(asked, desk), "answer a command")
        if not await in_time(work):
            desk.errands.start(_late(work, asked, desk), "finish a command")
            return await ack()
        # What `ack` would write, written once for all who ask for the same page: a third of an answer at hand.
        return BoltResponse(status=200, body=work.result().json)

    app.command(pattern)(on_command)  # type: ignore[arg-type]  # Bolt takes a name or a compiled pattern


def asked_of(command: Mapping[str, str]) -> Asked:
    """Read a command's payload."""
    org_wide = command.get("is_enterprise_install") == "true"
    tenant = command.get("enterprise_id") if org_wide else command.get("team_id")
    return Asked(
        words=words(command.get("text", "")),
        tenant=tenant or command.get("team_id", ""),
        channel=command.get("channel_id", ""),
        user=command.get("user_id", ""),
        command=command.get("command", ""),
        response_url=command.get("response_url"),
        trigger=command.get("trigger_id"),
        team=command.get("team_id"),
    )


async def reply_to(asked: Asked, desk: Desk) -> Reply:
    """Answer a request; whatever goes wrong is a reply, too."""
    try:
        return await answer(asked, desk)
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        return Reply(message_for(error))


async def _late(work: "asyncio.Task[Reply]", asked: Asked, desk: Desk) -> None:
    reply = await work
    await delivery.finish(desk, asked, reply.message, in_channel=reply.in_channel)
