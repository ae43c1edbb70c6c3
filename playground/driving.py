"""What people do in the local Slack: each method builds the payload Slack would send and delivers it to the bot."""

import asyncio
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from playground.arguments import Arguments
from playground.delivery import Delivered, Parcel
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import APP, BOT_USER, TEAM, Message, Workspace

if TYPE_CHECKING:
    from playground.given import ResponseUrl

ADA = "U0ADAWHIT"
DESK = "C0AUTODESK"
TOKEN = "local-verification-token"  # noqa: S105  # the deprecated token of every payload; nothing checks it
SCOPED = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}


@dataclass(frozen=True, slots=True)
class Said:
    """What someone said, and how the bot took each event it made."""

    message: Message
    delivered: tuple[Delivered, ...]


class Driving(ABC):
    """The people's side of the local Slack."""

    workspace: Workspace
    subscriptions: frozenset[str]
    command: str
    repeats: tuple[float, ...]
    response_urls: dict[str, "ResponseUrl"]

    @abstractmethod
    async def deliver(self, parcel: Parcel) -> Delivered:
        """Deliver to the bot."""

    @abstractmethod
    def trigger(self, user: str, view: str | None = None) -> str:
        """Return a trigger_id."""

    @abstractmethod
    def response_url(self, user: str, channel: str, message: Message | None = None) -> str:
        """Return a response URL."""

    @abstractmethod
    def record(self, method: str, arguments: Payload, answer: Payload, token: str = "") -> None:
        """Keep a call."""

    @abstractmethod
    def post(self, message: Message) -> None:
        """Show a message."""

    @abstractmethod
    def speak(self, url: "ResponseUrl", args: Arguments) -> Message:
        """Post what an acknowledgement brings."""

    @abstractmethod
    def background(self, work: "asyncio.Task[None]") -> None:
        """Hold on to a task."""

    # --- commands -------------------------------------------------------------------------------------------------

    async def slash(self, text: str, *, user: str = ADA, channel: str = DESK, command: str | None = None) -> Delivered:
        """Type a slash command. What the acknowledgement says is posted, and recorded as the method "ack"."""
        place = self.workspace.channel(channel)
        url = self.response_url(user, place.id)
        payload: Payload = {
            "token": TOKEN,
            "team_id": TEAM,
            "team_domain": self.workspace.domain,
            "channel_id": place.id,
            "channel_name": "directmessage" if place.is_im else "privategroup" if place.is_private else place.name,
            "user_id": user,
            "user_name": self.workspace.user(user).handle,
            "command": command or self.command,
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": url,
            "trigger_id": self.trigger(user),
        }
        delivered = await self.deliver(Parcel("slash_commands", payload))
        self._acknowledged(delivered, payload, url)
        return delivered

    def _acknowledged(self, delivered: Delivered, payload: Payload, url: str) -> None:
        """Show what a command's acknowledgement says, or that the command failed, as Slack does."""
        if not delivered.ok:
            self._failed(payload, delivered.failure or "dispatch_failed")
            return
        said = delivered.json or ({"text": delivered.body} if delivered.body.strip() else {})
        if not said:
            return
        try:
            args = Arguments(said)
            if args.text("response_type") == "in_channel":
                typed = f"{payload['command']} {payload['text']}".strip()
                place, user = payload["channel_id"], payload["user_id"]
                self.post(Message(self.workspace.fresh_ts(), place, user, typed))
            self.speak(self._response(url), args)
            self.record("ack", said, {"ok": True})
        except Refusal as refusal:
            self.record("ack", said, refusal.answer)
            self._failed(payload, refusal.error)

    def _response(self, url: str) -> "ResponseUrl":
        return self.response_urls[url.rpartition("/")[2]]

    def _failed(self, payload: Payload, error: str) -> None:
        """Tell the person, as Slackbot does, that their command failed."""
        text = f'{payload["command"]} failed with the error "{error}"'
        ts, place = self.workspace.fresh_ts(), payload["channel_id"]
        self.post(Message(ts, place, "USLACKBOT", text, seen_by=payload["user_id"]))

    # --- messages and events --------------------------------------------------------------------------------------

    async def say(
        self,
        text: str,
        *,
        user: str = ADA,
        channel: str = DESK,
        thread: str | None = None,
        files: Sequence[str] = (),
        broadcast: bool = False,
    ) -> Said:
        """Post as a person, with `broadcast` to a thread and its channel alike.

        The bot gets the events it subscribed to: message in its kind of channel, app_mention.
        """
        place = self.workspace.channel(channel)
        message = Message(self.workspace.fresh_ts(), place.id, user, text, thread=thread, files=list(files))
        message.broadcast = broadcast
        if files or broadcast:
            message.subtype = "file_share" if files else "thread_broadcast"
        self.post(message)
        if BOT_USER not in place.members:
            return Said(message, ())
        told = {**message.payload, "channel": place.id, "event_ts": message.ts, "channel_type": place.kind}
        told["client_msg_id"] = str(uuid.uuid4())
        if files:
            told["files"] = [self.file(number) for number in files]
        events = []
        if SCOPED[place.kind] in self.subscriptions:
            events.append(told)
        if f"<@{BOT_USER}" in text and not place.is_im and "app_mention" in self.subscriptions:
            mention = {name: value for name, value in told.items() if name not in ("channel_type", "subtype")}
            events.append({**mention, "type": "app_mention"})
        return Said(message, tuple([await self.event(event) for event in events]))

    @abstractmethod
    def file(self, number: str) -> Payload:
        """Return a file as events carry it."""

    async def mention(self, text: str, *, user: str = ADA, channel: str = DESK, thread: str | None = None) -> Said:
        """Mention the bot in a channel."""
        return await self.say(f"<@{BOT_USER}> {text}", user=user, channel=channel, thread=thread)

    async def direct(self, text: str, *, user: str = ADA, thread: str | None = None) -> Said:
        """Write to the bot in a direct message."""
        return await self.say(text, user=user, channel=self.workspace.direct(user).id, thread=thread)

    async def open_home(self, *, user: str = ADA, tab: str = "home") -> Delivered:
        """Open the bot's App Home on a tab: home, messages or about."""
        channel = self.workspace.direct(user)
        event: Payload = {
            "type": "app_home_opened",
            "user": user,
            "channel": channel.id,
            "event_ts": self.workspace.fresh_ts(),
            "tab": tab,
        }
        home = self.workspace.homes.get(user)
        if home is not None and tab == "home":
            event["view"] = home.payload
        return await self.event(event)

    async def event(
        self, event: Payload, *, event_id: str | None = None, retry: int = 0, reason: str = "http_timeout"
    ) -> Delivered:
        """Deliver one event (again, with `retry`); an event not taken is repeated as `repeats` says."""
        payload: Payload = {
            "token": TOKEN,
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or self.workspace.fresh_id("Ev"),
            "event_time": int(self.workspace.clock()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": "4-local",
        }
        parcel = Parcel("events_api", payload, retry, reason)
        delivered = await self.deliver(parcel)
        if not delivered.ok and not retry and self.repeats:
            self.background(asyncio.create_task(self._repeat(parcel)))
        return delivered

    async def _repeat(self, parcel: Parcel) -> None:
        """Deliver an event again until it is taken."""
        for number, wait in enumerate(self.repeats, 1):
            await asyncio.sleep(wait)
            if (await self.deliver(replace(parcel, retry=number))).ok:
                return
