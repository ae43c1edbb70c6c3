"""`watches`: what is watched in this conversation, by whom, and what became of it."""

import datetime as dt
from dataclasses import replace

from bot.digest.clockwork import NOTHING_NEW
from bot.digest.watched import key_and_call
from bot.errors import QuestionError
from bot.state.run import Run, State
from bot.state.watches import FOREVER, Watch
from handlers.asked import Asked
from handlers.blocks.rich import person, piece, rich, section
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.status import nothing
from handlers.call.watch import topic_of
from handlers.clock import moment_for
from handlers.desk import Desk
from handlers.message import Block
from handlers.reply import Reply

STATES = {
    State.DUE: "about to be posted",
    State.SENDING: "about to be posted",
    State.SCHEDULED: "posted within minutes",
    State.POSTED: "posted",
    State.SKIPPED: "not posted",
    State.DEAD: "not posted",
}
SHOWN = 3  # calls of a watch
RECENT = 200  # runs of a conversation that are looked at


async def run(asked: Asked, desk: Desk) -> Reply:
    """List the conversation's watches, live ones first, each with who set it up and its last calls."""
    watches = await desk.store.watches(asked.tenant, asked.channel)
    if not watches:
        return Reply(
            sentences(f"Nothing is watched here. {asked.command} watch superchargers quotes what new calls say on it.")
        )
    runs = await desk.store.found(asked.tenant, asked.channel, RECENT)
    now = await desk.store.database.now(desk.clock())
    first, *rest = sorted(watches, key=lambda watch: not watch.live)
    blocks: list[Block] = []
    digest = await desk.store.subscription(asked.tenant, asked.channel)
    for watch in (first, *rest):
        mine = [one for one in runs if key_and_call(one)[0] == watch.key and one.reason != NOTHING_NEW]
        blocks.append(await _block(watch, mine, now, asked, desk, digest=digest is not None))
    plural = "topic is" if len(watches) == 1 else "topics are"
    hint = f"To change one, add its topic: {asked.command} unwatch, mute or unmute."
    return Reply(sentences(f"{len(watches)} {plural} watched here.", hint, blocks=blocks))


async def _block(watch: Watch, runs: list[Run], now: dt.datetime, asked: Asked, desk: Desk, *, digest: bool) -> Block:
    how = "posted at once" if watch.live else f"quoted in the digest{'' if digest else ', which is off'}"
    pieces = [piece(watch.topic, bold=True), piece(f" · {how} · set up by ")]
    pieces += [person(watch.user) if watch.user else piece("somebody"), piece(f", {watch.added_at:%-d %B %Y}")]
    if watch.muted(now):
        pieces.append(piece(f" · {await _muted(watch, asked, desk)}", italic=True))
    try:
        await topic_of(replace(asked, words=watch.topic), desk)
    except QuestionError as error:
        pieces.append(piece(f"\nIt can't be read any more: {error.sentence}"))
    names = (await desk.seen(asked.place)).directory.call_names
    for one in runs[:SHOWN]:
        call = key_and_call(one)[1]
        reason = f" ({one.reason})" if one.reason and one.state in {State.SKIPPED, State.DEAD} else ""
        pieces.append(piece(f"\n• {names.get(call, call)}: {STATES.get(one.state, one.state)}{reason}"))
    if len(runs) > SHOWN:
        pieces.append(piece(f"\n• and {len(runs) - SHOWN} more calls"))
    return rich(section(*pieces))


async def _muted(watch: Watch, asked: Asked, desk: Desk) -> str:
    if watch.muted_until is None or watch.muted_until >= FOREVER:
        return "muted"
    return f"muted until {await moment_for(asked, desk, watch.muted_until)}"


subcommand = Subcommand(
    "watches",
    "watches",
    "watches",
    run,
    about="what is watched here, by whom, and what is muted",
    takes=nothing,
    shows=True,
)
