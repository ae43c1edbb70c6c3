"""conversations.*: channels and what was said in them."""

from playground.method import Method, Visit
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import BOT_USER, Channel, Message

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


def _visible(visit: Visit) -> Channel:
    """Return the channel of a call; a private one the bot is not in is not there. Raises Refusal."""
    channel = visit.workspace.channel(visit.args.text("channel"))
    if channel.is_private and BOT_USER not in channel.members:
        raise Refusal("channel_not_found")
    return channel


def page(visit: Visit, items: list[Payload], most: int) -> tuple[list[Payload], str]:
    """Return the page of `items` that a call asks for, and the cursor of the next ("": none)."""
    limit = min(visit.args.whole("limit", most) or most, 1000)
    start = visit.args.whole("cursor", 0)
    following = str(start + limit) if start + limit < len(items) else ""
    return items[start : start + limit], following


def _may_read(visit: Visit, channel: Channel) -> None:
    """Refuse reading a channel's messages without the scope for its kind, or from outside."""
    scope = {"im": "im:history", "group": "groups:history", "channel": "channels:history"}[channel.kind]
    if visit.slack.scopes is not None and scope not in visit.slack.scopes:
        raise Refusal("missing_scope", [f"needed: {scope}"])
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")


def _within(visit: Visit, messages: list[Message]) -> list[Message]:
    """Return those messages that lie between `oldest` and `latest`."""
    oldest, latest = visit.args.text("oldest", "0"), visit.args.text("latest")
    both = visit.args.flag("inclusive")
    return [
        m
        for m in messages
        if (float(m.ts) > float(oldest or 0) or (both and m.ts == oldest))
        and (not latest or float(m.ts) < float(latest) or (both and m.ts == latest))
    ]


async def _info(visit: Visit) -> Payload:
    return {"channel": _visible(visit).payload}


async def _members(visit: Visit) -> Payload:
    members = [{"id": member} for member in _visible(visit).members]
    found, following = page(visit, members, 100)
    return {"members": [one["id"] for one in found], "response_metadata": {"next_cursor": following}}


def _kinds(visit: Visit) -> set[str]:
    names = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    return {names[kind] for kind in visit.args.names("types") or ["public_channel"] if kind in names}


async def _list(visit: Visit) -> Payload:
    kinds = _kinds(visit)
    seen = [
        channel.payload
        for channel in visit.workspace.channels.values()
        if channel.kind in kinds and (not channel.is_private or BOT_USER in channel.members)
    ]
    found, following = page(visit, seen, 100)
    return {"channels": found, "response_metadata": {"next_cursor": following}}


async def _of_user(visit: Visit) -> Payload:
    asked = visit.args.names("types") or ["public_channel"]
    needed = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}
    for scope in (needed[kind] for kind in asked if kind in needed):  # one for each kind that is asked for
        if visit.slack.scopes is not None and scope not in visit.slack.scopes:
            raise Refusal("missing_scope", [f"needed: {scope}"])
    user, kinds = visit.args.text("user", BOT_USER) or BOT_USER, _kinds(visit)
    visit.workspace.user(user)
    shared = [
        channel.payload
        for channel in visit.workspace.channels.values()
        if user in channel.members and channel.kind in kinds and (not channel.is_private or BOT_USER in channel.members)
    ]
    found, following = page(visit, shared, 100)
    return {"channels": found, "response_metadata": {"next_cursor": following}}


async def _history(visit: Visit) -> Payload:
    channel = _visible(visit)
    _may_read(visit, channel)
    told = [m for m in channel.messages if not m.seen_by and (m.thread in (None, m.ts) or m.broadcast)]
    shown = [channel.shown(message) for message in reversed(_within(visit, told))]
    found, following = page(visit, shown, 100)
    return {"messages": found, "has_more": bool(following), "response_metadata": {"next_cursor": following}}


async def _replies(visit: Visit) -> Payload:
    channel = _visible(visit)
    _may_read(visit, channel)
    ts = visit.args.text("ts")
    thread = [message for message in channel.thread(ts) if not message.seen_by]
    if not thread:
        raise Refusal("thread_not_found")
    shown = [channel.shown(message) for message in thread[:1] + _within(visit, thread[1:])]
    found, following = page(visit, shown, 1000)
    return {"messages": found, "has_more": bool(following), "response_metadata": {"next_cursor": following}}


async def _open(visit: Visit) -> Payload:
    users = visit.args.names("users")
    if visit.args.has("channel"):
        channel = visit.workspace.channel(visit.args.text("channel"))
    elif len(users) == 1:
        channel = visit.workspace.direct(users[0])
    else:
        raise Refusal("users_list_not_supplied" if not users else "not_supported_by_the_playground")
    whole = visit.args.flag("return_im")
    return {"channel": channel.payload if whole else {"id": channel.id}}


async def _join(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel"))
    if channel.is_private:
        raise Refusal("method_not_supported_for_channel_type")
    if BOT_USER not in channel.members:
        channel.members.append(BOT_USER)
    return {"channel": channel.payload}


async def _leave(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel"))
    channel.members[:] = [member for member in channel.members if member != BOT_USER]
    return {}


methods = (
    Method("conversations.info", "channel! include_locale include_num_members", _info, READ),
    Method("conversations.members", "channel! cursor limit", _members, READ),
    Method("conversations.list", "cursor exclude_archived limit team_id types", _list, READ),
    Method("users.conversations", "cursor exclude_archived limit team_id types user", _of_user, READ),
    Method(
        "conversations.history",
        "channel! cursor inclusive include_all_metadata latest limit oldest",
        _history,
        HISTORY,
    ),
    Method(
        "conversations.replies",
        "channel! ts! cursor inclusive include_all_metadata latest limit oldest",
        _replies,
        HISTORY,
    ),
    Method("conversations.open", "channel return_im users prevent_creation", _open, ("im:write", "channels:manage")),
    Method("conversations.join", "channel!", _join, ("channels:join",)),
    Method("conversations.leave", "channel!", _leave, ("channels:manage", "groups:write", "im:write")),
)
