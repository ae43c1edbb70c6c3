"""The page that looks like Slack: its files, what it shows, what it hears of, and what people do on it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import TYPE_CHECKING

from aiohttp import web

from playground.composing import wire
from playground.delivery import Delivered
from playground.offer import Offer
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import BOT_USER, Channel, File, Message, View

if TYPE_CHECKING:
    from playground.slack import LocalSlack

KINDS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
POLICY = (
    "default-src 'self'; img-src 'self' data: https: http:; style-src 'self' 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
BEAT = 15.0  # seconds between two signs of life on the stream of events
BACKLOG = 1000  # events a page may lag behind before it is told to load anew
LONGEST = 12_000  # characters the composer takes


class Browser:
    """The page's side of a local Slack. `offer` says what the app's menus hold."""

    def __init__(self, slack: "LocalSlack", offer: Offer) -> None:
        self._slack = slack
        self._offer = offer
        self._listening: dict[asyncio.Queue[str], str] = {}  # each page's queue, and who looks at it
        slack.workspace.listeners.append(self._heard)

    def mount(self, app: web.Application) -> None:
        """Add the page's routes to the local Slack's server."""
        app.middlewares.append(guard)
        app.add_routes(
            [
                web.get("/", self._file),
                web.get("/page/{name}", self._file),
                web.get("/archives/{channel}/{message}", self._archive),
                web.get("/state", self._state),
                web.get("/events", self._events),
                *(web.post(f"/do/{name}", self._doing(act)) for name, act in self._acts().items()),
                web.post("/do/upload", self._upload),
            ]
        )

    # --- showing --------------------------------------------------------------------------------------------------

    async def _file(self, request: web.Request) -> web.Response:
        """Give one of the page's own files."""
        name = request.match_info.get("name", "index.html")
        kind = KINDS.get(name.rpartition(".")[2])
        found = files("playground").joinpath("page", name)
        if kind is None or not found.is_file():
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
        return web.Response(text=found.read_text(encoding="utf-8"), content_type=kind, charset="utf-8", headers=headers)

    async def _archive(self, request: web.Request) -> web.Response:
        """Lead from a message's permalink to the page."""
        place = f"{request.match_info['channel']}/{request.match_info['message']}"
        thread = request.query.get("thread_ts", "")
        raise web.HTTPFound(f"/#{place}{'/' + thread if thread else ''}")

    def _person(self, request: web.Request) -> str:
        """Return who looks at the page: the first person where it does not say."""
        asked = request.query.get("as", "")
        users = self._slack.workspace.users
        return asked if asked in users and not users[asked].is_bot else next(iter(users))

    async def _state(self, request: web.Request) -> web.Response:
        """Give everything a page shows to one person."""
        me, workspace = self._person(request), self._slack.workspace
        seen = [channel for channel in workspace.channels.values() if me in channel.members]
        home = workspace.homes.get(me)
        return web.json_response(
            {
                "me": me,
                "bot": BOT_USER,
                "team": workspace.name,
                "users": [_user(user.payload, user.colour) for user in workspace.users.values()],
                "channels": [self._channel(channel) for channel in seen],
                "messages": {channel.id: self._messages(channel, me) for channel in seen},
                "views": [view.payload for view in workspace.views.values() if view.user == me],
                "home": home.payload if home else None,
                "statuses": [
                    {"channel": channel, "thread": thread, **status}
                    for (channel, thread), status in workspace.statuses.items()
                ],
                "prompts": workspace.prompts,
                "offer": self._offer.payload,
            }
        )

    def _channel(self, channel: Channel) -> Payload:
        return {**channel.payload, "members": channel.members, "topic": channel.topic}

    def _messages(self, channel: Channel, me: str) -> list[Payload]:
        return [self._message(channel, message) for message in channel.messages if message.seen_by in (None, me)]

    def _message(self, channel: Channel, message: Message) -> Payload:
        """Return a message as the page draws it: Slack's payload, and what only the page needs."""
        return {
            **channel.shown(message),
            "channel": channel.id,
            "ephemeral": message.seen_by is not None,
            "broadcast": message.broadcast,
            "streaming": message.streaming,
            "files": [
                self._attached(file) for number in message.files if (file := self._slack.workspace.files.get(number))
            ],
        }

    def _attached(self, file: File) -> Payload:
        preview = file.content[:400].decode("utf-8", "replace") if file.name.endswith(TEXTS) else ""
        return {**file.payload(self._slack.root), "preview": preview}

    # --- telling --------------------------------------------------------------------------------------------------

    def _heard(self, kind: str, what: Payload) -> None:
        """Tell every page of a change, each what its person may see."""
        for queue, me in self._listening.items():
            told = self._told(kind, what, me)
            if told is not None:
                if queue.qsize() > BACKLOG:
                    told = {"kind": "reset"}
                queue.put_nowait(json.dumps(told))

    def _told(self, kind: str, what: Payload, me: str) -> Payload | None:
        """Return what a person's page is told of a change; None where it is not theirs."""
        workspace = self._slack.workspace
        if "channel" in what:
            channel = workspace.channels.get(what["channel"])
            if channel is None or me not in channel.members:
                return None
            if kind == "message":
                message = channel.find(what["ts"])
                if message is None or message.seen_by not in (None, me):
                    return None
                parent = channel.find(message.thread) if message.thread else None
                return {
                    "kind": kind,
                    "message": self._message(channel, message),
                    "parent": self._message(channel, parent) if parent else None,
                    "place": self._channel(channel),
                }
        if what.get("user") not in (None, me):
            return None
        told: Payload = {"kind": kind, **what}
        if kind == "view":
            told["views"] = [view.payload for view in workspace.views.values() if view.user == me]
        if kind == "home":
            told["home"] = workspace.homes[me].payload
        if kind == "prompts":
            told["prompts"] = workspace.prompts
        if kind == "status":
            told |= workspace.statuses.get((what["channel"], what["thread"]), {})
        return told

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Stream changes to one page as server-sent events."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listening[queue] = self._person(request)
        try:
            await response.write(b": hello\n\n")
            while not self._slack.stopping:
                try:
                    line = f"data: {await asyncio.wait_for(queue.get(), BEAT)}\n\n"
                except TimeoutError:
                    line = ": still here\n\n"
                await response.write(line.encode())
        except ConnectionError:
            pass
        finally:
            del self._listening[queue]
        return response

    # --- doing ----------------------------------------------------------------------------------------------------

    def _acts(self) -> dict[str, Callable[[str, Payload], Awaitable[Payload]]]:
        return {
            "say": self._say,
            "click": self._click,
            "suggest": self._suggest,
            "submit": self._submit,
            "close": self._close,
            "home": self._home,
            "shortcut": self._shortcut,
            "react": self._react,
            "invite": self._invite,
            "reset": self._reset,
        }

    def _doing(
        self, act: Callable[[str, Payload], Awaitable[Payload]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Return the route of something people do: JSON in, JSON out, a refusal told with its reason."""

        async def handle(request: web.Request) -> web.Response:
            try:
                given = await request.json()
                return web.json_response({"ok": True, **await act(self._person(request), given)})
            except Refusal as refusal:
                return web.json_response(refusal.answer)
            except (LookupError, ValueError, TypeError) as error:
                return web.json_response({"ok": False, "error": str(error)}, status=400)

        return handle

    async def _say(self, me: str, given: Payload) -> Payload:
        """Send what the composer holds: a command where it begins with a slash, else a message."""
        typed, channel, thread = str(given["text"])[:LONGEST], str(given["channel"]), given.get("thread")
        workspace = self._slack.workspace
        place = workspace.channel(channel)
        if me not in place.members:
            raise Refusal("not_in_channel")
        files_ = [str(number) for number in given.get("files") or []]
        if typed.startswith("/"):
            return await self._command(me, place, typed, thread)
        if not typed.strip() and not files_:
            raise Refusal("no_text")
        broadcast = bool(given.get("broadcast") and thread)
        said = await self._slack.say(
            wire(typed, workspace), user=me, channel=place.id, thread=thread, files=files_, broadcast=broadcast
        )
        return {"ts": said.message.ts}

    async def _command(self, me: str, place: Channel, typed: str, thread: str | None) -> Payload:
        """Run a slash command, or say as Slackbot why it does not run."""
        name, _, rest = typed.partition(" ")
        if name != self._offer.command:
            self._slackbot(me, place, f"`{name}` is not a valid command.", thread)
        elif thread:
            self._slackbot(me, place, f"{name} is not supported in threads. Sorry!", thread)
        else:
            text = wire(rest.strip(), self._slack.workspace, named=True)
            await self._slack.slash(text, user=me, channel=place.id, command=name)
        return {}

    def _slackbot(self, me: str, place: Channel, text: str, thread: str | None) -> None:
        ts = self._slack.workspace.fresh_ts()
        self._slack.post(Message(ts, place.id, "USLACKBOT", text, thread=thread, seen_by=me))

    def _view(self, me: str, given: Payload) -> View:
        """Return the modal or Home tab that something was done to. Raises LookupError."""
        view = self._slack.view(str(given["view"]))
        if view is None or view.user != me:
            raise LookupError("this view is gone")
        return view

    def _said(self, me: str, given: Payload) -> Message:
        """Return the message that something was done to. Raises LookupError."""
        message = self._slack.workspace.channel(str(given["channel"])).find(str(given["ts"]))
        if message is None or message.seen_by not in (None, me):
            raise LookupError("this message is gone")
        return message

    async def _click(self, me: str, given: Payload) -> Payload:
        """Use a button or a menu."""
        action, block = str(given["action_id"]), given.get("block_id")
        choice, state = given.get("choice"), given.get("state")
        if given.get("view"):
            view = self._view(me, given)
            state = self._slack.state(view, given.get("values") or {})
            done = await self._slack.click_view(view, action, choice=choice, block_id=block, state=state)
        else:
            message = self._said(me, given)
            done = await self._slack.click(message, action, user=me, choice=choice, block_id=block, state=state)
        return _outcome(done)

    async def _suggest(self, me: str, given: Payload) -> Payload:
        where = self._view(me, given) if given.get("view") else self._said(me, given)
        options = await self._slack.suggest(where, str(given["action_id"]), str(given.get("typed", "")), user=me)
        return {"options": options}

    async def _submit(self, me: str, given: Payload) -> Payload:
        view = self._view(me, given)
        done = await self._slack.submit(view, given.get("values") or {})
        return {**_outcome(done), "errors": done.json.get("errors", {})}

    async def _close(self, me: str, given: Payload) -> Payload:
        await self._slack.close(self._view(me, given))
        return {}

    async def _home(self, me: str, given: Payload) -> Payload:
        if "app_home_opened" not in self._offer.events:
            return {}
        return _outcome(await self._slack.open_home(user=me, tab=str(given.get("tab", "home"))))

    async def _shortcut(self, me: str, given: Payload) -> Payload:
        callback = str(given["callback_id"])
        if given.get("ts"):
            return _outcome(await self._slack.message_shortcut(callback, self._said(me, given), user=me))
        return _outcome(await self._slack.shortcut(callback, user=me))

    async def _react(self, me: str, given: Payload) -> Payload:
        """Put one's emoji under a message, or take it back."""
        message, name = self._said(me, given), str(given["name"])
        users = message.reactions.setdefault(name, [])
        users.remove(me) if me in users else users.append(me)
        if not users:
            del message.reactions[name]
        self._slack.changed(message)
        return {}

    async def _invite(self, me: str, given: Payload) -> Payload:
        """Invite the bot to a channel."""
        place = self._slack.workspace.channel(str(given["channel"]))
        if me in place.members and BOT_USER not in place.members:
            place.members.append(BOT_USER)
            ts = self._slack.workspace.fresh_ts()
            self._slack.post(Message(ts, place.id, BOT_USER, f"joined #{place.name}.", subtype="channel_join"))
        return {}

    async def _reset(self, me: str, given: Payload) -> Payload:  # noqa: ARG002  # every act takes both
        self._slack.reset()
        return {}

    async def _upload(self, request: web.Request) -> web.Response:
        """Take a file that someone attaches in the composer."""
        form = await request.post()
        given = form.get("file")
        if not isinstance(given, web.FileField):
            return web.json_response({"ok": False, "error": "no file"}, status=400)
        workspace, content = self._slack.workspace, given.file.read()
        name = given.filename.replace("/", "_").replace("\\", "_")
        number = workspace.fresh_id("F")
        workspace.files[number] = File(number, name, name, self._person(request), content, int(workspace.clock()))
        return web.json_response({"ok": True, "file": self._attached(workspace.files[number])})


TEXTS = (".txt", ".csv", ".md", ".json", ".vtt", ".toml")


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Let only the loopback's own names in, and only the page itself act: no other site may reach this server."""
    host = request.host.rpartition(":")[0] or request.host
    if host not in ("127.0.0.1", "localhost"):
        raise web.HTTPForbidden(text="this server answers on the loopback only")
    origin = request.headers.get("Origin")
    if request.path.startswith("/do/") and origin not in (None, f"http://{request.host}"):
        raise web.HTTPForbidden(text="only the page itself may do this")
    return await handler(request)


def _user(payload: Payload, colour: str) -> Payload:
    """Return a user as the page draws them."""
    return {
        **{name: payload[name] for name in ("id", "name", "real_name", "tz", "is_bot")},
        "title": payload["profile"]["title"],
        "colour": colour,
    }


def _outcome(delivered: Delivered) -> Payload:
    """Return how the bot took something, for the page."""
    return {"taken": delivered.ok, "failure": delivered.failure or ("" if delivered.ok else f"HTTP {delivered.status}")}
