"""Files out of Slack: from Slack's own file host and no other, without redirects, up to a size.

A file's address comes from outside. The bot's token goes to `files.slack.com` alone; with SLACK_API_URL on the loopback
(the playground, tests) to that server as well.
"""

import ipaddress
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError
from yarl import URL

from bot.confined import MEGABYTE, Limits
from bot.errors import EarshotError
from handlers.handed import Handed, handed

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.workspace import Workspace

HOST = "files.slack.com"
HTTPS = 443
LARGEST = Limits().size
PIECE = 64 * 1024
PATIENCE = aiohttp.ClientTimeout(total=60, sock_read=20)  # seconds for one file
OK = 200
REDIRECTS = range(300, 400)
REFUSED = (401, 403)


class NotFetchedError(EarshotError):
    """A file that could not be had; the sentence says why, and what to do."""


NO_PERMISSION = (
    "Files need the permission files:read, which this workspace has not given: whoever installed Earshot can install "
    "it again and allow it. Nothing was read."
)


def may_fetch(url: URL, api_url: str) -> bool:
    """Whether the bot's token may go to an address: to Slack's file host, or to a Slack on this very machine."""
    if url.user is not None or url.password is not None:
        return False
    if url.scheme == "https" and url.host == HOST and url.port == HTTPS:
        return True
    api = URL(api_url)
    return _loopback(api.host) and (url.scheme, url.host, url.port) == (api.scheme, api.host, api.port)


def _loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


async def fetch(desk: "Desk", workspace: "Workspace", file: Handed) -> bytes:
    """Download a file that was handed over. Raises NotFetchedError."""
    if not file.url and not file.elsewhere:
        file = await _told(desk, workspace, file)
    if file.elsewhere:
        raise NotFetchedError("Slack only has a link to that file: download it, and hand over the file itself.")
    if file.size > LARGEST:
        raise _too_large()
    try:
        url = URL(file.url)
    except (ValueError, TypeError):
        url = URL()
    if not may_fetch(url, desk.settings.api_url):
        raise NotFetchedError("That file is not on Slack's file server, and I fetch from nowhere else.")
    try:
        return await _downloaded(desk, workspace.token, url, file)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotFetchedError("Slack did not hand the file over in time; try again in a moment.") from error


async def _told(desk: "Desk", workspace: "Workspace", file: Handed) -> Handed:
    """Ask Slack about a file that came without an address. Raises NotFetchedError."""
    try:
        told = await desk.speaking.reading(workspace.token).files_info(file=file.id)
    except SlackApiError as error:
        reason = str(error.response.get("error", "unknown"))
        raise NotFetchedError(
            NO_PERMISSION if reason == "missing_scope" else f"Slack does not show me that file ({reason})."
        ) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotFetchedError("Slack did not answer about that file in time; try again in a moment.") from error
    found = handed(told.get("file"))
    if found is None or not (found.url or found.elsewhere):
        raise NotFetchedError("Slack does not show me that file: hand it over yourself, as a file of your own.")
    return found


async def _downloaded(desk: "Desk", token: str, url: URL, file: Handed) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    get = desk.speaking.session.get(url, headers=headers, allow_redirects=False, timeout=PATIENCE)
    async with get as response:
        # Without the permission Slack sends people to its login page, or shows that page.
        page = response.content_type == "text/html" and file.kind not in ("", "html", "htm")
        if response.status in REDIRECTS or response.status in REFUSED or page:
            raise NotFetchedError(NO_PERMISSION)
        if response.status != OK:
            raise NotFetchedError(f"Slack did not hand the file over ({response.status}); try again in a moment.")
        if (response.content_length or 0) > LARGEST:
            raise _too_large()
        data = bytearray()
        async for piece in response.content.iter_chunked(PIECE):
            data += piece
            if len(data) > LARGEST:
                raise _too_large()
        return bytes(data)


def _too_large() -> NotFetchedError:
    return NotFetchedError(f"That file is larger than {LARGEST // MEGABYTE} MB: hand over the transcript alone.")
