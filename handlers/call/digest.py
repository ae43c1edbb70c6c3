"""`digest`: set up the channel's daily digest, look at it, pause it, end it."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.digest.schedule import Schedule, between
from bot.digest.spoken import ZoneError, wish
from bot.errors import QuestionError
from bot.query import understand
from bot.state.run import Run, State
from bot.state.subscriptions import Subscription
from bot.state.watches import folded
from handlers import delivery
from handlers.asked import Asked
from handlers.blocks.digest import render
from handlers.blocks.escaping import escape
from handlers.blocks.rich import person, piece, plain, rich, section
from handlers.blocks.sentences import sentences
from handlers.call._subcommand import Subcommand
from handlers.call.use import OFF, several
from handlers.call.watch import read_as
from handlers.channel_team import keep_team
from handlers.clock import zone_of
from handlers.daily import COMPANIES, companies_of, compose_for, compose_of, pass_over
from handlers.desk import Desk
from handlers.guests import SharedChannelError, is_shared
from handlers.message import Message
from handlers.reply import Reply
from handlers.taking_back import IN_TROUBLE, take_back

SHOWN = 5  # last digests that `status` tells of
MOST = 20  # topics that a channel may watch
AS_IT_WAS = "Slack does not answer properly right now: a digest that it has to post already still comes as it was."
LOOK_AHEAD = dt.timedelta(days=30)
STATES = {
    State.DUE: "about to be sent",
    State.SENDING: "being sent",
    State.SCHEDULED: "on its way",
    State.POSTED: "posted",
    State.QUIET: "nothing new",
    State.SKIPPED: "skipped",
    State.DEAD: "stopped",
}


class TopicError(QuestionError):
    """A topic that can't be watched."""


async def run(asked: Asked, desk: Desk) -> Reply:
    """Do one of the named things, or read a schedule. Raises QuestionError with the word that wasn't understood."""
    await keep_team(desk, asked)
    word = asked.words.strip().casefold()
    if word in VERBS:
        return await VERBS[word](asked, desk)
    verb, _, topic = asked.words.strip().partition(" ")
    if verb.casefold() in TOPICS and topic.strip():  # "watch guidance for the year" has a "for" of its own
        return await TOPICS[verb.casefold()](asked, desk, topic.strip())
    before, sign, companies = f" {asked.words} ".rpartition(" for ")
    if sign and companies.strip():
        return await _narrow(replace(asked, words=before.strip()), desk, companies.strip())
    return await _set_up(asked, desk)


async def _set_up(asked: Asked, desk: Desk, limit: Callable[[], Awaitable[None]] | None = None) -> Reply:
    """Set up or change the channel's digest, and say so in the channel, with the name of who did.

    `limit` limits it to companies. Where the bot may not post in the channel, everything stays as it was.
    """
    if await is_shared(desk, asked.tenant, asked.channel):
        raise SharedChannelError("Another organisation shares this channel: it gets no digest. Set one up elsewhere.")
    wished = wish(asked.words)
    zone = wished.zone or await _zone_of(asked, desk)
    schedule = Schedule(wished.hour, wished.minute, wished.days, zone)
    now = desk.clock()
    before = await desk.store.subscription(asked.tenant, asked.channel)
    loaded = {call.id: call.fingerprint for call in (await desk.seen(asked.place)).calls.values()}
    await desk.store.subscribe(asked.tenant, asked.channel, schedule, user=asked.user, now=now, calls=loaded)
    untold = await _announce(asked, desk, schedule, before)
    if limit is not None:
        await limit()
    if wished.zone is not None:
        await desk.store.save_zone(asked.tenant, asked.user, zone)
    left = await _take_back(asked, desk)
    coming = await _next(asked, desk, schedule, now)
    only = await companies_of(desk, asked.place)
    return Reply(
        sentences(
            f"This channel gets a digest {schedule.said}. The next: {coming}.",
            *untold,
            *left,
            *_only(asked, only),
            "It covers calls loaded from now on; on a day without news nothing is posted. "
            f"{asked.command} digest preview shows what it would say now.",
        )
    )


async def _announce(asked: Asked, desk: Desk, schedule: Schedule, before: Subscription | None) -> list[str]:
    """Tell the channel of its digest, which shows whether the bot may post there at all. Return what is left to say.

    Where Slack refuses, the digest is as it was `before`, and NotPostedError is raised.
    """
    try:
        await delivery.post(desk, asked.tenant, asked.channel, _notice(asked, schedule))
    except delivery.UncertainError:
        return ["Slack gave no clear answer to my notice for the channel: it may not know of the digest yet."]
    except delivery.NotPostedError:
        if before is None:
            await desk.store.unsubscribe(asked.tenant, asked.channel)
        else:
            await desk.store.put_back(before)
        raise
    return []


