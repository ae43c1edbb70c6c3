"""What the local Slack knows: a team, its people, channels, messages, files and views; in memory, all invented."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from playground.payload import Payload
from playground.refusal import Refusal

TEAM = "T0EARSHOT"
APP = "A0EARSHOT"
BOT_USER = "U0EARSHOT"
BOT = "B0EARSHOT"


@dataclass(slots=True)
class User:
    """A person or a bot of the workspace."""

    id: str
    handle: str
    name: str
    zone: str  # IANA time zone
    offset: int  # seconds east of UTC, without summer time
    title: str = ""
    colour: str = "#4a154b"  # of the drawn avatar
    is_bot: bool = False
    is_admin: bool = False

    @property
    def payload(self) -> Payload:
        """The user as `users.info` gives it."""
        return {
            "id": self.id,
            "team_id": TEAM,
            "name": self.handle,
            "deleted": False,
            "color": self.colour.removeprefix("#"),
            "real_name": self.name,
            "tz": self.zone,
            "tz_label": self.zone,
            "tz_offset": self.offset,
            "locale": "en-GB",
            "profile": {
                "title": self.title,
                "real_name": self.name,
                "display_name": self.handle,
                "real_name_normalized": self.name,
                "display_name_normalized": self.handle,
                "team": TEAM,
                **({"bot_id": BOT} if self.is_bot else {}),
            },
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "updated": 0,
        }


@dataclass(slots=True)
class Message:
    """One message as it stands now; `seen_by` is the one user an ephemeral message is shown to."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Payload] = field(default_factory=list)
    bot: str | None = None
    thread: str | None = None
    seen_by: str | None = None
    edited: str | None = None
    subtype: str | None = None
    username: str | None = None
    attachments: list[Payload] = field(default_factory=list)
    metadata: Payload | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    broadcast: bool = False
    streaming: bool = False

    @property
    def payload(self) -> Payload:
        """The message as `conversations.history` and events give it, without what only the channel knows (replies)."""
        found: Payload = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "team": TEAM}
        if self.bot:
            found |= {"bot_id": self.bot, "app_id": APP}
        optional = {
            "subtype": self.subtype,
            "blocks": self.blocks,
            "thread_ts": self.thread,
            "username": self.username,
            "attachments": self.attachments,
            "metadata": self.metadata,
        }
        found |= {name: value for name, value in optional.items() if value}
        if self.edited:
            found["edited"] = {"user": self.user, "ts": self.edited}
        if self.reactions:
            found["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)} for name, users in self.reactions.items()
            ]
        return found


@dataclass(slots=True)
class Channel:
    """A channel, a private one or a direct message, with its messages in the order they came."""

    id: str
    name: str
    members: list[str]
    is_private: bool = False
    is_ext_shared: bool = False  # with another organisation
    partner: str | None = None  # of a direct message: the person who talks with the bot, or with its first member
    topic: str = ""
    messages: list[Message] = field(default_factory=list)

    @property
    def is_im(self) -> bool:
        """Whether it is a direct message."""
        return self.partner is not None

    @property
    def kind(self) -> str:
        """`im`, `group` or `channel`, as events name it."""
        return "im" if self.is_im else "group" if self.is_private else "channel"

    @property
    def payload(self) -> Payload:
        """The channel as `conversations.info` gives it."""
        if self.is_im:
            return {"id": self.id, "created": 0, "is_im": True, "user": self.partner, "is_archived": False}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "created": 0,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "is_ext_shared": self.is_ext_shared,
            "is_archived": False,
            "is_general": False,
            "is_member": BOT_USER in self.members,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": self.topic, "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }

    def find(self, ts: str) -> Message | None:
        """Return the message with `ts`."""
        return next((message for message in self.messages if message.ts == ts), None)

    def thread(self, ts: str) -> list[Message]:
        """Return the message `ts` and its replies, ephemeral ones too."""
        return [message for message in self.messages if ts in (message.ts, message.thread)]

    def shown(self, message: Message) -> Payload:
        """Return a message's payload with the count of its replies."""
        found = message.payload
        replies = [m for m in self.messages if m.thread == message.ts and m.ts != message.ts and not m.seen_by]
        if replies:
            found |= {
                "thread_ts": message.ts,
                "reply_count": len(replies),
                "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
                "latest_reply": replies[-1].ts,
            }
        return found


@dataclass(slots=True)
class File:
    """A file that was given to the workspace."""

    id: str
    name: str
    title: str
    user: str
    content: bytes
    created: int
    channels: list[str] = field(default_factory=list)

    def payload(self, base: str) -> Payload:
        """Return the file as `files.info` gives it; `base` is where downloads are served."""
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "user": self.user,
            "size": len(self.content),
            "mode": "hosted",
            "filetype": self.name.rpartition(".")[2] if "." in self.name else "text",
            "is_external": False,
            "is_public": False,
            "url_private": f"{base}files-pri/{self.id}/{self.name}",
            "url_private_download": f"{base}files-pri/{self.id}/download/{self.name}",
            "channels": list(self.channels),
        }


