"""Every state of every surface, found by walking: each question, sub-command and shortcut there is, then each button they show.

Nothing is listed by hand: a new intent, sub-command, shortcut or button is walked by itself, as its family finds it.
"""

import datetime as dt
import re
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.query.intents import intents
from handlers.call import subcommands
from handlers.daily import compose_of
from handlers.desk import Desk
from handlers.outbox import SlackOutbox
from handlers.place import Place
from handlers.recent import Recent
from handlers.shortcuts import shortcuts
from playground.choosing import elements
from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import BOT_USER, File, Message, View
from tests.canaries import given

Payload = dict[str, Any]
FIRST = ("digest now",)  # a digest with calls in it: once a digest is set up, what is loaded is no news
SLIPS = (
    "",
    "quote zyzzyva",
    "quote margin by nobody-at-all",
    "hepl",
    "*b* <!channel> & `c` > x",
    "x" * 600,
    "?",
    "quote",
)
GIVEN = given("T1", "C1")
BUSY = 8.0  # seconds that one step's errands may take
STEPS = 400  # more buttons than there are: a walk that reaches it goes round in circles


@dataclass(frozen=True, slots=True)
class State:
    """What one call sent: the way to it, the method, and the message (`text`, `blocks`) or the view."""

    way: str
    method: str
    payload: Payload

    @property
    def blocks(self) -> list[Payload]:
        """Its blocks."""
        found: list[Payload] = self.payload["blocks"]
        return found

    @property
    def surface(self) -> str:
        """What it stands on: message, modal or home."""
        kind = self.payload.get("type")
        return kind if kind in ("modal", "home") else "message"


@dataclass(slots=True)
class Walk:
    """A walk through a running bot."""

    slack: LocalSlack
    desk: Desk
    states: list[State] = field(default_factory=list)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    ways: dict[int, str] = field(default_factory=dict)
    buttons: dict[int, tuple[list[Payload], tuple[tuple[str, Payload], ...]]] = field(default_factory=dict)

    async def step(self, way: str, deed: Awaitable[object]) -> None:
        """Do something, and keep what the bot sent."""
        before = len(self.slack.calls)
        await deed
        await self.desk.errands.drain(BUSY)
        for call in self.slack.calls[before:]:
            payload = call.arguments.get("view") or call.arguments
            if call.method == "chat.stopStream":  # Slack makes a stream's text from its blocks
                payload = {"text": "a stream", **payload}
            if "blocks" in payload:
                self.states.append(State(way, call.method, payload))
        for number in self._live():
            self.ways.setdefault(number, way)

    async def press_all(self) -> None:
        """Press every button there is once on each kind of surface, those too that pressing brings."""
        for _ in range(STEPS):
            found = next(self._unpressed(), None)
            if found is None:
                return
            where, surface, element = found
            self.pressed.add((surface, kind(element)))
            way = f"{self.ways.get(id(where), surface)} › {element['action_id']}"
            options = element.get("options") or [{"value": None}]
            choice = options[0]["value"] if element["type"] != "feedback_buttons" else "negative"
            if isinstance(where, View):
                await self.step(way, self.slack.click_view(where, element["action_id"], choice=choice))
            else:
                await self.step(way, self.slack.click(where, element["action_id"], choice=choice))
        raise AssertionError("the walk went round in circles")

    async def fill_in(self, words: str) -> None:
        """Try the type-ahead of every open form, then send it: empty, then with words."""
        for view in [view for view in self.slack.workspace.views.values() if view.body.get("submit")]:
            inputs = [element for block in view.body["blocks"] for element in elements(block)]
            for element in inputs:
                if element["type"] == "external_select":
                    await self.slack.suggest(view, element["action_id"], words[:1])
            texts = [element["action_id"] for element in inputs if element["type"] == "plain_text_input"]
            callback = view.body["callback_id"]
            await self.step(f"form {callback}, empty", self.slack.submit(view))
            if texts and view.id in self.slack.workspace.views:
                await self.step(f"form {callback}", self.slack.submit(view, {texts[0]: words}))

    def _live(self) -> Iterator[int]:
        yield from (id(where) for where, _, _ in self._things())

    def _things(self) -> Iterator[tuple[Message | View, str, list[Payload]]]:
        workspace = self.slack.workspace
        for view in workspace.views.values():
            yield view, "modal", view.body["blocks"]
        for home in workspace.homes.values():
            yield home, "home", home.body["blocks"]
        for channel in workspace.channels.values():
            for message in reversed(channel.messages):
                if message.user == BOT_USER:
                    surface = "ephemeral" if message.seen_by else "direct" if channel.is_im else "channel"
                    yield message, surface, message.blocks

    def _unpressed(self) -> Iterator[tuple[Message | View, str, Payload]]:
        for where, surface, blocks in self._things():
            for what, element in self._buttons(blocks):
                if (surface, what) not in self.pressed:
                    yield where, surface, element

    def _buttons(self, blocks: list[Payload]) -> tuple[tuple[str, Payload], ...]:
        """Return the buttons of some blocks, looked for once: blocks are replaced, never changed, and held here."""
        if id(blocks) not in self.buttons:
            found = [element for block in blocks if block["type"] != "input" for element in elements(block)]
            self.buttons[id(blocks)] = blocks, tuple((kind(element), element) for element in found)
        return self.buttons[id(blocks)][1]


