"""The slash command's door: one acknowledgement, with the answer in it whenever that takes no time."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from handlers import delivery
from handlers.asked import Asked
from handlers.call import answer
from handlers.deadline import in_time
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.reply import Reply, Written
from handlers.typed import words

if TYPE_CHECKING:
    import asyncio

    from slack_bolt.async_app import AsyncApp
    from slack_bolt.request.async_request import AsyncBoltRequest


def register(app: "AsyncApp", desk: Desk) -> None:
    """Answer every command that Slack sends here, whatever its name: the workspace may have renamed it."""
    app.use(Commands(desk))


class Commands(AsyncMiddleware):
    """Answers commands within Bolt's chain, as its own assistant answers threads: behind the authorisation.

    A listener's matcher and the listener are each given a choice of all that Bolt knows, gathered anew for both: a
    third of what Bolt does for a request. Commands want none of it, and come by twenties.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def async_process(  # what Bolt calls
        self,
        *,
        req: "AsyncBoltRequest",
        resp: BoltResponse,  # noqa: ARG002  # Bolt gives it to every one
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  # its name is Bolt's
    ) -> BoltResponse | None:
        """Answer a command; anything else goes on to the listeners."""
        if not isinstance(req.body.get("command"), str):
            return await next()
        desk, asked = self._desk, asked_of(req.body)
        work = desk.errands.start(reply_to(asked, desk), "answer a command")
        if not await in_time(work):
            desk.errands.start(_late(work, asked, desk), "finish a command")
            return BoltResponse(status=200, body="")
        return Written(work.result().json)


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
