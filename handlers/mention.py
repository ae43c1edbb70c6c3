"""Questions in channels (@earshot …) and direct messages: answered in their thread, which remembers what was asked."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.answers.answer import Answer
from bot.query import follow_up
from handlers import delivery
from handlers.agent import growing, working
from handlers.answering import answered
from handlers.asked import Asked, Surface
from handlers.blocks.sentences import sentences
from handlers.blocks.view import PAGE, View
from handlers.call import greeted, named
from handlers.desk import Desk
from handlers.errors import message_for
from handlers.giving import Handover, take
from handlers.guests import CommandsError, GuestError, allowed, learn, speaks_from_outside
from handlers.handed import Handed, all_handed
from handlers.intake import in_direct, said_to_us, tenant_of
from handlers.message import Message
from handlers.place import Place
from handlers.typed import question as checked
from handlers.typed import words
from handlers.usual import Scoped, scoped

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

_log = logging.getLogger(__name__)

Event = Mapping[str, object]
CONVERSATION = "direct"  # the memory of a direct conversation outside any thread


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said to the bot: the request, and where its answer goes. `memory` keys the thread's last question.

    `answer_in` is the thread to answer in, None for a direct message outside threads. `ts` is the message's own
    timestamp, `team` its author's workspace. `files` came with it.
    """

    asked: Asked
    memory: str
    answer_in: str | None
    ts: str = ""
    team: str | None = None
    files: tuple[Handed, ...] = ()


def register(app: "AsyncApp", desk: Desk) -> None:
    """Answer mentions and direct messages. Both events of one message have one key at the intake, so one answer."""

    async def on_said(body: Mapping[str, object]) -> None:
        workspace = await desk.workspaces.of(team=tenant_of(body), enterprise=tenant_of(body))
        event = body.get("event")
        if workspace is None or not isinstance(event, Mapping):
            return
        said = said_of(event, workspace.tenant, bot=workspace.user, command=desk.settings.command)
        if said is None:
            return
        came_from = body.get("team_id")
        if isinstance(came_from, str):
            said = replace(said, asked=replace(said.asked, team=came_from))
        await learn(desk, workspace.tenant, said.asked.channel, body)
        if speaks_from_outside(body, workspace):
            said = replace(said, asked=replace(said.asked, outside=True))
            if said.files or not await allowed(desk, workspace.tenant, said.asked.channel):
                desk.errands.start(turn_away(said, desk), "turn a guest away")
                return
        if said.files:
            place = Place(workspace.tenant, said.asked.channel)
            given = Handover(place, said.asked.user, said.files, said.answer_in)
            desk.errands.start(take(desk, given), "take a given file")
        if said.asked.words or not said.files:
            desk.errands.start(respond(said, desk, agent=workspace.agent), "answer a mention")

    app.event("app_mention")(on_said)
    app.event("message")(on_said)


def said_of(event: Event, tenant: str, *, bot: str, command: str) -> Said | None:
    """Read an event; None for what no person said to the bot: bots' words, edits, joins, other channels' talk."""
    if not said_to_us(event) or event.get("bot_id") or event.get("edited") or event.get("hidden"):
        return None
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not (isinstance(user, str) and isinstance(channel, str) and isinstance(ts, str)) or user == bot:
        return None
    direct = in_direct(event)
    given = event.get("thread_ts")
    root = given if isinstance(given, str) else None
    answer_in = root or (None if direct else ts)
    asked = Asked(
        words=words(str(event.get("text") or ""), bot=bot),
        tenant=tenant,
        channel=channel,
        user=user,
        surface=Surface.DIRECT if direct else Surface.MENTION,
        command=command,
        thread=answer_in,
    )
    return Said(
        asked,
        memory=answer_in or CONVERSATION,
        answer_in=answer_in,
        ts=ts,
        team=team if isinstance(team := event.get("user_team") or event.get("team"), str) else None,
        files=all_handed(event.get("files")),
    )


