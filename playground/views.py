"""Slack's rules for modals, Home tabs and the options of a type-ahead."""

from collections.abc import Mapping
from typing import Final

from playground.blocks import VIEW_BLOCKS, block
from playground.elements import GROUP, OPTION, TYPE, plain
from playground.refusal import Refusal
from playground.rules import (
    Rule,
    Walk,
    anything,
    boolean,
    by_type,
    every,
    shape,
    string,
)

_VIEW: Final[Mapping[str, Rule]] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_MODAL: Final = shape(
    {**TYPE, "title": plain(24), "blocks": anything},
    {
        **_VIEW,
        "close": plain(24),
        "submit": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME: Final = shape({**TYPE, "blocks": anything}, _VIEW)


def check_view(view: object, kind: str) -> None:
    """Refuse a view as Slack does (`invalid_arguments` with reasons). `kind` is modal or home."""
    walk = Walk(kind)
    by_type({"modal": _MODAL} if kind == "modal" else {"home": _HOME}, "view")(view, "/view", walk)
    if isinstance(view, dict):
        every(block, VIEW_BLOCKS, 0, "blocks")(view.get("blocks"), "/view/blocks", walk)
        blocks = view.get("blocks")
        inputs = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
        if kind == "modal" and inputs and view.get("submit") is None:
            walk.complain("missing required field: submit", "/view")
    if walk.complaints:
        raise Refusal("invalid_arguments", walk.complaints)


_OFFERED: Final = shape(
    {}, {"options": every(OPTION, 100, 0, "options"), "option_groups": every(GROUP, 100, 0, "option groups")}
)


def check_options(said: object) -> None:
    """Refuse what answers a select's type-ahead as Slack does (`invalid_arguments` with reasons)."""
    walk = Walk("options")
    _OFFERED(said, "", walk)
    if walk.complaints:
        raise Refusal("invalid_arguments", walk.complaints)