async def _narrow(asked: Asked, desk: Desk, companies: str) -> Reply:
    """Limit the channel's digest to companies, and set it up too where a schedule stands before them."""
    directory = (await desk.seen(asked.place)).directory
    chosen = () if companies.casefold() in OFF else several(directory, companies)
    keys = "\n".join(company.key for company in chosen) or None

    async def limit() -> None:
        await pass_over(desk, asked.place)
        await desk.store.save_setting(asked.tenant, asked.channel, COMPANIES, keys)

    if asked.words:
        return await _set_up(asked, desk, limit)
    await limit()
    left = await _take_back(asked, desk, AS_IT_WAS)
    names = ", ".join(company.name for company in chosen)
    first = f"The digest now covers only {names}" if chosen else "The digest covers every company."
    more = [] if await desk.store.subscription(asked.tenant, asked.channel) else [_none_sentence(asked)]
    return Reply(sentences(first, *left, *more))


async def _status(asked: Asked, desk: Desk) -> Reply:
    """Tell what is set up, by whom, what comes next, and what became of the last ones."""
    found = await desk.store.subscription(asked.tenant, asked.channel)
    if found is None:
        return Reply(_none(asked))
    lines = [_said(found)]
    if not found.paused:
        lines.append(f"The next: {await _next(asked, desk, found.schedule, desk.clock())}.")
    topics = [watch.topic for watch in await desk.store.watches(asked.tenant, asked.channel) if not watch.live]
    only = await companies_of(desk, asked.place)
    lines += _only(asked, only)
    if topics:
        lines.append(f"Watched topics: {', '.join(topics)}")
    lines += [_told(one) for one in await desk.store.runs(asked.tenant, asked.channel, SHOWN)]
    lines.append(
        f"To change it: {asked.command} digest and another time, digest for COMPANY, digest watch TOPIC, "
        f"digest {'resume' if found.paused else 'pause'}, digest off."
    )
    # Whoever asked to be forgotten is nobody here.
    who = [rich(section(piece("Set up by "), person(found.user)))] if found.user else []
    return Reply(sentences(*lines, blocks=who))


def _only(asked: Asked, companies: Sequence[str]) -> list[str]:
    """Tell of which companies alone a digest is, where it is not of all: that outlives the digest's end."""
    named = f"Only {', '.join(companies)}; to cover every company: {asked.command} digest for everything"
    return [named] if companies else []


async def _now(asked: Asked, desk: Desk) -> Reply:
    """Tell the channel at once what the next digest would; the next one begins after it."""
    waiting = [one for one in await desk.store.open_runs(asked.tenant, asked.channel) if one.state is not State.DUE]
    if waiting and waiting[0].post_at is not None:
        subscription = await desk.store.subscription(asked.tenant, asked.channel)
        zone = subscription.schedule.zone if subscription else "UTC"
        return Reply(sentences(f"Today's digest is on its way: it comes {_moment(waiting[0].post_at, zone)}."))
    digest = await compose_for(desk, asked.tenant, asked.channel, desk.clock())
    # Whoever asks at the same moment is left what this one doesn't tell.
    mine = await desk.store.tell(asked.tenant, asked.channel, digest.calls, None)
    if mine != frozenset(digest.calls):
        digest = replace(await compose_of(desk, asked.place, mine), only=digest.only)
    message = render(digest, asked.command, empty=f"{await _nothing_new(asked, desk)}.")
    return Reply(message, in_channel=not digest.empty)


async def _preview(asked: Asked, desk: Desk) -> Reply:
    """Show the next digest as it would be now, to the asker alone; nothing counts as told by that."""
    digest = await compose_for(desk, asked.tenant, asked.channel, desk.clock())
    silent = f"{await _nothing_new(asked, desk)}: it would stay silent."
    trial = await desk.store.subscription(asked.tenant, asked.channel) is None
    return Reply(render(digest, asked.command, empty=silent, buttons=False, trial=trial))


async def _nothing_new(asked: Asked, desk: Desk) -> str:
    """Say since when nothing is new: the last digest, where one was posted."""
    runs = await desk.store.runs(asked.tenant, asked.channel, SHOWN)
    posted = any(one.state is State.POSTED for one in runs)
    return f"Nothing new since {'the last digest' if posted else 'the digest was set up, or last told'}"


async def _off(asked: Asked, desk: Desk) -> Reply:
    # The store first: whatever Slack says now, the next tick finds what is unwanted, and takes it back.
    ended = await desk.store.unsubscribe(asked.tenant, asked.channel)
    left = await _take_back(asked, desk)
    return Reply(sentences("No more digests in this channel.", *left) if ended or left else _none(asked))


async def _pause(asked: Asked, desk: Desk) -> Reply:
    if not await desk.store.pause(asked.tenant, asked.channel, desk.clock(), paused=True):
        return Reply(_none(asked))
    left = await _take_back(asked, desk)
    return Reply(sentences(f"The digest is paused. To restart it: {asked.command} digest resume", *left))


async def _resume(asked: Asked, desk: Desk) -> Reply:
    now = desk.clock()
    found = await desk.store.subscription(asked.tenant, asked.channel)
    if found is None or not await desk.store.pause(asked.tenant, asked.channel, now, paused=False):
        return Reply(_none(asked))
    return Reply(sentences(f"The digest goes on. The next: {await _next(asked, desk, found.schedule, now)}."))


