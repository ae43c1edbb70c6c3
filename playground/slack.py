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
import secrets
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, web

from playground.arguments import Arguments
from playground.delivery import Delivered, Parcel, Socket, by_http, sign
from playground.doors import Doors
from playground.faults import Fault, Faults
from playground.given import Recorded, ResponseUrl, Trigger
from playground.interacting import Interacting
from playground.payload import Payload
from playground.posting import compose, content, identified, shouts
from playground.refusal import Refusal
from playground.responses import Responses
from playground.webapi import WebApi
from playground.workspace import APP, BOT, BOT_USER, Message, View, Workspace

BOT_TOKEN = "xoxb-local-earshot"  # noqa: S105  # opens nothing but this process
APP_TOKEN = "xapp-local-earshot"  # noqa: S105  # the same
SECRET = "local-signing-secret"  # noqa: S105  # the same
PATIENCE = 3.0  # seconds Slack waits for an acknowledgement
TRIGGER_LIFE = 3.0  # seconds a trigger_id lives
RESPONSE_LIFE = 1800.0  # seconds a response URL lives
EVENTS = frozenset({"app_mention", "message.im", "app_home_opened"})
LARGEST = 32 * 1024 * 1024  # bytes of one request to the local Slack, uploads included


class LocalSlack(Interacting):
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
            await self.nap(1.0)

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
        return [*WebApi(self).routes(), *Responses(self).routes(), *Doors(self).routes()]

    async def nap(self, seconds: float) -> None:
        """Wait, but not beyond the server's end."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    async def end(self) -> None:
        """Wait for the server's end."""
        await self._stopping.wait()

    def wake(self) -> None:
        """Wake whoever waits for something to happen."""
        self._changed.set()

    def known(self, args: Arguments) -> None:
        """Refuse blocks of a kind that this workspace has not been given yet, as in Slack's phased rollouts."""
        strange = self.unknown_blocks.intersection(block.get("type") for block in args.listing("blocks"))
        if strange:
            raise Refusal("invalid_blocks", [f"unsupported type: {kind} [json-pointer:/blocks]" for kind in strange])

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
        self.known(args)
        message = compose(self.workspace, url.channel, args, thread=args.maybe("thread_ts") or url.thread)
        if args.text("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
            raise Refusal("invalid_arguments", ["response_type must be ephemeral or in_channel"])
        if args.text("response_type") != "in_channel":
            message.seen_by = url.user
        self.post(message)
        return message

    def file(self, number: str) -> Payload:
        """Return a file as events carry it."""
        return self.workspace.files[number].payload(self.root)

    def view(self, number: str) -> View | None:
        """Return an open modal, or someone's Home tab."""
        homes = {view.id: view for view in self.workspace.homes.values()}
        return self.workspace.views.get(number) or homes.get(number)
