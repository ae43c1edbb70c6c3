"""Which channels a person is in, as Slack tells it now."""

import asyncio
import logging
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from handlers.desk import Desk

KINDS = ("public_channel", "private_channel")  # each with a scope of its own (channels:read, groups:read)
PAGE = 200  # channels a request, as Slack recommends
PAGES = 10  # of each kind; who is in more channels is told of the first ones only
REFUSED = "missing_scope"

_log = logging.getLogger(__name__)


async def channels_of(desk: "Desk", tenant: str, user: str) -> frozenset[str]:
    """Return the ids of the channels that a person is in, without those that another organisation shares.

    Asked anew each time: what is remembered of it would go on showing a channel to whoever was taken out of it. A kind
    of channels whose scope was not granted, or that Slack doesn't tell now, has none: what isn't known is not shown.
    """
    workspace = await desk.workspaces.of(team=tenant, enterprise=tenant)
    if workspace is None or not user:
        return frozenset()
    client = desk.speaking.reading(workspace.token)
    found = await asyncio.gather(*(_of_kind(client, user, kind, workspace.team) for kind in KINDS))
    return frozenset().union(*found)


async def _of_kind(client: "AsyncWebClient", user: str, kind: str, team: str | None) -> set[str]:
    found: set[str] = set()
    cursor = ""
    try:
        for _ in range(PAGES):
            told = await client.users_conversations(
                user=user, types=kind, exclude_archived=True, limit=PAGE, cursor=cursor or None, team_id=team
            )
            channels = told.get("channels") or []
            found |= {str(each["id"]) for each in channels if each.get("is_ext_shared") is not True}
            cursor = str((told.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
    except SlackApiError as error:
        reason = str(error.response.get("error", "unknown"))
        if reason != REFUSED:
            _log.warning("the channels of a person were not told: %s", reason)
        return set()
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        _log.warning("the channels of a person were not told: %s", type(error).__name__)
        return set()
    return found
