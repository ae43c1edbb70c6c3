"""What people do in the local Slack: each method builds the payload Slack would send and delivers it to the bot."""

import asyncio
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from playground.arguments import Arguments
from playground.blocks import check_options, check_view
from playground.delivery import Delivered, Parcel
from playground.methods.views import make
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import APP, BOT_USER, TEAM, Message, View, Workspace

if TYPE_CHECKING:
    from playground.slack import ResponseUrl

ADA = "U0ADAWHIT"
DESK = "C0AUTODESK"
TOKEN = "local-verification-token"  # noqa: S105  # the deprecated token of every payload; nothing checks it
SCOPED = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}
CHOOSERS = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "file_input": "files",
    "rich_text_input": "rich_text_value",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What someone said, and how the bot took each event it made."""

    message: Message
    delivered: tuple[Delivered, ...]


def elements(value: object) -> Iterator[Payload]:
    """Yield every element with an action_id in blocks, however deep."""
    if isinstance(value, dict):
        if "action_id" in value:
            yield value
        for inner in value.values():
            yield from elements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from elements(inner)


def located(blocks: Sequence[Payload], action_id: str, block_id: str | None = None) -> tuple[str, Payload]:
    """Return the block_id and the element with `action_id`. Raises LookupError that lists what there is."""
    for block in blocks:
        inner = block.get("child_blocks")
        if isinstance(inner, list):
            try:
                return located(inner, action_id, block_id)
            except LookupError:
                pass
        for element in elements(block):
            if element["action_id"] == action_id and block_id in (None, block.get("block_id")):
                return str(block.get("block_id", "")), element
    found = ", ".join(element["action_id"] for element in elements(list(blocks)))
    raise LookupError(f"no action {action_id!r}; there are: {found or 'none'}")


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

    # --- interaction ----------------------------------------------------------------------------------------------

    def _person(self, user: str) -> Payload:
        handle = self.workspace.user(user).handle
        return {"id": user, "username": handle, "name": handle, "team_id": TEAM}

    def _interaction(self, kind: str, user: str, view: str | None = None) -> Payload:
        return {
            "type": kind,
            "team": {"id": TEAM, "domain": self.workspace.domain},
            "user": self._person(user),
            "api_app_id": APP,
            "token": TOKEN,
            "trigger_id": self.trigger(user, view),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _place(self, channel: str) -> Payload:
        found = self.workspace.channel(channel)
        name = "directmessage" if found.is_im else "privategroup" if found.is_private else found.name
        return {"id": found.id, "name": name}

    async def click(
        self,
        message: Message,
        action_id: str,
        *,
        user: str | None = None,
        choice: object = None,
        block_id: str | None = None,
        state: Mapping[str, object] | None = None,
    ) -> Delivered:
        """Use an element of a message: a button, or with `choice` a menu's option (its value), a date or a person."""
        who = user or message.seen_by or ADA
        block, element = located(message.blocks, action_id, block_id)
        payload = self._interaction("block_actions", who)
        payload["container"] = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.seen_by is not None,
            **({"thread_ts": message.thread} if message.thread else {}),
        }
        payload["channel"] = self._place(message.channel)
        if message.seen_by is None:  # Slack keeps an ephemeral message's content to itself
            payload["message"] = message.payload
        payload["state"] = {"values": dict(state or {})}
        payload["response_url"] = self.response_url(who, message.channel, message)
        payload["actions"] = [self._action(block, element, choice)]
        return await self.deliver(Parcel("interactive", payload))

    async def click_view(
        self,
        view: View,
        action_id: str,
        *,
        choice: object = None,
        block_id: str | None = None,
        state: Mapping[str, object] | None = None,
    ) -> Delivered:
        """Use an element of a modal or a Home tab."""
        block, element = located(view.body["blocks"], action_id, block_id)
        payload = self._interaction("block_actions", view.user, view.id)
        payload["container"] = {"type": "view", "view_id": view.id}
        payload["view"] = {**view.payload, "state": {"values": dict(state or {})}}
        payload["actions"] = [self._action(block, element, choice)]
        return await self.deliver(Parcel("interactive", payload))

    def _action(self, block: str, element: Payload, choice: object) -> Payload:
        """Return the action as Slack tells it."""
        kind = element["type"]
        action: Payload = {"action_id": element["action_id"], "block_id": block, "type": kind}
        action["action_ts"] = self.workspace.fresh_ts()
        if kind == "button":
            action |= {name: element[name] for name in ("text", "value", "style") if name in element}
        elif kind == "feedback_buttons":
            side = "negative_button" if choice in ("negative", "negative_button") else "positive_button"
            action |= {"text": element[side]["text"], "value": element[side]["value"]}
        elif kind == "icon_button":
            action |= {name: element[name] for name in ("text", "value", "icon") if name in element}
        else:
            action |= answered(element, choice)
        return action

    async def submit(self, view: View, values: Mapping[str, object] | None = None) -> Delivered:
        """Submit a modal, `values` by action_id, and carry out what the bot answers (update, push, clear)."""
        payload = self._interaction("view_submission", view.user, view.id)
        payload["view"] = {**view.payload, "state": {"values": self.state(view, values or {})}}
        payload["response_urls"] = []
        delivered = await self.deliver(Parcel("interactive", payload))
        if delivered.ok:
            self._checked("view_response", delivered.json, lambda said: self._submitted(view, said))
        return delivered

    def _checked(self, method: str, said: Payload, act: Callable[[Payload], None]) -> None:
        """Act on what the bot answered, and record it where it said anything; what Slack would refuse has no effect."""
        try:
            act(said)
            answer: Payload = {"ok": True}
        except Refusal as refusal:
            answer = refusal.answer
        if said:
            self.record(method, said, answer)

    def state(self, view: View, values: Mapping[str, object]) -> dict[str, Payload]:
        """Return a view's state: what each input holds, `values` over what it began with."""
        state: dict[str, Payload] = {}
        for block in view.body["blocks"]:
            for element in elements(block):
                if element["type"] not in ("button", "overflow", "feedback_buttons", "icon_button"):
                    action_id = element["action_id"]
                    held = answered(element, values.get(action_id)) if action_id in values else initial(element)
                    state.setdefault(block["block_id"], {})[action_id] = {"type": element["type"], **held}
        return state

    def _submitted(self, view: View, said: Payload) -> None:
        """Carry out what the bot answered to a submission. Raises Refusal."""
        action, views = said.get("response_action"), self.workspace.views
        if action not in (None, "errors", "update", "push", "clear"):
            raise Refusal("invalid_arguments", [f"unsupported response_action: {action}"])
        if action == "errors":
            known = {block["block_id"] for block in view.body["blocks"]}
            wrong = [name for name in said.get("errors", {}) if name not in known]
            if wrong or not said.get("errors"):
                raise Refusal("invalid_arguments", [f"no such block: {name}" for name in wrong] or ["no errors given"])
            return
        if action in ("update", "push"):
            check_view(said.get("view"), "modal")
            number = view.id if action == "update" else self.workspace.fresh_id("V")
            previous = view.previous if action == "update" else view.id
            views[number] = make(said["view"], number, view.user, root=view.root, previous=previous)
        elif action == "clear":
            for number in [number for number, open_ in views.items() if open_.root == view.root]:
                del views[number]
        else:
            views.pop(view.id, None)
        self.workspace.tell("view", {"user": view.user, "id": view.id})

    async def close(self, view: View) -> Delivered | None:
        """Close a modal; the bot hears of it where the view asked for that."""
        self.workspace.views.pop(view.id, None)
        self.workspace.tell("view", {"user": view.user, "id": view.id})
        if not view.body.get("notify_on_close"):
            return None
        payload = self._interaction("view_closed", view.user)
        return await self.deliver(Parcel("interactive", payload | {"view": view.payload, "is_cleared": False}))

    async def suggest(self, where: View | Message, action_id: str, typed: str, *, user: str = ADA) -> list[Payload]:
        """Type into an external select; return the options the bot suggests."""
        blocks = where.body["blocks"] if isinstance(where, View) else where.blocks
        block, _ = located(blocks, action_id)
        who = where.user if isinstance(where, View) else where.seen_by or user
        payload = self._interaction("block_suggestion", who)
        payload |= {"action_id": action_id, "block_id": block, "value": typed}
        if isinstance(where, View):
            payload |= {"container": {"type": "view", "view_id": where.id}, "view": where.payload}
        else:
            payload["channel"] = self._place(where.channel)
            payload["container"] = {"type": "message", "message_ts": where.ts, "channel_id": where.channel}
        said = (await self.deliver(Parcel("interactive", payload))).json
        found: list[Payload] = []

        def offer(said: Payload) -> None:
            check_options(said)
            found.extend(option for group in said.get("option_groups") or [] for option in group["options"])
            found.extend(said.get("options") or [])

        self._checked("options", said, offer)
        return found

    async def shortcut(self, callback_id: str, *, user: str = ADA) -> Delivered:
        """Use a global shortcut."""
        payload = self._interaction("shortcut", user) | {"callback_id": callback_id}
        return await self.deliver(Parcel("interactive", payload | {"action_ts": self.workspace.fresh_ts()}))

    async def message_shortcut(self, callback_id: str, message: Message, *, user: str = ADA) -> Delivered:
        """Use a shortcut on a message, in a thread too."""
        payload = self._interaction("message_action", user) | {
            "callback_id": callback_id,
            "channel": self._place(message.channel),
            "message_ts": message.ts,
            "message": message.payload,
            "action_ts": self.workspace.fresh_ts(),
            "response_url": self.response_url(user, message.channel, None),
        }
        return await self.deliver(Parcel("interactive", payload))


