"""`watch`: post what new calls say on a topic, in this conversation, once a call."""

from bot.answers.answer import About
from bot.errors import QuestionError
from bot.query import understand
from bot.query.query import Query
from bot.query.topics import telling
from handlers import delivery
from handlers.asked import Asked, Surface
from handlers.blocks.escaping import escape
from handlers.blocks.rich import person, piece, rich, section
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.channel_team import keep_team
from handlers.desk import Desk
from handlers.message import Message
from handlers.reply import Reply

MOST = 20  # topics that a conversation may watch
LONGEST = 200  # characters of a topic: a button carries it beside the call
EVERYTHING = frozenset({"list", "help"})  # questions about what is loaded, which no single call answers


class TopicError(QuestionError):
    """A topic that can't be watched."""


async def run(asked: Asked, desk: Desk) -> Reply:
    """Watch a topic here; say so in the channel, with the name of who did. Raises QuestionError."""
    topic = asked.words
    if not topic:
        raise TopicError(f"Watch what? For example: {asked.command} watch tariffs by the CFO")
    query = await topic_of(asked, desk)
    held = {watch.key: watch for watch in await desk.store.watches(asked.tenant, asked.channel)}
    known = held.get(" ".join(topic.casefold().split()))
    if known is not None and known.live:
        return Reply(sentences(f"{topic} is watched here already. {asked.command} watches lists what is."))
    if known is None and len(held) >= MOST:
        raise TopicError(f"{MOST} topics are watched here already; {asked.command} unwatch one of them first.")
    await keep_team(desk, asked)
    now = await desk.store.database.now(desk.clock())
    if asked.surface is not Surface.DIRECT:
        # Posting the notice first shows at once whether the bot may post here at all.
        await delivery.post(desk, asked.tenant, asked.channel, _notice(asked))
    library = await desk.seen(asked.place)
    loaded = {call.id: call.fingerprint for call in library.calls.values()}
    await desk.store.go_live(asked.tenant, asked.channel, topic, asked.user, now=now, calls=loaded)
    lines = [f"Watching {topic}: a new call that speaks of it is quoted here, once, some minutes after it is loaded."]
    lines += await read_as(asked, desk)
    if query.party is not None or query.companies:
        lines.append(f"I look for: {query.understood}.")
    if known is not None:
        lines.append("The digest no longer repeats it.")
    lines.append(
        f"Calls already loaded are not news: for those, ask {asked.command} {topic}. {asked.command} watches lists "
        "every watch."
    )
    return Reply(sentences(*lines))


async def topic_of(asked: Asked, desk: Desk) -> Query:
    """Read a topic to be watched. Raises QuestionError for what reads as no question about a single call."""
    topic = asked.words
    if len(topic) > LONGEST:
        raise TopicError(f"That topic has {len(topic)} characters; watch one of up to {LONGEST}.")
    team = await desk.teams.team(desk, asked.place)
    query = understand(topic, (await desk.seen(asked.place)).directory, today=desk.today(), team=team)
    if query.intent in EVERYTHING or (query.party is None and not telling(query.topic)):
        raise TopicError(f"‹{topic}› names nothing to look for. For example: {asked.command} watch gross margin")
    if query.calls:
        raise TopicError("A watch looks at calls that are yet to come: leave the call out.")
    return query


async def read_as(asked: Asked, desk: Desk) -> list[str]:
    """Tell what of a topic is corrected, as an answer over the loaded calls does: `tarifs` is watched as tariffs."""
    team = await desk.teams.team(desk, asked.place)
    answer = await desk.answers.of(await desk.seen(asked.place), asked.words, 0, desk.today(), team)
    return [f"{note.text[:1].upper()}{note.text[1:]}." for note in answer.notes if note.about is About.READ_AS]


def _notice(asked: Asked) -> Message:
    line = (
        f" here: a new call that speaks of it is quoted in this conversation. {asked.command} unwatch {asked.words} "
        f"ends it, {asked.command} watches lists what is watched."
    )
    lead = rich(section(person(asked.user), piece(" watches "), piece(asked.words, code=True), piece(line)))
    return Message(text=escape(f"{asked.words} is watched here: new calls that speak of it are quoted."), blocks=[lead])


subcommand = Subcommand(
    "watch", "watch TOPIC", "watch superchargers", run, about="post here what new calls say on a topic"
)
