"""Whether somebody runs the workspace: what changes for everybody in it, only they may do."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from handlers.asked import Asked
    from handlers.desk import Desk

_log = logging.getLogger(__name__)


async def is_admin(asked: "Asked", desk: "Desk") -> bool | None:
    """Whether the asker is an admin or owner of the workspace, None where Slack does not say (scope users:read)."""
    workspace = await desk.workspaces.of(team=asked.tenant, enterprise=asked.tenant)
    if workspace is None:
        return None
    try:
        told = await desk.speaking.reading(workspace.token).users_info(user=asked.user)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        _log.info("an admin could not be looked up: %s", type(error).__name__)
        return None
    user = told.get("user")
    return isinstance(user, Mapping) and any(user.get(role) is True for role in ("is_admin", "is_owner"))
