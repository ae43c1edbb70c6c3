"""How the local Slack reaches the bot: signed HTTP to its URL, or envelopes over the socket it opened."""

import asyncio
import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from playground.payload import Payload

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be delivered: its kind as Socket Mode names it, and its payload."""

    kind: str  # slash_commands, events_api or interactive
    payload: Payload
    retry: int = 0  # the number of this repetition; 0: the first delivery
    reason: str = "http_timeout"  # of the repetition

    @property
    def body(self) -> bytes:
        """The body as HTTP carries it: a form, a form with one JSON field, or JSON."""
        if self.kind == "events_api":
            return json.dumps(self.payload).encode()
        if self.kind == "slash_commands":
            return urlencode(self.payload).encode()
        return urlencode({"payload": json.dumps(self.payload)}).encode()

    @property
    def content_type(self) -> str:
        """The content type that goes with `body`."""
        return JSON if self.kind == "events_api" else FORM


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the bot answered: HTTP's status (200 for an acknowledged envelope), and the body, as JSON where it is."""

    status: int  # 0: no answer in time, or none at all
    body: str = ""
    failure: str = ""  # operation_timeout or http_client_error
    seconds: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the bot acknowledged."""
        return self.status // 100 == 2  # noqa: PLR2004  # the family of HTTP statuses

    @property
    def json(self) -> Payload:
        """The body as a JSON object; empty where it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def sign(secret: str, body: bytes, timestamp: int) -> dict[str, str]:
    """Return the two headers that prove a request is Slack's: HMAC-SHA256 over version, time and raw body."""
    digest = hmac.new(secret.encode(), b"v0:%d:" % timestamp + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


async def by_http(
    session: ClientSession, url: str, body: bytes, headers: Mapping[str, str], *, patience: float
) -> Delivered:
    """Post `body` to the bot; an answer later than `patience` seconds counts as none."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        async with session.post(url, data=body, headers=headers, timeout=ClientTimeout(total=patience)) as response:
            text = await response.text()
            return Delivered(response.status, text, "", loop.time() - start, dict(response.headers))
    except TimeoutError:
        return Delivered(0, failure="operation_timeout", seconds=loop.time() - start)
    except ClientError:
        return Delivered(0, failure="http_client_error", seconds=loop.time() - start)


@dataclass(slots=True)
class Socket:
    """One WebSocket the bot holds open, and the envelopes on it that wait for their acknowledgement."""

    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Payload]] = field(default_factory=dict)

    async def send(self, parcel: Parcel, *, patience: float) -> Delivered:
        """Send an envelope and wait up to `patience` seconds for its acknowledgement."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        number = str(uuid.uuid4())
        envelope: Payload = {
            "type": parcel.kind,
            "envelope_id": number,
            "payload": parcel.payload,
            "accepts_response_payload": parcel.kind != "events_api",
        }
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": parcel.retry, "retry_reason": parcel.reason if parcel.retry else ""}
        self.waiting[number] = loop.create_future()
        try:
            await self.socket.send_json(envelope)
            answer = await asyncio.wait_for(self.waiting[number], patience)
        except TimeoutError:
            return Delivered(0, failure="operation_timeout", seconds=loop.time() - start)
        except ConnectionError:
            return Delivered(0, failure="http_client_error", seconds=loop.time() - start)
        finally:
            del self.waiting[number]
        body = json.dumps(answer["payload"]) if answer.get("payload") else ""
        return Delivered(200, body, "", loop.time() - start)

    def acknowledge(self, said: object) -> None:
        """Take what the bot said over the socket: an envelope's id, and a payload where it answers at once."""
        if isinstance(said, dict):
            waiting = self.waiting.get(str(said.get("envelope_id")))
            if waiting is not None and not waiting.done():
                waiting.set_result(said)
