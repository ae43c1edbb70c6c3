"""What Slack tells of the person who asks."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from handlers.asked import Asked
    from handlers.desk import Desk

_log = logging.getLogger(__name__)


async def profile(asked: "Asked", desk: "Desk") -> Mapping[str, object] | None:
    """Return the asker as Slack has them, None where Slack does not say (scope users:read)."""
    workspace = await desk.workspaces.of(team=asked.tenant, enterprise=asked.tenant)
    if workspace is None:
        return None
    try:
        told = await desk.speaking.reading(workspace.token).users_info(user=asked.user)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        _log.info("a person could not be looked up: %s", type(error).__name__)
        return None
    user = told.get("user")
    return user if isinstance(user, Mapping) else {}
