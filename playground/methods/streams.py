"""chat.startStream, appendStream and stopStream: an answer that grows before one's eyes."""

from playground.arguments import Arguments
from playground.blocks import check
from playground.method import Method, Visit
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import BOT, BOT_USER, Message

LONGEST = 12_000  # characters of one append
KINDS = ("markdown_text", "task_update", "plan_update", "blocks")


def _chunks(args: Arguments) -> tuple[str, list[Payload]]:
    """Return the text and blocks a streaming call brings, checked. Raises Refusal."""
    text, blocks = args.text("markdown_text"), []
    for place, chunk in enumerate(args.listing("chunks")):
        kind = chunk.get("type")
        if kind not in KINDS:
            raise Refusal("invalid_chunks", [f"unsupported chunk type: {kind} [json-pointer:/chunks/{place}]"])
        if kind == "markdown_text":
            text += str(chunk.get("text", ""))
        elif kind == "blocks":
            blocks += chunk.get("blocks", [])
        elif kind == "task_update":
            blocks.append(_task(chunk))
    if len(text) > LONGEST:
        raise Refusal("msg_too_long")
    check(blocks)
    return text, blocks


def _task(chunk: Payload) -> Payload:
    """Return the task card that a task_update chunk draws."""
    return {
        "type": "task_card",
        "task_id": chunk.get("id"),
        "title": chunk.get("title"),
        "status": chunk.get("status"),
    }


def _grow(message: Message, text: str, blocks: list[Payload]) -> None:
    """Add what came to the streaming message: text to its markdown, tasks in place of those with the same id."""
    message.text += text
    kept = [block for block in message.blocks if block["type"] != "markdown"]
    for block in blocks:
        kept = [old for old in kept if "task_id" not in block or old.get("task_id") != block["task_id"]] + [block]
    said = [{"type": "markdown", "text": message.text}] if message.text else []
    message.blocks = kept + said


def _streaming(visit: Visit) -> Message:
    """Return the message that a call streams to. Raises Refusal."""
    message = visit.workspace.channel(visit.args.text("channel")).find(visit.args.text("ts"))
    if message is None:
        raise Refusal("message_not_found")
    if not message.streaming:
        raise Refusal("message_not_in_streaming_state")
    return message


async def _start(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel"))
    if BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    if channel.find(visit.args.text("thread_ts")) is None:
        raise Refusal("invalid_thread_ts")
    if not channel.is_im:
        for needed in ("recipient_user_id", "recipient_team_id"):
            if not visit.args.has(needed):
                raise Refusal(f"missing_{needed}")
    text, blocks = _chunks(visit.args)
    ts = visit.workspace.fresh_ts()
    message = Message(ts, channel.id, BOT_USER, bot=BOT, thread=visit.args.text("thread_ts"), streaming=True)
    _grow(message, text, blocks)
    visit.slack.post(message)
    return {"channel": channel.id, "ts": ts}


async def _append(visit: Visit) -> Payload:
    message = _streaming(visit)
    _grow(message, *_chunks(visit.args))
    visit.slack.changed(message)
    return {"channel": message.channel, "ts": message.ts}


async def _stop(visit: Visit) -> Payload:
    message = _streaming(visit)
    text, blocks = _chunks(visit.args)
    closing = visit.args.listing("blocks")
    check(closing)
    _grow(message, text, blocks)
    message.blocks += closing
    message.metadata = visit.args.mapping("metadata")
    message.streaming = False
    visit.slack.quiet(message)
    visit.slack.changed(message)
    return {"channel": message.channel, "ts": message.ts, "message": message.payload}


WRITE = ("chat:write",)
methods = (
    Method(
        "chat.startStream",
        "channel! thread_ts! markdown_text recipient_team_id recipient_user_id chunks task_display_mode icon_emoji "
        "icon_url username is_stoppable",
        _start,
        WRITE,
    ),
    Method("chat.appendStream", "channel! ts! markdown_text chunks", _append, WRITE),
    Method("chat.stopStream", "channel! ts! markdown_text blocks metadata chunks session_status", _stop, WRITE),
)