def answered(element: Payload, choice: object) -> Payload:
    """Return what an element tells once `choice` is made: an option by its value, several, a date, a person, a text."""
    kind = element["type"]
    if kind in CHOOSERS:
        return {CHOOSERS[kind]: choice}
    options = [*element.get("options", []), *(o for g in element.get("option_groups", []) for o in g["options"])]
    if kind in ("static_select", "external_select", "overflow", "radio_buttons"):
        found = choice if isinstance(choice, dict) else next((o for o in options if o["value"] == choice), None)
        return {"selected_option": found}
    chosen = choice if isinstance(choice, list) else [choice]
    picked = [one if isinstance(one, dict) else next((o for o in options if o["value"] == one), None) for one in chosen]
    return {"selected_options": [one for one in picked if one is not None]}


def initial(element: Payload) -> Payload:
    """Return what an input holds before anyone touches it."""
    kind = element["type"]
    if kind in CHOOSERS:
        name = {"value": "initial_value", "rich_text_value": "initial_value"}.get(
            CHOOSERS[kind], CHOOSERS[kind].replace("selected", "initial")
        )
        return {CHOOSERS[kind]: element.get(name)}
    if kind in ("static_select", "external_select", "radio_buttons"):
        return {"selected_option": element.get("initial_option")}
    return {"selected_options": element.get("initial_options", [])}
