"""chat.*: posting, editing, deleting, scheduling."""

from playground.method import Method, Visit
from playground.payload import Payload
from playground.posting import compose, content, identified
from playground.refusal import Refusal
from playground.workspace import BOT_USER, Channel, Message

FAR = 120 * 86_400  # seconds ahead that a message may be scheduled (chat.scheduleMessage)
CROWD, WINDOW = 30, 300  # scheduled messages for one channel within that many seconds
MESSAGE = "channel! text blocks attachments thread_ts markdown_text as_user parse link_names"
LOOKS = "icon_emoji icon_url username"


def _joined(visit: Visit) -> Channel:
    """Return the channel of a call, which the bot must be in. Raises Refusal."""
    channel = visit.workspace.channel(visit.args.text("channel"))
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _thread(visit: Visit, channel: Channel) -> str | None:
    """Return the ts of the thread to post to; a reply's ts stands for its thread. Raises Refusal."""
    ts = visit.args.maybe("thread_ts")
    if ts is None:
        return None
    parent = channel.find(ts)
    if parent is None:
        raise Refusal("invalid_thread_ts" if not ts.replace(".", "").isdigit() else "thread_not_found")
    return parent.thread or ts


def _own(channel: Channel, ts: str, error: str) -> Message:
    """Return the bot's own message `ts`, an ephemeral one excepted. Raises Refusal."""
    message = channel.find(ts)
    if message is None or message.seen_by:
        raise Refusal("message_not_found")
    if message.user != BOT_USER:
        raise Refusal(error)
    return message


async def _post(visit: Visit) -> Payload:
    channel = _joined(visit)
    message = compose(visit.workspace, channel.id, visit.args, thread=_thread(visit, channel))
    visit.slack.post(message)
    answer: Payload = {"channel": channel.id, "ts": message.ts, "message": message.payload}
    if not visit.args.has("text") and not visit.args.has("markdown_text"):
        answer["warning"] = "missing_text_in_message"
        visit.slack.warnings.append("missing_text_in_message")
    return answer


async def _ephemeral(visit: Visit) -> Payload:
    channel = _joined(visit)
    user = visit.workspace.user(visit.args.text("user"))
    if user.id not in channel.members:
        raise Refusal("user_not_in_channel")
    message = compose(visit.workspace, channel.id, visit.args, thread=_thread(visit, channel))
    message.seen_by = user.id
    visit.slack.post(message)
    return {"message_ts": message.ts}


async def _update(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel"))
    message = _own(channel, visit.args.text("ts"), "cant_update_message")
    text, blocks, attachments = content(visit.args)
    message.text = text
    if visit.args.data("blocks") is not None or visit.args.has("markdown_text"):
        message.blocks = identified(blocks, visit.workspace.fresh_ts())
    elif text:
        message.blocks = []
    if visit.args.data("attachments") is not None:
        message.attachments = attachments
    message.edited = visit.workspace.fresh_ts()
    visit.slack.changed(message)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": message.payload}


async def _delete(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel"))
    message = _own(channel, visit.args.text("ts"), "cant_delete_message")
    visit.workspace.remove(message)
    return {"channel": channel.id, "ts": message.ts}


async def _permalink(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel"))
    message = channel.find(visit.args.text("message_ts"))
    if message is None or message.seen_by:
        raise Refusal("message_not_found")
    return {"channel": channel.id, "permalink": visit.slack.permalink(message)}


async def _schedule(visit: Visit) -> Payload:
    channel = _joined(visit)
    at, now = visit.args.whole("post_at", 0), visit.workspace.clock()
    if at <= now:
        raise Refusal("time_in_past")
    if at > now + FAR:
        raise Refusal("time_too_far")
    near = [
        one
        for one in visit.workspace.scheduled.values()
        if one["channel_id"] == channel.id and abs(one["post_at"] - at) < WINDOW
    ]
    if len(near) >= CROWD:
        raise Refusal("restricted_too_many")
    if visit.args.has("metadata"):
        # Slack takes it and then never posts (stated in its documentation): louder is better in a double.
        raise Refusal("metadata_never_posts", ["a scheduled message with metadata is never posted"])
    text, blocks, _ = content(visit.args)
    number = visit.workspace.fresh_id("Q")
    visit.workspace.scheduled[number] = {
        "id": number,
        "channel_id": channel.id,
        "post_at": at,
        "date_created": int(now),
        "text": text,
        "blocks": blocks,
        "thread_ts": visit.args.maybe("thread_ts"),
    }
    return {"channel": channel.id, "scheduled_message_id": number, "post_at": at, "message": {"text": text}}


async def _scheduled(visit: Visit) -> Payload:
    channel = visit.args.maybe("channel")
    found = [
        {name: value for name, value in one.items() if name not in ("blocks", "thread_ts")}
        for one in visit.workspace.scheduled.values()
        if channel in (None, one["channel_id"])
    ]
    return {"scheduled_messages": found, "response_metadata": {"next_cursor": ""}}


async def _unschedule(visit: Visit) -> Payload:
    if visit.workspace.scheduled.pop(visit.args.text("scheduled_message_id"), None) is None:
        raise Refusal("invalid_scheduled_message_id")
    return {}


async def _unfurl(visit: Visit) -> Payload:
    unfurls = visit.args.mapping("unfurls")
    if not unfurls and not visit.args.has("metadata"):
        raise Refusal("missing_unfurls")
    return {}


WRITE = ("chat:write",)
methods = (
    Method(
        "chat.postMessage",
        f"{MESSAGE} {LOOKS} reply_broadcast unfurl_links unfurl_media container_id mrkdwn metadata",
        _post,
        WRITE,
    ),
    Method("chat.postEphemeral", f"{MESSAGE} {LOOKS} user!", _ephemeral, WRITE),
    Method(
        "chat.update",
        "channel! ts! text blocks attachments as_user file_ids link_names parse reply_broadcast metadata markdown_text",
        _update,
        WRITE,
    ),
    Method("chat.delete", "channel! ts! as_user", _delete, WRITE),
    Method("chat.getPermalink", "channel! message_ts!", _permalink),
    Method(
        "chat.scheduleMessage",
        f"{MESSAGE} post_at! reply_broadcast unfurl_links unfurl_media metadata",
        _schedule,
        WRITE,
    ),
    Method("chat.scheduledMessages.list", "channel cursor latest limit oldest team_id", _scheduled),
    Method("chat.deleteScheduledMessage", "channel! scheduled_message_id! as_user", _unschedule, WRITE),
    Method(
        "chat.unfurl",
        "channel ts source unfurl_id unfurls metadata user_auth_blocks user_auth_message user_auth_required "
        "user_auth_url",
        _unfurl,
        ("links:write",),
    ),
)
