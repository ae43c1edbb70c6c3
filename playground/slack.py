"""LocalSlack: Slack's Web API, response URLs and socket on the loopback, and the drivers that play its people.

    async with LocalSlack(signing_secret="…") as slack:
        slack.bot_url = "http://127.0.0.1:3000/slack/events"      # or let the bot open a socket
        delivered = await slack.slash("quote margin")
        delivered.json["blocks"]                                   # what the acknowledgement said
        slack.called("chat.postMessage")                           # what the bot called, in order
        slack.fault("chat.postMessage", status=429, retry_after=1)

It is strict: unknown methods, arguments and block fields, and whatever passes a limit, are refused as Slack refuses
them, and kept in `refusals`.
"""

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, WSMsgType, web

from playground.arguments import Arguments, read
from playground.delivery import Delivered, Parcel, Socket, by_http, sign
from playground.driving import Driving
from playground.faults import Fault, Faults
from playground.method import Visit
from playground.methods import methods
from playground.payload import Payload
from playground.posting import compose, content, identified, shouts
from playground.refusal import Refusal
from playground.workspace import APP, BOT, BOT_USER, Message, View, Workspace

BOT_TOKEN = "xoxb-local-earshot"  # noqa: S105  # opens nothing but this process
APP_TOKEN = "xapp-local-earshot"  # noqa: S105  # the same
SECRET = "local-signing-secret"  # noqa: S105  # the same
PATIENCE = 3.0  # seconds Slack waits for an acknowledgement
TRIGGER_LIFE = 3.0  # seconds a trigger_id lives
RESPONSE_LIFE = 1800.0  # seconds a response URL lives
RESPONSE_USES = 5
EVENTS = frozenset({"app_mention", "message.im", "app_home_opened"})
LARGEST = 32 * 1024 * 1024  # bytes of one request to the local Slack, uploads included


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call the bot made: the method ("response_url" and "ack" too), what it gave, what it was answered."""

    method: str
    arguments: Payload
    answer: Payload
    token: str = field(default="", repr=False)

    @property
    def ok(self) -> bool:
        """Whether Slack took it."""
        return self.answer.get("ok") is True


@dataclass(slots=True)
class Trigger:
    """A trigger_id: whose action gave it, from which view, until when it lives."""

    user: str
    until: float
    view: str | None = None


@dataclass(slots=True)
class ResponseUrl:
    """A response URL: where it writes, which message it may replace, how often and until when."""

    user: str
    channel: str
    until: float
    thread: str | None = None
    ts: str | None = None  # of the message whose button was clicked
    uses: int = RESPONSE_USES


class LocalSlack(Driving):
    """A Slack of one workspace on the loopback. `port` 0 takes any free one; `scopes` None grants them all."""

    def __init__(
        self,
        *,
        signing_secret: str = SECRET,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        scopes: Iterable[str] | None = None,
        subscriptions: Iterable[str] = EVENTS,
        command: str = "/call",
    ) -> None:
        self.signing_secret = signing_secret
        self.port = port
        self.command = command
        self.bot_url: str | None = None
        self.bot_token = BOT_TOKEN
        self.app_token = APP_TOKEN
        self.client_id = "0000000000.0000000000"
        self.client_secret = "local-client-secret"  # noqa: S105  # opens nothing but this process
        self.scopes = None if scopes is None else frozenset(scopes)
        self.subscriptions = frozenset(subscriptions)
        self.unknown_blocks: set[str] = set()  # kinds of blocks that this Slack does not know yet
        self.patience = PATIENCE
        self.repeats: tuple[float, ...] = ()  # seconds before each repetition of an event that was not taken
        self.workspace = Workspace(clock)
        self.calls: list[Recorded] = []
        self.warnings: list[str] = []
        self.shouts: list[Message] = []  # messages that mention a whole channel
        self.faults = Faults()
        self.uploads: dict[str, int] = {}  # files that wait for their bytes, and how many
        self.codes: dict[str, str] = {}  # OAuth codes to the user who installs
        self.sockets: list[Socket] = []
        self.revoked: set[str] = set()
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.tickets: set[str] = set()
        self.app = web.Application(client_max_size=LARGEST)
        self.app.add_routes(self._routes())
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None

    # --- life -----------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        """Start to listen on the loopback. Raises OSError where the port is taken."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.port = self._runner.addresses[0][1]
        self._session = ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop: hanging answers end, sockets close, tasks are gone."""
        self._stopping.set()
        self.workspace.tell("end", {})
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in list(self.sockets):
            await socket.socket.close()
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def stopping(self) -> bool:
        """Whether the server is about to stop."""
        return self._stopping.is_set()

    def reset(self) -> None:
        """Begin anew: messages, files, views, records and faults are gone; listeners stay."""
        kept = self.workspace.listeners
        self.workspace = Workspace(self.workspace.clock, listeners=kept, last=self.workspace.last)
        self.calls.clear()
        self.warnings.clear()
        self.shouts.clear()
        self.faults.waiting.clear()
        self.uploads.clear()
        self.triggers.clear()
        self.response_urls.clear()
        self.workspace.tell("reset", {})

    @property
    def root(self) -> str:
        """The address of the server, with a slash at its end."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def url(self) -> str:
        """The base of the Web API, for SLACK_API_URL."""
        return f"{self.root}api/"

    # --- what was called ------------------------------------------------------------------------------------------

    def called(self, *names: str) -> list[Recorded]:
        """Return the calls of these methods (all where none is named) in order."""
        return [call for call in self.calls if not names or call.method in names]

    @property
    def refusals(self) -> list[Recorded]:
        """The calls that were refused."""
        return [call for call in self.calls if not call.ok]

    def fault(
        self,
        method: str,
        *,
        times: int = 1,
        status: int | None = None,
        retry_after: int = 1,
        error: str | None = None,
        drop: bool = False,
        hang: bool = False,
        late: float = 0.0,
        committed: bool = False,
    ) -> None:
        """Order a fault for the next `times` calls of `method` ("*": any, "response_url": response URLs). See Fault."""
        self.faults.waiting.append(Fault(method, times, status, retry_after, error, drop, hang, late, committed))

    async def until(self, happened: Callable[[], object], seconds: float = 5.0) -> None:
        """Wait until `happened()` is true, looking again after each change. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not happened():
                self._changed.clear()
                await self._changed.wait()

    def record(self, method: str, arguments: Payload, answer: Payload, token: str = "") -> None:
        """Keep a call, and wake whoever waits for one."""
        self.calls.append(Recorded(method, arguments, answer, token))
        self._changed.set()

    # --- what methods ask of the server ---------------------------------------------------------------------------

    def post(self, message: Message) -> None:
        """Show a message; one that shouts is noted."""
        self.workspace.post(message)
        if message.bot and not message.streaming:
            self.quiet(message)
        if shouts(message):
            self.shouts.append(message)
        self._changed.set()

    def quiet(self, message: Message) -> None:
        """Take away the status of the thread that the bot has answered in."""
        if self.workspace.statuses.pop((message.channel, message.thread or ""), None):
            self.workspace.tell("status", {"channel": message.channel, "thread": message.thread, "status": ""})

    def changed(self, message: Message) -> None:
        """Show a message's new state."""
        self.workspace.change(message)
        if shouts(message):
            self.shouts.append(message)
        self._changed.set()

    def revoke(self, token: str) -> None:
        """Take a token back: calls with it are refused from now on."""
        self.revoked.add(token)

    def permalink(self, message: Message) -> str:
        """Return the address of a message."""
        place = f"{self.root}archives/{message.channel}/p{message.ts.replace('.', '')}"
        return f"{place}?thread_ts={message.thread}&cid={message.channel}" if message.thread else place

    def trigger(self, user: str, view: str | None = None) -> str:
        """Return a trigger_id for an action of `user`: good once, for three seconds."""
        number = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self.triggers[number] = Trigger(user, self.workspace.clock() + TRIGGER_LIFE, view)
        return number

    def use_trigger(self, number: str) -> Trigger:
        """Use a trigger_id up. Raises Refusal where it is unknown, was used, or is too old."""
        trigger = self.triggers.pop(number, None)
        if trigger is None:
            raise Refusal("exchanged_trigger_id" if number.count(".") == 2 else "invalid_trigger_id")  # noqa: PLR2004  # parts of a trigger_id
        if trigger.until < self.workspace.clock():
            raise Refusal("trigger_expired")
        return trigger

    def response_url(self, user: str, channel: str, message: Message | None = None) -> str:
        """Return a response URL for an action of `user` in `channel`, on `message` where it was a button's."""
        number = secrets.token_hex(12)
        self.response_urls[number] = ResponseUrl(
            user,
            channel,
            self.workspace.clock() + RESPONSE_LIFE,
            thread=message.thread if message else None,
            ts=message.ts if message else None,
        )
        return f"{self.root}actions/{number}"

    def ticket(self) -> str:
        """Return the address of a new socket, good for one connection."""
        ticket = secrets.token_hex(8)
        self.tickets.add(ticket)
        return f"ws://127.0.0.1:{self.port}/link/?ticket={ticket}&app_id={APP}"

    def post_due(self) -> None:
        """Post the scheduled messages whose time has come; `keep_time` does it each second."""
        due = [one for one in self.workspace.scheduled.values() if one["post_at"] <= self.workspace.clock()]
        for one in sorted(due, key=lambda given: int(given["post_at"])):
            del self.workspace.scheduled[one["id"]]
            ts, place = self.workspace.fresh_ts(), one["channel_id"]
            blocks = identified(one["blocks"], ts)
            self.post(Message(ts, place, BOT_USER, one["text"], blocks, bot=BOT, thread=one["thread_ts"]))

    async def keep_time(self) -> None:
        """Post scheduled messages as their time comes, until the server stops."""
        while not self.stopping:
            self.post_due()
            await self._nap(1.0)

    # --- reaching the bot -----------------------------------------------------------------------------------------

    async def deliver(self, parcel: Parcel) -> Delivered:
        """Deliver to the bot, signed, over HTTP where `bot_url` is set, else over its newest socket."""
        if self.bot_url is None:
            if not self.sockets:
                return Delivered(0, failure="http_client_error")
            return await self.sockets[-1].send(parcel, patience=self.patience)
        headers = {"Content-Type": parcel.content_type}
        if parcel.retry:
            headers |= {"X-Slack-Retry-Num": str(parcel.retry), "X-Slack-Retry-Reason": parcel.reason}
        return await self.raw(parcel.body, headers)

    async def raw(
        self,
        body: bytes,
        headers: dict[str, str] | None = None,
        *,
        timestamp: int | None = None,
        secret: str | None = None,
    ) -> Delivered:
        """Post any body to the bot, signed with `secret` (Slack's own) as of `timestamp` (now)."""
        if self._session is None or self.bot_url is None:
            raise RuntimeError("start the local Slack and set bot_url first")
        when = int(self.workspace.clock()) if timestamp is None else timestamp
        signed = sign(self.signing_secret if secret is None else secret, body, when)
        return await by_http(self._session, self.bot_url, body, {**signed, **(headers or {})}, patience=self.patience)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every socket to reconnect, as Slack does every few hours."""
        for socket in list(self.sockets):
            await socket.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    def background(self, work: "asyncio.Task[None]") -> None:
        """Hold on to a task until it is done."""
        self._tasks.add(work)
        work.add_done_callback(self._tasks.discard)

    # --- serving --------------------------------------------------------------------------------------------------

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.get("/api/{method}", self._api),
            web.post("/api/{method}", self._api),
            web.post("/actions/{number}", self._respond),
            web.post("/upload/v1/{file}", self._upload),
            web.get("/files-pri/{file}/{name:.*}", self._download),
            web.get("/link/", self._link),
            web.get("/oauth/v2/authorize", self._authorize),
        ]

    async def _api(self, request: web.Request) -> web.StreamResponse:
        """Answer a call of the Web API, with the fault on order where there is one."""
        name = request.match_info["method"]
        fault = self.faults.take(name)
        if fault is None or fault.committed or fault.late:
            answer = await self._run(request, name)
            if fault is None:
                return web.json_response(answer)
        else:
            answer = {}
        return await self._faulty(request, fault, web.json_response(answer))

    async def _faulty(self, request: web.Request, fault: Fault, answer: web.Response) -> web.StreamResponse:
        """Answer as a troubled Slack does."""
        if fault.late:
            await self._nap(fault.late)
        if fault.hang:
            await self._stopping.wait()
        if fault.drop or fault.hang:
            if request.transport is not None:
                request.transport.abort()
            return answer
        if fault.status is not None:
            headers = (
                {"Retry-After": str(fault.retry_after)} if fault.status == web.HTTPTooManyRequests.status_code else {}
            )
            body = {"ok": False, "error": "ratelimited" if headers else "internal_error"}
            return web.json_response(body, status=fault.status, headers=headers)
        if fault.error is not None:
            return web.json_response({"ok": False, "error": fault.error})
        return answer

    async def _nap(self, seconds: float) -> None:
        """Wait, but not beyond the server's end."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    async def _run(self, request: web.Request, name: str) -> Payload:
        """Run a method and return Slack's answer."""
        values: Payload = {}
        token: str | None = None
        try:
            args, token = await read(request)
            values = dict(args.values)
            answer: Payload = {"ok": True, **await self._method(name, args, token)}
        except Refusal as refusal:
            answer = refusal.answer
        except ValueError:  # a body that is no JSON
            answer = {"ok": False, "error": "invalid_json"}
        self.record(name, values, answer, token or "")
        return answer

    async def _method(self, name: str, args: Arguments, token: str | None) -> Payload:
        """Check a call's token, scope and arguments, and run it. Raises Refusal."""
        method = methods().get(name)
        if method is None:
            raise Refusal("unknown_method")
        if method.kind != "none":
            self._admit(token, method.kind)
        if method.kind == "bot" and self.scopes is not None and method.scopes and not self.scopes & set(method.scopes):
            raise Refusal("missing_scope", [f"needed: {' or '.join(method.scopes)}"])
        method.check(args)
        self._known(args)
        return await method.run(Visit(self, args, token or ""))

    def _known(self, args: Arguments) -> None:
        """Refuse blocks of a kind that this workspace has not been given yet, as in Slack's phased rollouts."""
        strange = self.unknown_blocks.intersection(block.get("type") for block in args.listing("blocks"))
        if strange:
            raise Refusal("invalid_blocks", [f"unsupported type: {kind} [json-pointer:/blocks]" for kind in strange])

    def _admit(self, token: str | None, kind: str) -> None:
        """Refuse a missing, wrong or revoked token."""
        if not token:
            raise Refusal("not_authed")
        if token in self.revoked:
            raise Refusal("token_revoked")
        if token != (self.app_token if kind == "app" else self.bot_token):
            raise Refusal("not_allowed_token_type" if token in (self.app_token, self.bot_token) else "invalid_auth")

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        """Take what the bot writes to a response URL."""
        fault = self.faults.take("response_url")
        if fault is not None and not fault.committed and not fault.late:
            return await self._faulty(request, fault, web.Response(text="ok"))
        values: Payload = {}
        try:
            given = await request.json()
            values = given if isinstance(given, dict) else {}
            self._write(request.match_info["number"], values)
            answer: Payload = {"ok": True}
            response = web.Response(text="ok")
        except Refusal as refusal:
            status = 404 if refusal.error in ("expired_url", "used_url") else 400
            answer, response = refusal.answer, web.json_response(refusal.answer, status=status)
        except ValueError:
            answer = {"ok": False, "error": "invalid_payload"}
            response = web.Response(text="invalid_payload", status=400)
        self.record("response_url", values, answer)
        return response if fault is None else await self._faulty(request, fault, response)

    def _write(self, number: str, values: Payload) -> None:
        """Post, replace or delete through a response URL. Raises Refusal."""
        url = self.response_urls.get(number)
        if url is None or url.until < self.workspace.clock():
            raise Refusal("expired_url")
        if url.uses <= 0:
            raise Refusal("used_url")
        args = Arguments(values)
        unknown = set(values) - RESPONSE_FIELDS
        if unknown:
            raise Refusal("invalid_arguments", [f"no such argument: {name}" for name in sorted(unknown)])
        self._known(args)
        original = self.workspace.channel(url.channel).find(url.ts) if url.ts else None
        if args.flag("delete_original"):
            url.uses -= 1
            if original is not None:
                self.workspace.remove(original)
            return
        if args.flag("replace_original") and original is not None:
            self.rewrite(original, args)
        else:
            self.speak(url, args)
        url.uses -= 1

    def rewrite(self, message: Message, args: Arguments) -> None:
        """Replace what a message says by what a response brings. Raises Refusal."""
        text, blocks, attachments = content(args)
        message.text, message.attachments = text, attachments
        message.blocks = identified(blocks, self.workspace.fresh_ts())
        if not message.seen_by:
            message.edited = self.workspace.fresh_ts()
        self.changed(message)

    def speak(self, url: ResponseUrl, args: Arguments) -> Message:
        """Post what a response or an acknowledgement brings: ephemeral unless it says `in_channel`. Raises Refusal."""
        self._known(args)
        message = compose(self.workspace, url.channel, args, thread=args.maybe("thread_ts") or url.thread)
        if args.text("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
            raise Refusal("invalid_arguments", ["response_type must be ephemeral or in_channel"])
        if args.text("response_type") != "in_channel":
            message.seen_by = url.user
        self.post(message)
        return message

    async def _upload(self, request: web.Request) -> web.Response:
        """Take a file's bytes, raw or as a form's file."""
        number = request.match_info["file"]
        length = self.uploads.get(number)
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
        self.workspace.files[number].content = content_
        del self.uploads[number]
        return web.Response(text=f"OK - {length}")

    async def _download(self, request: web.Request) -> web.Response:
        """Give a file to the bot (by token) or to the page (same origin)."""
        file = self.workspace.files.get(request.match_info["file"])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if file is None:
            return web.Response(status=404)
        if token != self.bot_token and request.headers.get("Sec-Fetch-Site") != "same-origin":
            return web.Response(status=302, headers={"Location": self.root})
        if token == self.bot_token and self.scopes is not None and "files:read" not in self.scopes:
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
        if ticket not in self.tickets:
            return web.Response(status=403)
        self.tickets.discard(ticket)
        response = web.WebSocketResponse(heartbeat=None)
        await response.prepare(request)
        socket = Socket(response)
        self.sockets.append(socket)
        await response.send_json(
            {
                "type": "hello",
                "num_connections": len(self.sockets),
                "debug_info": {"host": "local", "started": "", "build_number": 1, "approximate_connection_time": 3600},
                "connection_info": {"app_id": APP},
            }
        )
        self._changed.set()
        try:
            async for said in response:
                if said.type is WSMsgType.TEXT:
                    socket.acknowledge(_json(said.data))
        finally:
            self.sockets.remove(socket)
            self._changed.set()
        return response

    async def _authorize(self, request: web.Request) -> web.Response:
        """Install at once, as the first person, and go back to the app with a code."""
        if request.query.get("client_id") != self.client_id:
            return web.Response(status=400, text="invalid_client_id")
        code = secrets.token_hex(8)
        self.codes[code] = next(iter(self.workspace.users))
        back = (
            request.query.get("redirect_uri") or f"{(self.bot_url or '').rpartition('/slack/')[0]}/slack/oauth_redirect"
        )
        joint = "&" if "?" in back else "?"
        raise web.HTTPFound(f"{back}{joint}code={code}&state={request.query.get('state', '')}")

    def file(self, number: str) -> Payload:
        """Return a file as events carry it."""
        return self.workspace.files[number].payload(self.root)

    def view(self, number: str) -> View | None:
        """Return an open modal, or someone's Home tab."""
        homes = {view.id: view for view in self.workspace.homes.values()}
        return self.workspace.views.get(number) or homes.get(number)


RESPONSE_FIELDS = {
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "metadata",
    "markdown_text",
    "parse",
    "link_names",
    "username",
    "icon_emoji",
    "icon_url",
    "reply_broadcast",
}


def _json(text: str) -> object:
    """Return what a text holds as JSON; None where it holds none."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return None
    return found
