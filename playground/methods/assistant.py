"""assistant.threads.*: what an agent shows around its answers."""

from playground.method import Method, Visit
from playground.payload import Payload
from playground.refusal import Refusal

PROMPTS = 4


async def _status(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel_id"))
    place = (channel.id, visit.args.text("thread_ts"))
    status = visit.args.text("status")
    if status:
        said = visit.args.data("loading_messages") or []
        visit.workspace.statuses[place] = {"status": status, "loading_messages": said}
    else:
        visit.workspace.statuses.pop(place, None)
    visit.workspace.tell("status", {"channel": channel.id, "thread": place[1], "status": status})
    return {}


async def _prompts(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel_id"))
    prompts = visit.args.listing("prompts")
    if not 0 < len(prompts) <= PROMPTS:
        raise Refusal("invalid_arguments", [f"no more than {PROMPTS} prompts allowed [json-pointer:/prompts]"])
    for place, prompt in enumerate(prompts):
        if set(prompt) != {"title", "message"}:
            raise Refusal("invalid_arguments", [f"must have title and message [json-pointer:/prompts/{place}]"])
    visit.workspace.prompts[channel.id] = {"title": visit.args.text("title"), "prompts": prompts}
    visit.workspace.tell("prompts", {"channel": channel.id})
    return {}


async def _title(visit: Visit) -> Payload:
    channel = visit.workspace.channel(visit.args.text("channel_id"))
    visit.workspace.titles[channel.id, visit.args.text("thread_ts")] = visit.args.text("title")
    return {}


WRITE = ("assistant:write", "chat:write")
methods = (
    Method(
        "assistant.threads.setStatus",
        "channel_id! thread_ts! status loading_messages icon_emoji icon_url username",
        _status,
        WRITE,
    ),
    Method("assistant.threads.setSuggestedPrompts", "channel_id! thread_ts title prompts!", _prompts, WRITE),
    Method("assistant.threads.setTitle", "channel_id! thread_ts! title!", _title, WRITE),
)
