"""Socket Mode: the same intake behind a WebSocket that the bot opens itself, for teams behind a firewall."""

import asyncio
import json
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Self

import aiohttp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SettingsError
from handlers.app import QUIET, build_app
from handlers.desk import Desk
from handlers.intake import Intake
from handlers.shape import fitted, well_formed
from handlers.trouble import REFUSED_TOKEN, code_of, crowded, retry_after

OK = 200
PAUSE = 5.0  # seconds between two attempts to connect
ATTEMPT = 20.0  # seconds for one: the address that Slack gives for it lives for some thirty
TROUBLE = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)

_log = logging.getLogger(__name__)


class Socket:
    """One connection to Slack, which the SDK renews by itself. Use it as a context; every envelope goes to the intake.

    Each envelope is an errand: a slow answer holds up no other, and all of them are awaited before the process ends.
    Connecting goes on beside the context for as long as Slack is in trouble. Where Slack refuses the token, `refused`
    is called, and the context ends with SettingsError.
    """

    def __init__(
        self, desk: Desk, *, level: int = QUIET, refused: Callable[[], None] | None = None, pause: float = PAUSE
    ) -> None:
        self._desk = desk
        self._refused = refused
        self._pause = pause
        self._connecting: asyncio.Task[None] | None = None
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
        """Answer what the last run left undone, and begin to connect."""
        await self._intake.begin()
        self._connecting = asyncio.create_task(self._connect(), name="connect to Slack")
        self._connecting.add_done_callback(self._connected_or_not)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection. Raises SettingsError where Slack refused the token."""
        connecting = self._connecting
        if connecting is not None:
            connecting.cancel()
            await asyncio.wait({connecting})
        await self._intake.end()
        await self._client.close()  # type: ignore[no-untyped-call]  # as below
        if connecting is not None and not connecting.cancelled():
            connecting.result()

    async def connected(self) -> bool:
        """Whether the connection stands: what readiness asks."""
        return bool(await self._client.is_connected())

    async def _connect(self) -> None:
        """Connect, however often it takes; from then on the SDK renews the connection. Raises SettingsError."""
        client = self._client
        while not await client.is_connected():
            pause = self._pause
            try:
                # Asked for here, for the SDK would ask again for ever, whatever Slack says.
                told = await client.web_client.apps_connections_open(app_token=client.app_token)
                client.wss_uri = told["url"]
                async with asyncio.timeout(ATTEMPT):
                    await client.connect()  # type: ignore[no-untyped-call]  # the SDK leaves it untyped
            except SlackApiError as error:
                reason = code_of(error)
                if reason in REFUSED_TOKEN:
                    raise SettingsError(
                        f"SLACK_APP_TOKEN was refused by Slack ({reason}): make an app-level token with the scope "
                        "connections:write under Basic Information, and copy it."
                    ) from error
                pause = max(pause, retry_after(error)) if crowded(error) else pause
                _log.warning("Slack opens no connection (%s); the next attempt is in %.0f s", reason or "?", pause)
            except TROUBLE as error:
                _log.warning("Slack can't be reached (%s); the next attempt is in %.0f s", type(error).__name__, pause)
            else:
                return
            await asyncio.sleep(pause)

    def _connected_or_not(self, connecting: "asyncio.Task[None]") -> None:
        if not connecting.cancelled() and connecting.exception() is not None and self._refused is not None:
            self._refused()

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
