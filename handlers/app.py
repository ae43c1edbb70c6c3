"""Bolt's app: our own authorisation, our listeners, and no log line that holds a body."""

import logging
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers import register
from handlers.workspace import authorize

if TYPE_CHECKING:
    from handlers.desk import Desk

# Bolt logs bodies at INFO and WARNING (a refused signature, an unhandled request); its errors carry a trace only.
QUIET = logging.ERROR


def build_app(desk: "Desk", *, level: int = QUIET) -> AsyncApp:
    """Return the app with every door open. `level` is that of Bolt's own log lines.

    Listeners run within the request (`process_before_response`): an answer leaves the moment it is ready instead of at
    the next tick of Bolt's 10 ms poll, and an exception after an acknowledgement can't take it back three seconds
    later. What takes longer is an errand. The gate has checked the signature, so Bolt does not again.
    """
    logger = logging.getLogger("handlers.bolt")
    logger.setLevel(level)
    app = AsyncApp(
        name="earshot",
        logger=logger,
        # Without a client of its own, Bolt would take a token from the environment.
        client=AsyncWebClient(base_url=desk.settings.api_url, logger=logger),
        authorize=authorize(desk.workspaces),
        signing_secret=desk.settings.signing_secret or "",
        request_verification_enabled=False,
        process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
    )
    register(app, desk)
    return app
