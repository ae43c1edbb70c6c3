"""`unmute`: let a muted watch of this conversation speak again, or all of them."""

from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.unwatch import not_watched
from handlers.desk import Desk
from handlers.reply import Reply


async def run(asked: Asked, desk: Desk) -> Reply:
    """Unmute: from the next new call on."""
    spoken = await desk.store.mute(asked.tenant, asked.channel, asked.words or None, None)
    if not spoken:
        return Reply(await not_watched(asked, desk, asked.words))
    return Reply(sentences(f"From the next new call on, these are posted here: {', '.join(spoken)}."))


subcommand = Subcommand("unmute", "unmute [TOPIC]", "unmute superchargers", run, about="unmute a watch")
