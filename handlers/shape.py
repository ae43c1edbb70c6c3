"""Whether a body has the shape of something Slack sends: what Bolt would stumble over is turned away before it."""

import re
from collections.abc import Mapping

# What no database and no answer can hold: NUL, and halves of characters that somebody's cut left alone.
UNFIT = re.compile("[\\x00\\ud800-\\udfff]")
ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(?::\d{1,5})?(?:/[!-~]{0,2000})?")
IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"


def fitted(node: object) -> object:
    """Return a parsed body that can be kept: NUL and halves of characters become U+FFFD, a view of nothing goes."""
    if isinstance(node, dict) and _fits_as_it_is(node):
        return node
    if isinstance(node, str):
        return UNFIT.sub(IN_ITS_PLACE, node)
    if isinstance(node, dict):
        # A view that is none is not there: Bolt looks into whatever is called so.
        return {fitted(key): fitted(value) for key, value in node.items() if not (key == "view" and value is None)}
    if isinstance(node, list):
        return [fitted(item) for item in node]
    return node


def _fits_as_it_is(node: dict[object, object]) -> bool:
    """Whether a body holds nothing but texts that can be kept, as that of a command does."""
    try:
        return UNFIT.search("".join([*node, *node.values()])) is None  # type: ignore[list-item]  # what is no text raises
    except TypeError:
        return False


def well_formed(body: object) -> bool:
    """Whether the fields that decide where a request goes are there, and of the right type."""
    if not isinstance(body, dict) or not body:
        return False
    kind = body.get("type")
    if not _is_address(body.get("response_url")) or not isinstance(body.get("event", {}), Mapping):
        return False
    if kind is None:
        return isinstance(body.get("command"), str) or "ssl_check" in body
    if not isinstance(kind, str):
        return False
    places, objects = ("team", "enterprise", "user", "channel"), ("view", "message", "container", "state")
    if not all(isinstance(body.get(name), str | dict | None) for name in places):
        return False
    fits = all(isinstance(body.get(name), dict | None) for name in objects)
    return (
        fits and all(_fits(body.get(name), wanted) for name, wanted in _NEEDED.get(kind, {}).items()) and _lists(body)
    )


def _is_address(value: object) -> bool:
    """Whether a response URL is one, or none is there: Bolt itself writes to it where nobody has installed the app."""
    return value is None or (isinstance(value, str) and ADDRESS.fullmatch(value) is not None)


def _fits(value: object, inner: tuple[str, ...]) -> bool:
    if not inner:
        return isinstance(value, str)
    return isinstance(value, Mapping) and all(isinstance(value.get(name), str) for name in inner)


def _lists(body: Mapping[str, object]) -> bool:
    """Whether lists hold objects: the actions of a click, and what an event is authorised by."""
    for name, needed in (("actions", "action_id"), ("authorizations", None)):
        value = body.get(name)
        if value is None:
            continue
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            return False
        if needed is not None and not all(isinstance(item.get(needed), str) for item in value):
            return False
    return body.get("type") != "block_actions" or bool(body.get("actions"))


# kind of request -> field -> the fields within it that must be text (none: the field itself must be)
_NEEDED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "url_verification": {"challenge": ()},
    "event_callback": {"event": ("type",)},
    "block_actions": {"user": ("id",)},
    "block_suggestion": {"action_id": (), "user": ("id",)},
    "view_submission": {"view": ("callback_id", "type"), "user": ("id",)},
    "view_closed": {"view": ("callback_id", "type"), "user": ("id",)},
    "shortcut": {"callback_id": (), "user": ("id",)},
    "message_action": {"callback_id": (), "user": ("id",)},
}
