"""The port through which digests leave; what stands behind it knows Slack."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.errors import EarshotError


class UnclearError(EarshotError):
    """Nobody knows whether a message was taken: a timeout, a dropped connection, a server's error. `why`: for logs."""

    def __init__(self, why: str = "") -> None:
        super().__init__("Slack gave no clear answer. Please try again in a minute.")
        self.why = why


class BusyError(EarshotError):
    """The message was refused for now; nothing was taken. `wait` is for how long."""

    def __init__(self, wait: dt.timedelta) -> None:
        super().__init__(f"Slack takes nothing more for {wait.total_seconds():.0f} seconds. Please try again then.")
        self.wait = wait


class LateError(EarshotError):
    """The message was refused because its time is past; nothing was taken."""

    def __init__(self) -> None:
        super().__init__("That came too late for its time at Slack; the next attempt takes a later one.")


class UnfitError(EarshotError):
    """This very message was refused, for what it holds or how long it is; another one may be taken."""


class RefusedError(EarshotError):
    """The message was refused for good, and the next one will be, until somebody changes something."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that Slack has and will post: its id, where, and when (whole seconds)."""

    id: str
    channel: str
    post_at: dt.datetime


class Post(Protocol):
    """What may be posted: a digest, or what a watch found. `calls` (id -> fingerprint) are told by it."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        ...

    @property
    def calls(self) -> Mapping[str, str]:
        """The calls that no digest needs to tell of after it."""
        ...


class Outbox(Protocol):
    """Messages scheduled ahead. `post_at` are whole seconds; every method may raise any of this module's errors."""

    async def schedule(self, tenant: str, channel: str, post: Post, post_at: dt.datetime) -> str:
        """Hand a message over, to be posted at `post_at`. Return the message's id."""
        ...

    async def pending(self, tenant: str, channel: str) -> tuple[Pending, ...]:
        """Return every message of ours in a channel that waits for its time. Never raises RefusedError."""
        ...

    async def withdraw(self, tenant: str, channel: str, message: str) -> None:
        """Take a waiting message back; nothing happens where it is gone already."""
        ...

    async def warn(self, tenant: str, user: str, sentence: str) -> None:
        """Tell the person who set something up what is wrong with it."""
        ...