@dataclass(slots=True)
class View:
    """A modal or a Home tab as it stands now."""

    id: str
    user: str
    body: Payload
    hash: str
    root: str
    previous: str | None = None

    @property
    def payload(self) -> Payload:
        """The view as Slack gives it back."""
        empty: Payload = {"private_metadata": "", "callback_id": "", "external_id": "", "state": {"values": {}}}
        return {
            **empty,
            **self.body,
            "id": self.id,
            "team_id": TEAM,
            "app_id": APP,
            "bot_id": BOT,
            "hash": self.hash,
            "root_view_id": self.root,
            "previous_view_id": self.previous,
        }


def people() -> list[User]:
    """Return the invented people of a fresh workspace, the bot among them."""
    return [
        User("U0ADAWHIT", "ada", "Ada Whitcombe", "America/New_York", -18_000, "Autos analyst", "#1264a3"),
        User("U0BENOKAF", "ben", "Ben Okafor", "Europe/London", 0, "Portfolio manager", "#1d7f56"),
        User("U0CHIYOTN", "chiyo", "Chiyo Tanaka", "Asia/Tokyo", 32_400, "Industrials desk", "#b35c00"),
        User("U0DORAVEL", "dora", "Dora Velásquez", "America/Los_Angeles", -28_800, "Newsroom", "#cd2553"),
        User(BOT_USER, "earshot", "Earshot", "Etc/UTC", 0, "Exact quotes from earnings calls", "#4a154b", is_bot=True),
    ]


def channels() -> list[Channel]:
    """Return the invented channels of a fresh workspace; the bot is not in #water-cooler."""
    everyone = ["U0ADAWHIT", "U0BENOKAF", "U0CHIYOTN", "U0DORAVEL"]
    return [
        Channel("C0AUTODESK", "autos-desk", [*everyone, BOT_USER], topic="Car makers, chargers, and who said what"),
        Channel("C0EARNINGS", "earnings-season", [*everyone, BOT_USER], topic="Calls of the week"),
        Channel("C0WATERCOO", "water-cooler", everyone, topic="Not work"),
        Channel("C0DEALROOM", "deal-room", ["U0ADAWHIT", "U0BENOKAF", BOT_USER], is_private=True, topic="Private"),
        *(
            Channel(f"D0{user.removeprefix('U0')}", "", [user, BOT_USER], is_private=True, partner=user)
            for user in everyone
        ),
        *(
            Channel(f"D1{user.removeprefix('U0')}", "", [everyone[0], user], is_private=True, partner=user)
            for user in everyone[1:]
        ),
    ]


@dataclass(slots=True)
class Workspace:
    """All state of the local Slack. `clock` gives seconds since 1970; `listeners` hear of every change."""

    clock: Callable[[], float]
    name: str = "Harbour Street"
    domain: str = "harbour-street"
    users: dict[str, User] = field(default_factory=lambda: {user.id: user for user in people()})
    channels: dict[str, Channel] = field(default_factory=lambda: {channel.id: channel for channel in channels()})
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)  # by user
    scheduled: dict[str, Payload] = field(default_factory=dict)
    statuses: dict[tuple[str, str], Payload] = field(default_factory=dict)  # agent status by (channel, thread)
    prompts: dict[str, Payload] = field(default_factory=dict)  # suggested prompts by channel
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    listeners: list[Callable[[str, Payload], None]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    last: int = 0  # microseconds of the newest ts

    def fresh_ts(self) -> str:
        """Return a message's ts: later than every one before it."""
        self.last = max(self.last + 1, int(self.clock() * 1_000_000))
        return f"{self.last // 1_000_000}.{self.last % 1_000_000:06d}"

    def fresh_id(self, letter: str) -> str:
        """Return an id such as Slack's: a letter, then ten capitals and digits."""
        return f"{letter}{next(self.numbers):010d}"

    def tell(self, kind: str, what: Payload) -> None:
        """Let every listener know of a change."""
        for listener in list(self.listeners):
            listener(kind, what)

    def user(self, user: str) -> User:
        """Return a user. Raises Refusal `user_not_found`."""
        if user not in self.users:
            raise Refusal("user_not_found")
        return self.users[user]

    def channel(self, channel: str) -> Channel:
        """Return a channel by id, by #name, or the direct message with a user's id. Raises `channel_not_found`."""
        if channel in self.users and channel != BOT_USER:
            return self.direct(channel)
        found = self.channels.get(channel)
        if found is None and channel.startswith("#"):
            found = next((c for c in self.channels.values() if c.name == channel[1:]), None)
        if found is None:
            raise Refusal("channel_not_found")
        return found

    def direct(self, user: str) -> Channel:
        """Return the direct message between a user and the bot, opened where there is none."""
        self.user(user)
        mine = (channel for channel in self.channels.values() if channel.partner == user)
        found = next((channel for channel in mine if BOT_USER in channel.members), None)
        if found is None:
            found = Channel(self.fresh_id("D"), "", [user, BOT_USER], is_private=True, partner=user)
            self.channels[found.id] = found
        return found

    def post(self, message: Message) -> Message:
        """Put a message into its channel and tell of it."""
        self.channel(message.channel).messages.append(message)
        self.tell("message", {"channel": message.channel, "ts": message.ts})
        return message

    def change(self, message: Message) -> None:
        """Tell that a message changed in place."""
        self.tell("message", {"channel": message.channel, "ts": message.ts})

    def remove(self, message: Message) -> None:
        """Take a message out of its channel and tell of it."""
        messages = self.channel(message.channel).messages
        messages[:] = [kept for kept in messages if kept is not message]
        self.tell("removed", {"channel": message.channel, "ts": message.ts})
