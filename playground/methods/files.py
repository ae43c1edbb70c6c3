"""files.*: handing a file over and fetching one."""

from playground.method import Method, Visit
from playground.payload import Payload
from playground.refusal import Refusal
from playground.workspace import BOT, BOT_USER, File, Message

LARGEST = 1_000_000_000  # bytes


async def _ask(visit: Visit) -> Payload:
    length = visit.args.whole("length", 0)
    if not 0 < length <= LARGEST:
        raise Refusal("invalid_arguments", ["must be a length of 1 to 1000000000 [json-pointer:/length]"])
    name = visit.args.text("filename")
    file = File(visit.workspace.fresh_id("F"), name, name, BOT_USER, b"", int(visit.workspace.clock()))
    visit.workspace.files[file.id] = file
    visit.slack.uploads[file.id] = length
    return {"upload_url": f"{visit.slack.root}upload/v1/{file.id}", "file_id": file.id}


async def _complete(visit: Visit) -> Payload:
    wanted = visit.args.listing("files")
    if not wanted:
        raise Refusal("invalid_arguments", ["must provide at least 1 items [json-pointer:/files]"])
    places = visit.args.names("channels") or visit.args.names("channel_id")
    files = []
    for one in wanted:
        file = visit.workspace.files.get(str(one.get("id")))
        if file is None or file.id in visit.slack.uploads:  # still waiting for its bytes
            raise Refusal("file_not_found")
        file.title = str(one.get("title") or file.name)
        files.append(file)
    for place in places:
        channel = visit.workspace.channel(place)
        if BOT_USER not in channel.members:
            raise Refusal("not_in_channel")
        for file in files:
            file.channels.append(channel.id)
        visit.slack.post(
            Message(
                visit.workspace.fresh_ts(),
                channel.id,
                BOT_USER,
                visit.args.text("initial_comment"),
                bot=BOT,
                thread=visit.args.maybe("thread_ts"),
                files=[file.id for file in files],
            )
        )
    return {"files": [file.payload(visit.slack.root) for file in files]}


def _file(visit: Visit) -> File:
    file = visit.workspace.files.get(visit.args.text("file"))
    if file is None:
        raise Refusal("file_not_found")
    return file


async def _info(visit: Visit) -> Payload:
    return {"file": _file(visit).payload(visit.slack.root), "comments": []}


async def _delete(visit: Visit) -> Payload:
    file = _file(visit)
    if file.user != BOT_USER:
        raise Refusal("cant_delete_file")
    del visit.workspace.files[file.id]
    return {}


methods = (
    Method("files.getUploadURLExternal", "filename! length! alt_txt snippet_type", _ask, ("files:write",)),
    Method(
        "files.completeUploadExternal",
        "files! channel_id channels initial_comment thread_ts blocks",
        _complete,
        ("files:write",),
    ),
    Method("files.info", "file! count cursor limit page", _info, ("files:read",)),
    Method("files.delete", "file!", _delete, ("files:write",)),
)
