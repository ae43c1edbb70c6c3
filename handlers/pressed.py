"""A pressed button, out of Slack's payload."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.asked import Asked, Surface
from handlers.blocks.watch import LEAD
from handlers.message import Block
from handlers.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Pressed:
    """Who pressed which button where.

    `asked.thread` is the thread of the message; `ephemeral` tells that only this person sees the message. `ticket` is
    None for a button of another release. `home` tells that it was pressed on the app's Home.
    """

    asked: Asked
    action: str
    ticket: Ticket | None
    message: str | None  # the message's timestamp
    ephemeral: bool
    home: bool = False

    @property
    def own(self) -> bool:
        """Whether only this person sees what the button stands on."""
        return self.ephemeral or self.asked.modal is not None or self.home

    @property
    def rich(self) -> bool:
        """Whether newer blocks may stand there: on messages, which are edited where Slack tells of a refusal."""
        return self.asked.modal is None and not self.home


def pressed_of(body: Mapping[str, object], command: str) -> Pressed:
    """Read a block_actions payload."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], Mapping) else {}
    container = _inner(body, "container")
    message = _inner(body, "message")
    view = _inner(body, "view")
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
        modal=_text(view.get("id")) if view.get("type") == "modal" else None,
        opened_in=_text(view.get("private_metadata")) or "",
        outside=acts_from_outside(body),
        lead=_lead(message.get("blocks")),
    )
    value = action.get("value")
    return Pressed(
        asked,
        action=_text(action.get("action_id")) or "",
        ticket=Ticket.decode(value) if isinstance(value, str) else None,
        message=_text(container.get("message_ts")) or _text(message.get("ts")),
        ephemeral=ephemeral,
        home=view.get("type") == "home",
    )


def installed_in(body: Mapping[str, object]) -> str | None:
    """Return the team whose installation an interaction belongs to, None where the payload does not tell.

    In a channel that two companies share, `user.team_id` is that of the person who acts, and `team` may be; what Slack
    says of the view, or of our own message that the button stands on, is the installation's. `user` is never asked.
    """
    view = _text(_inner(body, "view").get("app_installed_team_id"))
    ours = _inner(body, "message") if body.get("type") == "block_actions" else {}
    return view or _text(ours.get("team")) or _text(_inner(body, "team").get("id"))


def acts_from_outside(body: Mapping[str, object]) -> bool:
    """Whether another organisation's person acts, in a channel that both share.

    The person's team is not that of the installation. Of an organisation's many workspaces, each is its own that Slack
    names with the organisation.
    """
    team = _text(_inner(body, "user").get("team_id"))
    if team is None:
        return False
    if body.get("is_enterprise_install") in (True, "true"):
        named = _inner(body, "team")
        return named.get("id") != team or named.get("enterprise_id") != _inner(body, "enterprise").get("id")
    return team != installed_in(body)


def _lead(blocks: object) -> Block | None:
    """Return the block of our own message that tells who watches, where it has one."""
    first = blocks[0] if isinstance(blocks, list) and blocks else None
    return first if isinstance(first, dict) and first.get("block_id") == LEAD else None


def _tenant(body: Mapping[str, object]) -> str:
    enterprise = _text(_inner(body, "enterprise").get("id"))
    if body.get("is_enterprise_install") in (True, "true") and enterprise:
        return enterprise
    return installed_in(body) or ""


def _inner(body: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
