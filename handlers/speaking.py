"""The Web API clients: one that posts (never twice), one that reads (tries again)."""

import logging
from typing import TYPE_CHECKING, Self

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

if TYPE_CHECKING:
    from slack_sdk.http_retry.async_handler import AsyncRetryHandler

DEFAULT_URL = "https://slack.com/api/"
TIMEOUT = 10  # seconds a call may take; Slack's own answers come far below
RETRIES = 2  # times a call is tried again after "too many requests"


class Speaking:
    """Clients by workspace token, over one shared connection pool. `close` it at the end.

    A post is never repeated after a dropped connection or a server error: Slack may have taken it, and has no key that
    would tell. It is repeated after "too many requests", which Slack refuses before doing anything.
    """

    def __init__(self, url: str = DEFAULT_URL) -> None:
        self._url = url
        self._clients: dict[tuple[str, str], AsyncWebClient] = {}
        self._session: aiohttp.ClientSession | None = None

    def posting(self, token: str) -> AsyncWebClient:
        """Return the client for whatever changes something: messages, views, uploads."""
        return self._client(token, "posting")

    def reading(self, token: str) -> AsyncWebClient:
        """Return the client for what only reads, and may be asked twice."""
        return self._client(token, "reading")

    @property
    def session(self) -> aiohttp.ClientSession:
        """The pool of connections, opened within the running event loop when first needed."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))
            self._clients.clear()
        return self._session

    async def __aenter__(self) -> Self:
        """Speak within a context, which closes the connections at its end."""
        return self

    async def __aexit__(self, *raised: object) -> None:
        """Close the connections."""
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        self._clients.clear()
        if self._session is not None:
            await self._session.close()

    def trying(self, token: str) -> AsyncWebClient:
        """Return the client for what is done another way where it fails: it does not wait, and never tries again."""
        return self._client(token, "trying")

    def _client(self, token: str, kind: str) -> AsyncWebClient:
        session = self.session
        key = (token, kind)
        if key not in self._clients:
            retries: list[AsyncRetryHandler] = []
            if kind != "trying":
                retries.append(AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES))
            if kind == "reading":
                retries += [AsyncConnectionErrorRetryHandler(), AsyncServerErrorRetryHandler()]
            self._clients[key] = AsyncWebClient(
                token=token,
                base_url=self._url,
                timeout=TIMEOUT,
                session=session,
                retry_handlers=retries,
                logger=_quiet(),
            )
        return self._clients[key]


def _quiet() -> logging.Logger:
    """Return the clients' logger: errors only, for below that the SDK logs whole bodies."""
    logger = logging.getLogger("handlers.speaking.sdk")
    logger.setLevel(logging.ERROR)
    return logger
