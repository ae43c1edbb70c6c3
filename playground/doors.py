"""The doors beside the Web API: files up and down, the socket, and the page that installs."""

import json
import secrets
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from playground.delivery import Socket
from playground.workspace import APP

if TYPE_CHECKING:
    from playground.slack import LocalSlack


class Doors:
    """Files, sockets and the installation over HTTP."""

    def __init__(self, slack: "LocalSlack") -> None:
        self.slack = slack

    def routes(self) -> list[web.RouteDef]:
        """Return the doors' addresses."""
        return [
            web.post("/upload/v1/{file}", self._upload),
            web.get("/files-pri/{file}/{name:.*}", self._download),
            web.get("/link/", self._link),
            web.get("/oauth/v2/authorize", self._authorize),
        ]

    async def _upload(self, request: web.Request) -> web.Response:
        """Take a file's bytes, raw or as a form's file."""
        number = request.match_info["file"]
        length = self.slack.uploads.get(number)
        if length is None:
            return web.Response(status=404, text="no such upload")
        if request.content_type == "multipart/form-data":
            form = await request.post()
            given = next((value for value in form.values() if isinstance(value, web.FileField)), None)
            content_ = given.file.read() if given else b""
        else:
            content_ = await request.read()
        if len(content_) != length:
            return web.Response(status=400, text=f"expected {length} bytes, got {len(content_)}")
        self.slack.workspace.files[number].content = content_
        del self.slack.uploads[number]
        return web.Response(text=f"OK - {length}")

    async def _download(self, request: web.Request) -> web.Response:
        """Give a file to the bot (by token) or to the page (same origin)."""
        file = self.slack.workspace.files.get(request.match_info["file"])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if file is None:
            return web.Response(status=404)
        if token != self.slack.bot_token and request.headers.get("Sec-Fetch-Site") != "same-origin":
            return web.Response(status=302, headers={"Location": self.slack.root})
        if token == self.slack.bot_token and self.slack.scopes is not None and "files:read" not in self.slack.scopes:
            return web.Response(status=403)
        return web.Response(
            body=file.content,
            headers={
                "Content-Disposition": f'attachment; filename="{file.name.encode("ascii", "replace").decode()}"',
                "Content-Type": "application/octet-stream",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def _link(self, request: web.Request) -> web.StreamResponse:
        """Hold a socket of the bot: hello, envelopes out, acknowledgements in."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.slack.tickets:
            return web.Response(status=403)
        self.slack.tickets.discard(ticket)
        response = web.WebSocketResponse(heartbeat=None)
        await response.prepare(request)
        socket = Socket(response)
        self.slack.sockets.append(socket)
        await response.send_json(
            {
                "type": "hello",
                "num_connections": len(self.slack.sockets),
                "debug_info": {"host": "local", "started": "", "build_number": 1, "approximate_connection_time": 3600},
                "connection_info": {"app_id": APP},
            }
        )
        self.slack.wake()
        try:
            async for said in response:
                if said.type is WSMsgType.TEXT:
                    socket.acknowledge(_json(said.data))
        finally:
            self.slack.sockets.remove(socket)
            self.slack.wake()
        return response

    async def _authorize(self, request: web.Request) -> web.Response:
        """Install at once, as the first person, and go back to the app with a code."""
        if request.query.get("client_id") != self.slack.client_id:
            return web.Response(status=400, text="invalid_client_id")
        code = secrets.token_hex(8)
        self.slack.codes[code] = next(iter(self.slack.workspace.users))
        back = (
            request.query.get("redirect_uri")
            or f"{(self.slack.bot_url or '').rpartition('/slack/')[0]}/slack/oauth_redirect"
        )
        joint = "&" if "?" in back else "?"
        raise web.HTTPFound(f"{back}{joint}code={code}&state={request.query.get('state', '')}")


def _json(text: str) -> object:
    """Return what a text holds as JSON; None where it holds none."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return None
    return found