async def turn_away(said: Said, desk: Desk) -> None:
    """Say in one line, to that person only, that guests of other organisations get no answer."""
    await delivery.whisper(desk, said.asked, message_for(GuestError()))


async def respond(said: Said, desk: Desk, *, agent: bool = False) -> None:
    """Answer where it was said; an error is an answer, too. `agent`: with the agent view's status and streams.

    Where Slack does not take the answer, the person alone is told why, if Slack takes at least that.
    """
    try:
        await _respond(said, desk, agent=agent)
    except (delivery.NotPostedError, delivery.UncertainError) as error:
        _log.warning("an answer could not be posted: %s", error.sentence)
        refused = isinstance(error, delivery.NotPostedError)
        first = ["I could not answer you where you asked."] if refused else []
        await delivery.confide(desk, said.asked, sentences(" ".join([*first, error.sentence])))


async def _respond(said: Said, desk: Desk, *, agent: bool) -> None:
    if not agent:
        await _posted(said, desk, await _message(said, desk))
        return
    async with working(desk, said.asked, said.answer_in or said.ts):
        if named(said.asked.words or "help") is not None:
            await _posted(said, desk, await _message(said, desk))
            return
        async with growing(desk, said.asked, said.team or said.asked.tenant) as stream:
            message = await _message(said, desk)
            if stream is None:
                await _posted(said, desk, message)
            else:
                await stream.end(message)


async def _message(said: Said, desk: Desk) -> Message:
    try:
        return await message_to(said, desk)
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        return message_for(error)


async def _posted(said: Said, desk: Desk, message: Message) -> None:
    await delivery.post(desk, said.asked.tenant, said.asked.channel, message, thread=said.answer_in)


async def message_to(said: Said, desk: Desk) -> Message:
    """Compose the answer to what was said, with the thread's last question in mind. Raises QuestionError."""
    asked = said.asked
    found = named(asked.words or "help")
    if found is not None:
        subcommand, rest = found
        if asked.outside and subcommand.name != "help":
            raise CommandsError
        return (await subcommand.run(replace(asked, words=rest), desk)).message
    return await remembered(said, desk)


def _over(answer: Answer) -> bool:
    """Whether there is nothing at an answer's offset any more: no hit, and no line of a list."""
    return not answer.hits and (bool(answer.total) or not answer.body)


async def remembered(said: Said, desk: Desk) -> Message:
    """Answer a question, or a follow-up ("and george?", "more") to the last one of this thread; and remember it."""
    asked = said.asked
    question, offset = checked(asked.words), 0
    limited = Scoped(question)
    before = await desk.store.thread(asked.tenant, asked.channel, said.memory)
    if before is not None:
        directory = (await desk.seen(asked.place)).directory
        team = await desk.teams.team(desk, asked.place)
        followed = follow_up(before.question, question, directory, today=desk.today(), team=team)
        question = followed.question
        offset = max(0, before.offset + (PAGE if followed.offset > 0 else -PAGE)) if followed.offset else 0
    else:
        limited = await scoped(desk, asked, question)
        question = limited.question
    view = View(offset=offset, command=asked.command, sharing=False, rich=True)
    found = await answered(desk, asked.place, question, view)
    if before is not None and offset > before.offset and _over(found.answer):
        on = "Ask a follow-up: a name, a topic, a quarter, or `previous` for the page before."
        return sentences("That's everything.", on)
    given = await limited.told(desk, asked.place, found, view)
    if given.answer.query.intent == "help":  # and what was asked before is what a follow-up follows
        return (await greeted(asked, desk, given.answer)).message
    if not asked.outside:  # of a guest nothing is kept
        desk.recent.note(desk, asked.tenant, asked.user, question)
    restated = given.answer.query.restated or question
    try:
        await desk.store.save_thread(asked.tenant, asked.channel, said.memory, restated, offset)
    except (SQLAlchemyError, OSError):  # the answer is there: a follow-up will not know it, and that is all
        _log.exception("a thread's question could not be kept")
    return given.message
