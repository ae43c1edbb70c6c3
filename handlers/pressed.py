"""A pressed button, out of Slack's payload."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.asked import Asked, Surface
from handlers.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Pressed:
    """Who pressed which button where.

    `asked.thread` is the thread of the message; `ephemeral` tells that only this person sees the message. `ticket` is
    None for a button of another release.
    """

    asked: Asked
    action: str
    ticket: Ticket | None
    message: str | None  # the message's timestamp
    ephemeral: bool


def pressed_of(body: Mapping[str, object], command: str) -> Pressed:
    """Read a block_actions payload."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], Mapping) else {}
    container = _inner(body, "container")
    message = _inner(body, "message")
    ephemeral = container.get("is_ephemeral") is True
    asked = Asked(
        words="",
        tenant=_tenant(body),
        channel=_text(_inner(body, "channel").get("id")) or _text(container.get("channel_id")) or "",
        user=_text(_inner(body, "user").get("id")) or "",
        surface=Surface.BUTTON,
        command=command,
        thread=_text(container.get("thread_ts")) or _text(message.get("thread_ts")),
        response_url=_text(body.get("response_url")),
        trigger=_text(body.get("trigger_id")),
    )
    value = action.get("value")
    return Pressed(
        asked,
        action=_text(action.get("action_id")) or "",
        ticket=Ticket.decode(value) if isinstance(value, str) else None,
        message=_text(container.get("message_ts")) or _text(message.get("ts")),
        ephemeral=ephemeral,
    )


def _tenant(body: Mapping[str, object]) -> str:
    enterprise = _text(_inner(body, "enterprise").get("id"))
    if body.get("is_enterprise_install") in (True, "true") and enterprise:
        return enterprise
    return _text(_inner(body, "team").get("id")) or _text(_inner(body, "user").get("team_id")) or ""


def _inner(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
