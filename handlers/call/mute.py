"""`mute`: silence a watch of this conversation, or all of them, for a while or until they are unmuted."""

from bot.digest.silence import silence
from bot.state.watches import FOREVER
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.unwatch import not_watched, take_back_of
from handlers.clock import moment_for
from handlers.desk import Desk
from handlers.reply import Reply


async def run(asked: Asked, desk: Desk) -> Reply:
    """Mute, and take back what Slack has already. Calls that come meanwhile are not posted later either."""
    wished = silence(asked.words)
    now = await desk.store.database.now(desk.clock())
    until = FOREVER if wished.span is None else now + wished.span
    muted = await desk.store.mute(asked.tenant, asked.channel, wished.topic or None, until)
    if not muted:
        return Reply(await not_watched(asked, desk, wished.topic))
    left = await take_back_of(asked, desk, wished.topic or None)
    muted_until = "until unmuted" if until >= FOREVER else f"until {await moment_for(asked, desk, until)}"
    return Reply(
        sentences(
            f"Muted {muted_until}: {', '.join(muted)}. Calls that come meanwhile are not posted later either.",
            f"{asked.command} unmute{f' {wished.topic}' if wished.topic else ''} ends that.",
            *left,
        )
    )


subcommand = Subcommand(
    "mute", "mute [TOPIC] [for 2 days]", "mute superchargers for 2 days", run, about="silence what is watched here"
)
