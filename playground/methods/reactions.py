"""reactions.*: emoji under a message."""

from playground.method import Method, Visit
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import BOT_USER, Message


def _message(visit: Visit) -> Message:
    """Return the message of a call. Raises Refusal."""
    message = visit.workspace.channel(visit.args.text("channel")).find(visit.args.text("timestamp"))
    if message is None or message.seen_by:
        raise Refusal("message_not_found")
    return message


async def _add(visit: Visit) -> Payload:
    message, name = _message(visit), visit.args.text("name")
    if not name or ":" in name or " " in name:
        raise Refusal("invalid_name")
    users = message.reactions.setdefault(name, [])
    if BOT_USER in users:
        raise Refusal("already_reacted")
    users.append(BOT_USER)
    visit.slack.changed(message)
    return {}


async def _remove(visit: Visit) -> Payload:
    message, name = _message(visit), visit.args.text("name")
    if BOT_USER not in message.reactions.get(name, []):
        raise Refusal("no_reaction")
    message.reactions[name].remove(BOT_USER)
    if not message.reactions[name]:
        del message.reactions[name]
    visit.slack.changed(message)
    return {}


async def _get(visit: Visit) -> Payload:
    message = _message(visit)
    return {"type": "message", "channel": message.channel, "message": message.payload}


methods = (
    Method("reactions.add", "channel! name! timestamp!", _add, ("reactions:write",)),
    Method("reactions.remove", "name! channel file file_comment timestamp", _remove, ("reactions:write",)),
    Method("reactions.get", "channel timestamp full file file_comment", _get, ("reactions:read",)),
)
