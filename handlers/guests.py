"""Guests of other organisations: people in a channel that two companies share, of the company without Earshot."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.errors import EarshotError

if TYPE_CHECKING:
    from handlers.asked import Asked
    from handlers.desk import Desk
    from handlers.place import Place
    from handlers.workspace import Workspace

SETTING = "external"  # of a channel that another organisation shares
SHARED = "yes"
ASKING = "guests"  # the setting by which an admin lets guests ask in a channel
ALLOWED = "allowed"


class GuestError(EarshotError):
    """Somebody of another organisation asks."""

    def __init__(self) -> None:
        super().__init__(
            "I answer the people of the workspace that installed me: please ask one of them, who can share what they "
            "find."
        )


class CommandsError(EarshotError):
    """A guest who may ask tries to set something."""

    def __init__(self) -> None:
        super().__init__(
            "I answer your questions here; settings are for the people of the workspace that installed me."
        )


class SharedChannelError(EarshotError):
    """Something private that was wanted in a channel that another organisation shares."""


def keep_out(asked: "Asked") -> None:
    """Raise GuestError where a guest of another organisation asks."""
    if asked.outside:
        raise GuestError


async def allow(desk: "Desk", place: "Place", *, allowed: bool) -> None:
    """Let guests ask in a channel, or not."""
    await desk.store.save_setting(place.tenant, place.channel, ASKING, ALLOWED if allowed else None)


async def allowed(desk: "Desk", tenant: str, channel: str) -> bool:
    """Whether guests may ask in a channel; never in a place that is no channel."""
    return bool(channel) and await desk.store.setting(tenant, channel, ASKING) == ALLOWED


def speaks_from_outside(body: Mapping[str, object], workspace: "Workspace") -> bool:
    """Whether an event in an externally shared channel is a guest's; somebody without a team counts as one."""
    event = body.get("event")
    if body.get("is_ext_shared_channel") is not True or not isinstance(event, Mapping):
        return False
    team = event.get("user_team") or event.get("source_team") or event.get("team")
    return team not in {workspace.tenant, workspace.team, workspace.enterprise} - {None}


async def learn(desk: "Desk", tenant: str, channel: str, body: Mapping[str, object]) -> bool:
    """Learn from an event whether another organisation shares its channel: only events tell. Return whether."""
    shared = body.get("is_ext_shared_channel") is True
    if shared != await is_shared(desk, tenant, channel):
        await desk.store.save_setting(tenant, channel, SETTING, SHARED if shared else None)
        desk.shelves.changed(tenant)
    return shared


async def is_shared(desk: "Desk", tenant: str, channel: str) -> bool:
    """Whether another organisation is known to share a channel."""
    return bool(channel) and await desk.store.setting(tenant, channel, SETTING) == SHARED
