"""The gate: raw bytes, the signature before anything else is looked at, then the shape, then Bolt."""

import json
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.turnstile import Turnstile
from handlers.desk import Desk
from handlers.intake import Intake
from handlers.reply import Written
from handlers.shape import fitted, well_formed

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 256 * 1024  # bytes of a body, inflated; Slack's own are far below
UNAUTHORISED = 401
MALFORMED = 400


class Gate:
    """Takes Slack's HTTP requests. Nobody but Slack gets further than the signature."""

    def __init__(self, intake: Intake, desk: Desk) -> None:
        self._intake = intake
        self._turnstile = Turnstile(hasty=True)
        secret = desk.settings.signing_secret
        self._verifier = SignatureVerifier(secret) if secret else None

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Answer one request: 413, 401, 400, or what Bolt says."""
        raw = await request.read()
        # A burst is looked at one by one: together they would hold the loop. Never behind answers: Slack gives 3 s.
        async with self._turnstile:
            if not self._signed(raw, request):
                return web.Response(status=UNAUTHORISED)
            taken = _bolt_request(raw, request)
        if taken is None:
            return web.Response(status=MALFORMED)
        return await _told(await self._intake.take(taken))

    def _signed(self, raw: bytes, request: web.Request) -> bool:
        """Whether Slack signed these bytes within the last five minutes. Hostile headers are an answer, no error."""
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if self._verifier is None:
            return False
        try:
            return self._verifier.is_valid(raw, timestamp, signature)
        except (ValueError, TypeError, OverflowError):
            return False


async def _told(response: BoltResponse) -> web.Response:
    """Return Bolt's response as aiohttp sends it. Its own way looks for cookies and takes the type of a text apart."""
    if "set-cookie" in response.headers:
        return await to_aiohttp_response(response)
    body = response.raw if isinstance(response, Written) else response.body.encode()
    return web.Response(status=response.status, body=body, headers=response.first_headers())


def _bolt_request(raw: bytes, request: web.Request) -> AsyncBoltRequest | None:
    """Build Bolt's request; None where the body is not what Slack sends."""
    headers: dict[str, str | Sequence[str]] = {**request.headers}
    try:
        query = request.query_string or None  # of nothing, Bolt would read nothing
        taken = AsyncBoltRequest(body=raw.decode("utf-8"), query=query, headers=headers)
        whole = fitted(taken.body)
        if whole != taken.body:
            taken = AsyncBoltRequest(body=json.dumps(whole), query=query, headers=headers)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return None
    return taken if well_formed(taken.body) else None
