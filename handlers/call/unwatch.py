"""`unwatch`: watch a topic here no longer."""

from bot.digest.watched import key_and_call
from bot.state.watches import folded
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.desk import Desk
from handlers.message import Message
from handlers.reply import Reply
from handlers.taking_back import take_back


async def run(asked: Asked, desk: Desk) -> Reply:
    """End a watch, and take back what Slack has of it already."""
    topic = asked.words
    if not await desk.store.remove_watch(asked.tenant, asked.channel, topic):
        return Reply(await not_watched(asked, desk, topic))
    left = await take_back_of(asked, desk, topic)
    return Reply(sentences(f"{topic} is no longer watched here.", *left))


async def not_watched(asked: Asked, desk: Desk, topic: str) -> Message:
    """Say that a topic isn't watched here, and which are."""
    held = ", ".join(watch.topic for watch in await desk.store.watches(asked.tenant, asked.channel))
    first = f"{topic} isn't watched here" if topic else "Which topic? Name one that is watched here"
    return sentences(f"{first}; these are: {held}" if held else f"{first}; nothing is.")


async def take_back_of(asked: Asked, desk: Desk, topic: str | None) -> list[str]:
    """Take back what Slack has of a watch (of all, where no topic is given). Return what is left to say of it."""
    runs = await desk.store.afoot(asked.tenant, asked.channel)
    mine = [one for one in runs if one.subject and (topic is None or key_and_call(one)[0] == folded(topic))]
    return await take_back(desk, mine)


subcommand = Subcommand("unwatch", "unwatch TOPIC", "unwatch superchargers", run, about="stop watching a topic")
