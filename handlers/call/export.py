"""`export`: an answer's quotes as CSV and Markdown files, in the direct messages of whoever asked."""

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.ask import ask
from bot.errors import QuestionError
from handlers import delivery
from handlers.asked import Asked
from handlers.blocks.escaping import escape
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.delivery import NotPostedError, UncertainError
from handlers.desk import Desk
from handlers.reply import Reply
from handlers.sheet import csv_of, markdown_of
from handlers.typed import question as checked
from handlers.usual import scoped

MOST = 500  # quotes in a file

TOLD = (
    "Files need the permission files:write, which this workspace has not given: whoever installed Earshot can install "
    "it again and allow it."
)


class NoFilesError(QuestionError):
    """Nothing to put in a file, or no permission for files."""


async def run(asked: Asked, desk: Desk) -> Reply:
    """Ask, and send what was found as two files. Raises QuestionError where there is nothing to send."""
    if not asked.words:
        raise NoFilesError(f"Export what? For example: {asked.command} export quote margin")
    team = await desk.teams.team(desk, asked.place)
    limited = await scoped(desk, asked, checked(asked.words))  # what the channel would be shown, and no more
    library = await desk.seen(asked.place)
    answer = await ask(library, limited.question, today=desk.today(), limit=MOST, team=team)
    if not answer.hits:
        raise NoFilesError(f"Nothing to export: {answer.headline}. Try it without “export” first.")
    files = {"earshot.csv": csv_of(answer), "earshot.md": markdown_of(answer)}
    held = [await _upload(desk, asked.tenant, name, text) for name, text in files.items()]
    words = f"{len(answer.hits)} of {answer.total} quotes: {asked.words}"
    client = await delivery.client_for(desk, asked.tenant)
    # A message to a person opens the direct conversation, and tells its id: no further scope is needed for that.
    try:
        sent = await client.chat_postMessage(
            channel=asked.user, text=escape(words), unfurl_links=False, unfurl_media=False
        )
        await client.files_completeUploadExternal(
            files=held, channel_id=str(sent["channel"]), thread_ts=str(sent["ts"])
        )
    except SlackApiError as error:
        raise NotPostedError(str(error.response.get("error", "unknown"))) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise UncertainError from error
    told = [f"{words}. Both files are in your direct messages with Earshot."]
    return Reply(sentences(*told, *([limited.notice] if limited.notice else [])))


async def _upload(desk: Desk, tenant: str, name: str, text: str) -> dict[str, str | None]:
    """Upload a file's bytes; nobody sees them before they are shared. Return what shares them."""
    client = await delivery.client_for(desk, tenant)
    data = text.encode()
    try:
        place = await client.files_getUploadURLExternal(filename=name, length=len(data))
        async with desk.speaking.session.post(str(place["upload_url"]), data=data) as response:
            response.raise_for_status()
    except SlackApiError as error:
        reason = str(error.response.get("error", "unknown"))
        raise (NoFilesError(TOLD) if reason == "missing_scope" else NotPostedError(reason)) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotPostedError("the file did not arrive") from error
    return {"id": str(place["file_id"]), "title": name}


subcommand = Subcommand(
    "export",
    "export QUESTION",
    "export quote margin",
    run,
    about="an answer's quotes as CSV and Markdown, in your direct messages",
)
