"""What people do with buttons, windows and shortcuts: each method builds Slack's payload and delivers it to the bot."""

from collections.abc import Callable, Mapping

from playground.choosing import answered, elements, initial, located
from playground.delivery import Delivered, Parcel
from playground.driving import ADA, TOKEN, Driving
from playground.methods.views import make
from playground.payload import Payload
from playground.refusal import Refusal
from playground.views import check_options, check_view
from playground.workspace import APP, TEAM, Message, View


class Interacting(Driving):
    """People who press, fill in and choose."""

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
