"""The Web API clients: one that posts (never twice), one that reads (tries again)."""

import logging

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

DEFAULT_URL = "https://slack.com/api/"
TIMEOUT = 10  # seconds a call may take; Slack's own are far below
RETRIES = 2  # times a call is tried again after "too many requests"


class Speaking:
    """Clients for a workspace's token, over one shared connection pool.

    A post is never repeated after a dropped connection or a server error: Slack may have taken it, and has no key that
    would tell. It is repeated after "too many requests", which Slack refuses before doing anything.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url or DEFAULT_URL
        self._clients: dict[tuple[str, bool], AsyncWebClient] = {}

    def posting(self, token: str) -> AsyncWebClient:
        """Return the client for whatever changes something: messages, views, uploads."""
        return self._client(token, posting=True)

    def reading(self, token: str) -> AsyncWebClient:
        """Return the client for what only reads, and may be asked twice."""
        return self._client(token, posting=False)

    def _client(self, token: str, *, posting: bool) -> AsyncWebClient:
        key = (token, posting)
        if key not in self._clients:
            handlers: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=RETRIES)]
            if not posting:
                handlers += [AsyncConnectionErrorRetryHandler(), AsyncServerErrorRetryHandler()]
            self._clients[key] = AsyncWebClient(
                token=token, base_url=self._url, timeout=TIMEOUT, retry_handlers=handlers, logger=_quiet()
            )
        return self._clients[key]


def _quiet() -> logging.Logger:
    """Return the logger of the clients: errors only, for the SDK logs whole bodies below that."""
    logger = logging.getLogger("handlers.speaking.sdk")
    logger.setLevel(logging.ERROR)
    return logger
