"""The time of day as the person who asks has it."""

import datetime as dt
import logging
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.digest.zone import zone_named
from handlers.asked import Asked
from handlers.desk import Desk

_log = logging.getLogger(__name__)


async def zone_of(asked: Asked, desk: Desk) -> str | None:
    """Return the asker's time zone: said before, or as Slack has it; None where nobody knows it."""
    known = await desk.store.zone(asked.tenant, asked.user)
    if known is not None:
        return known
    workspace = await desk.workspaces.of(team=asked.tenant, enterprise=asked.tenant)
    if workspace is None:
        return None
    try:
        told = await desk.speaking.reading(workspace.token).users_info(user=asked.user)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
        _log.info("a time zone could not be looked up: %s", type(error).__name__)
        return None
    user = told.get("user")
    return zone_named(str(user.get("tz"))) if isinstance(user, Mapping) else None


async def moment_for(asked: Asked, desk: Desk, moment: dt.datetime) -> str:
    """Return a moment in words, in the asker's time zone, which is named; in UTC where nobody knows it."""
    zone = await zone_of(asked, desk) or "UTC"
    return f"{moment.astimezone(ZoneInfo(zone)):%-d %B %Y, %-H:%M} ({zone})"