def handed(slack: LocalSlack, name: str, data: bytes) -> str:
    """Upload a file as a person; return its id."""
    number = slack.workspace.fresh_id("F")
    slack.workspace.files[number] = File(number, name, name, ADA, data, 0)
    return number


def kind(element: Payload) -> str:
    """Return what a button is, whichever of its row it is: `ask:next2` and `ask:next0` are one."""
    return re.sub(r"\d+", "", str(element["action_id"]))


async def walked(slack: LocalSlack, desk: Desk, *, asked: tuple[str, ...] = ()) -> list[State]:
    """Walk every surface of a running bot: with the examples of every intent and sub-command, or else as `asked`."""
    desk.recent = Recent(pause=0)
    walk = Walk(slack, desk)
    examples = [*(each.example for each in intents().values()), *(each.example for each in subcommands().values())]
    bare = [each.name for each in subcommands().values() if each.name != "forget"]
    topics = [f"help {name}" for name in (*intents(), *subcommands())]
    for question in dict.fromkeys([*bare, *asked] if asked else [*FIRST, *examples, *bare, *topics, *SLIPS]):
        await walk.step(f"command {question[:40]}", slack.slash(question))
        await walk.press_all()
        slack.workspace.views.clear()
    for question in dict.fromkeys(asked or [*examples, ""]):
        await walk.step(f"mention {question[:40]}", slack.mention(question))
        await walk.step(f"direct {question[:40]}", slack.direct(question or "?"))
        await walk.press_all()
        slack.workspace.views.clear()
    said = await slack.say("We had many superchargers.", channel=DESK)
    for shortcut in shortcuts().values():
        used = (
            slack.message_shortcut(shortcut.callback, said.message)
            if shortcut.kind == "message"
            else slack.shortcut(shortcut.callback)
        )
        await walk.step(f"shortcut {shortcut.name}", used)
        await walk.press_all()
        await walk.fill_in(asked[0] if asked else "superchargers")
        await walk.press_all()
        slack.workspace.views.clear()
    for number, data in enumerate((GIVEN, GIVEN + b"\nOperator\n\nThat was all. Good night.\n", b"no transcript")):
        name = f"{asked[0][:200] if asked else 'given'} {number}.txt"
        await walk.step(f"file {number}", slack.say(f"<@{BOT_USER}>", files=[handed(slack, name, data)]))
    await walk.press_all()
    await walk.fill_in(asked[0] if asked else "Brindle Works")
    await walk.press_all()
    slack.workspace.views.clear()
    await walk.step("digest", digest(slack, desk))
    await walk.press_all()
    slack.workspace.views.clear()
    for tab in ("messages", "home"):
        await walk.step(f"home {tab}", slack.open_home(user=ADA, tab=tab))
        await walk.press_all()
        slack.workspace.views.clear()
    return walk.states


async def digest(slack: LocalSlack, desk: Desk) -> None:
    """Let a digest of every loaded call be scheduled, and posted at once."""
    (workspace,) = await desk.workspaces.installed()
    told = await compose_of(desk, Place(workspace.tenant, DESK), list(desk.library.calls))
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    await SlackOutbox(desk).schedule(workspace.tenant, DESK, told, soon)
    for scheduled in slack.workspace.scheduled.values():
        scheduled["post_at"] = 0
    slack.post_due()
