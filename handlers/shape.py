"""Whether a body has the shape of something Slack sends: what Bolt would stumble over is turned away before it."""

from collections.abc import Mapping


def well_formed(body: object) -> bool:
    """Whether the fields that decide where a request goes are there, and of the right type."""
    if not isinstance(body, dict) or not body:
        return False
    kind = body.get("type")
    if kind is None:
        return isinstance(body.get("command"), str) or "ssl_check" in body
    if not isinstance(kind, str):
        return False
    if not all(isinstance(body.get(name), str | dict | None) for name in ("team", "enterprise", "user", "channel")):
        return False
    return all(_fits(body.get(name), wanted) for name, wanted in _NEEDED.get(kind, {}).items()) and _lists(body)


def _fits(value: object, inner: str | None) -> bool:
    if inner is None:
        return isinstance(value, str)
    return isinstance(value, Mapping) and isinstance(value.get(inner), str)


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


# kind of request -> field -> the field within it that must be text (None: the field itself must be)
_NEEDED: Mapping[str, Mapping[str, str | None]] = {
    "url_verification": {"challenge": None},
    "event_callback": {"event": "type"},
    "block_actions": {"user": "id"},
    "block_suggestion": {"action_id": None, "user": "id"},
    "view_submission": {"view": "callback_id", "user": "id"},
    "view_closed": {"view": "callback_id", "user": "id"},
    "shortcut": {"callback_id": None, "user": "id"},
    "message_action": {"callback_id": None, "user": "id"},
}