async def _watch(asked: Asked, desk: Desk, topic: str) -> Reply:
    """Watch a topic: the digest quotes the new calls on it. Raises QuestionError where it reads as no question."""
    query = understand(topic, (await desk.seen(asked.place)).directory, today=desk.today())
    if query.topic.empty:
        raise TopicError(f"‹{topic}› names nothing to look for. For example: {asked.command} digest watch gross margin")
    watched = await desk.store.watches(asked.tenant, asked.channel)
    if any(each.live and each.key == folded(topic) for each in watched):
        return Reply(sentences(f"{topic} is watched here already, and posted at once: the digest needn't repeat it."))
    if len(watched) >= MOST:
        raise TopicError(f"{MOST} topics are watched here already; {asked.command} digest unwatch one of them first.")
    new = await desk.store.add_watch(asked.tenant, asked.channel, topic, asked.user)
    first = f"The digest quotes what new calls say on {topic}." if new else f"{topic} is watched here already."
    first = " ".join([first, *await read_as(replace(asked, words=topic), desk)])
    more = [] if await desk.store.subscription(asked.tenant, asked.channel) else [_none_sentence(asked)]
    return Reply(sentences(first, *more))


async def _unwatch(asked: Asked, desk: Desk, topic: str) -> Reply:
    if await desk.store.remove_watch(asked.tenant, asked.channel, topic):
        return Reply(sentences(f"{topic} is no longer watched here."))
    held = ", ".join(watch.topic for watch in await desk.store.watches(asked.tenant, asked.channel))
    return Reply(sentences(f"{topic} isn't watched here; these are: {held or 'none'}"))


TOPICS: Mapping[str, Callable[[Asked, Desk, str], Awaitable[Reply]]] = {"watch": _watch, "unwatch": _unwatch}
VERBS: Mapping[str, Callable[[Asked, Desk], Awaitable[Reply]]] = {
    "": _status,
    "status": _status,
    "now": _now,
    "preview": _preview,
    "off": _off,
    "stop": _off,
    "pause": _pause,
    "resume": _resume,
    "on": _resume,
}


async def _take_back(asked: Asked, desk: Desk, in_trouble: str = IN_TROUBLE) -> list[str]:
    """Take back the channel's digest where Slack has it already. Return what is left to say of it."""
    return await take_back(desk, await desk.store.open_runs(asked.tenant, asked.channel), in_trouble)


async def _zone_of(asked: Asked, desk: Desk) -> str:
    """Return the asker's time zone: said before, or as Slack has it. Raises ZoneError where nobody knows it."""
    zone = await zone_of(asked, desk)
    if zone is not None:
        return zone
    raise ZoneError(
        f"In which time zone? Add it once: {asked.command} digest {asked.words} Europe/London (or a city: New York)."
    )


async def _next(asked: Asked, desk: Desk, schedule: Schedule, now: dt.datetime) -> str:
    """Say when the next digest comes: the first due date that has no row yet, for there is one a date."""
    had = {one.local_date for one in await desk.store.runs(asked.tenant, asked.channel) if one.state in _ENDED}
    coming = (moment for date, moment in between(schedule, now, now + LOOK_AHEAD) if date not in had)
    moment = next(coming, None)
    return _moment(moment, schedule.zone) if moment is not None else "none within a month"


_ENDED = {State.POSTED, State.QUIET, State.SKIPPED, State.DEAD}


def _notice(asked: Asked, schedule: Schedule) -> Message:
    line = (
        f" set up a digest of new earnings calls for this channel, {schedule.said}: one message with what was asked, "
        "and none on a day without news."
    )
    how = (
        f"{asked.command} digest and another time changes it, digest for COMPANY narrows it, digest watch TOPIC adds "
        "quotes, digest pause and digest off stop it; digest status shows the settings."
    )
    return Message(
        text=escape(f"A digest of new earnings calls was set up for this channel, {schedule.said}."),
        blocks=[
            rich(section(person(asked.user), piece(line))),
            {"type": "context", "elements": [plain(how)]},
        ],
    )


def _none(asked: Asked) -> Message:
    return sentences(
        _none_sentence(asked),
        f"{asked.command} digest preview shows what it would say.",
    )


def _none_sentence(asked: Asked) -> str:
    return f"This channel has no digest. {asked.command} digest 9:00 weekdays sets one up."


def _said(found: Subscription) -> str:
    paused = " It is paused." if found.paused else ""
    return f"This channel gets a digest {found.schedule.said}.{paused}"


def _told(one: Run) -> str:
    reason = f" ({one.reason})" if one.reason and one.state in {State.SKIPPED, State.DEAD} else ""
    return f"• {one.local_date:%a %-d %b}: {STATES[one.state]}{reason}"


def _moment(moment: dt.datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%A %-d %B, %-H:%M} ({zone})"


subcommand = Subcommand(
    "digest",
    "digest TIME [DAYS] [ZONE] [for COMPANIES] | watch TOPIC | unwatch TOPIC | now | preview | status | "
    "pause | resume | off",
    "digest 9:00 weekdays",
    run,
    about="new calls, once a day in this channel",
)
