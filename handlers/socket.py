"""Socket Mode: the same intake behind a WebSocket that the bot opens itself, for teams behind a firewall."""

import asyncio
import json
import logging
from types import TracebackType
from typing import Self

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.app import QUIET, build_app
from handlers.desk import Desk
from handlers.intake import Intake
from handlers.shape import fitted, well_formed

OK = 200

_log = logging.getLogger(__name__)


class Socket:
    """One connection to Slack, which the SDK renews by itself. Use it as a context; every envelope goes to the intake.

    Each envelope is an errand: a slow answer holds up no other, and all of them are awaited before the process ends.
    """

    def __init__(self, desk: Desk, *, level: int = QUIET) -> None:
        self._desk = desk
        self._intake = Intake(build_app(desk, level=level), desk)
        token = desk.settings.app_token or ""
        quiet = logging.getLogger("handlers.socket.sdk")
        quiet.setLevel(level)
        self._client = SocketModeClient(
            app_token=token,
            web_client=AsyncWebClient(token=token, base_url=desk.settings.api_url, logger=quiet),
            logger=quiet,
        )
        self._client.socket_mode_request_listeners.append(self._listen)

    async def __aenter__(self) -> Self:
        """Connect, then answer what the last run left undone."""
        await self._client.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
        await self._intake.begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        await self._intake.end()
        await self._client.close()  # type: ignore[no-untyped-call]  # as above

    async def connected(self) -> bool:
        """Whether the connection stands: what readiness asks."""
        return bool(await self._client.is_connected())

    async def _listen(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self._desk.errands.start(self._answer(client, request), "answer an envelope")
        await asyncio.sleep(0)

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if not well_formed(request.payload):
            _log.warning("an envelope of type %s has no shape that Slack sends", request.type)
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
            return
        whole = fitted(request.payload)
        response = await self._intake.take(
            AsyncBoltRequest(mode="socket_mode", body=whole if isinstance(whole, dict) else request.payload)
        )
        if response.status == OK:
            await client.send_socket_mode_response(
                SocketModeResponse(envelope_id=request.envelope_id, payload=_payload(response))
            )


def _payload(response: BoltResponse) -> dict[str, object] | None:
    """Return what an HTTP response would have held, as the envelope's payload."""
    if not response.body:
        return None
    if response.body.startswith("{"):
        payload: dict[str, object] = json.loads(response.body)
        return payload
    return {"text": response.body}
