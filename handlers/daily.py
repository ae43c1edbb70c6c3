"""The digest's loop: the one background task that looks at the clock. The clockwork decides what a tick does."""

import asyncio
import datetime as dt
import logging
import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.ask import ask
from bot.call import Call
from bot.digest.clockwork import LONGEST_GAP, Clockwork
from bot.digest.digest import Digest
from bot.digest.finding import digest_for
from bot.digest.noticing import Noticing
from bot.digest.outbox import Post
from bot.digest.watched import Found, Silent, key_and_call
from bot.errors import EarshotError, QuestionError
from bot.query.call_ids import call_field
from bot.state.run import Run
from bot.state.watches import Watch
from handlers.asked import Asked
from handlers.blocks.view import PAGE
from handlers.desk import own_name
from handlers.outbox import SlackOutbox
from handlers.place import Place
from handlers.usual import scoped

if TYPE_CHECKING:
    from handlers.desk import Desk

COMPANIES = "digest companies"  # the channel's setting
LEDGER = LONGEST_GAP + dt.timedelta(days=1)  # ended digests stay for so long: the clockwork looks back two weeks
FORGETTING = dt.timedelta(hours=1)  # longer than any process gathers questions before it writes them down
SWEPT = dt.timedelta(hours=6)  # between two looks for what is old
TICK = (15.0, 30.0)  # seconds between two ticks; at random, so that replicas don't move in step

_log = logging.getLogger(__name__)


def clockwork_of(desk: "Desk") -> Clockwork:
    """Return this replica's clockwork over a desk."""

    async def clock() -> dt.datetime:
        return await desk.store.database.now(desk.clock())

    async def compose(tenant: str, channel: str, now: dt.datetime) -> Digest:
        return await compose_for(desk, tenant, channel, now)

    noticing = Noticing(desk.store)

    async def notice(tenant: str, now: dt.datetime) -> None:
        async def visible(channel: str) -> Mapping[str, Call]:
            return (await desk.seen(Place(tenant, channel))).calls

        await noticing.notice(tenant, now, visible)

    async def look(run: Run, watch: Watch) -> Post:
        return await found_by(desk, run, watch)

    return Clockwork(desk.store, SlackOutbox(desk), compose, clock, own_name(), look=look, notice=notice)


async def compose_for(desk: "Desk", tenant: str, channel: str, now: dt.datetime) -> Digest:
    """Compose what is new to a channel now."""
    place = Place(tenant, channel)
    told = await desk.store.told(tenant, channel)
    hidden, only = await _hidden(desk, place), await companies_of(desk, place)
    topics = await _topics(desk, place)
    team = await desk.teams.team(desk, place)
    digest = await digest_for(await desk.seen(place), told, topics, today=now.date(), hidden=hidden, team=team)
    return replace(digest, only=only)


async def compose_of(desk: "Desk", place: Place, calls: Collection[str]) -> Digest:
    """Compose what a digest tells of these calls (ids), as far as they are still there and seen from a place."""
    library = await desk.seen(place)
    others = {id_: "" for id_ in library.calls if id_ not in calls}
    topics, team = await _topics(desk, place), await desk.teams.team(desk, place)
    return await digest_for(library, others, topics, today=desk.today(), team=team)


async def companies_of(desk: "Desk", place: Place) -> tuple[str, ...]:
    """Return the names of the companies that a channel's digest is limited to: its own, or those the channel uses."""
    names = (await desk.seen(place)).directory.company_names
    return tuple(names.get(key, key) for key in await _companies(desk, place))


async def pass_over(desk: "Desk", place: Place) -> None:
    """Count as told what the digest's companies hide now: once they change, it would come as news."""
    if await desk.store.subscription(place.tenant, place.channel) is None:
        return
    calls = (await desk.seen(place)).calls
    hidden = {id_: calls[id_].fingerprint for id_ in await _hidden(desk, place) if id_ in calls}
    await desk.store.tell(place.tenant, place.channel, hidden, None)


async def _companies(desk: "Desk", place: Place) -> tuple[str, ...]:
    own = await desk.store.setting(place.tenant, place.channel, COMPANIES)
    return tuple(own.split("\n")) if own else await desk.usual.companies(desk, place.tenant, place.channel)


async def _hidden(desk: "Desk", place: Place) -> frozenset[str]:
    """Return the ids of the calls that the digest's companies leave out."""
    keys = await _companies(desk, place)
    if not keys:
        return frozenset()
    library = await desk.seen(place)
    return frozenset(library.calls) - {call.id for call in library.directory.calls_of(keys)}


async def _topics(desk: "Desk", place: Place) -> list[str]:
    return [watch.topic for watch in await desk.store.watches(place.tenant, place.channel) if not watch.live]


async def found_by(desk: "Desk", run: Run, watch: Watch) -> Post:
    """Ask a watch's question of the call of a run; nothing where that is gone, or the question can't be read."""
    place, (_, id_) = Place(run.tenant, run.channel), key_and_call(run)
    library = await desk.seen(place)
    call = library.calls.get(id_)
    if call is None:
        return Silent()
    asked = Asked(watch.topic, run.tenant, run.channel, watch.user, command=desk.settings.command)
    limited = await scoped(desk, asked, watch.topic)
    team = await desk.teams.team(desk, place)
    question = f"{limited.question} {call_field(id_)}"
    try:
        answer = await ask(library, question, today=desk.today(), limit=PAGE, team=team)
    except QuestionError:
        return Silent()  # `watches` says what is wrong with it
    # Its own further questions would be told in the form that buttons carry, with the call's id.
    return Found(watch, call, replace(answer, next_questions=()), library.calls, limited.notice)


async def erase_old(desk: "Desk") -> None:
    """Erase what is older than EARSHOT_KEEP_DAYS, in every workspace (those that left, too); trouble waits."""
    now = desk.clock()
    before = now - dt.timedelta(days=desk.settings.keep_days)
    try:
        tenants = {workspace.tenant for workspace in await desk.workspaces.installed()}
        for tenant in sorted(tenants.union(await desk.store.tenants_with_forgettings())):
            await desk.store.prune(tenant, before, runs=min(before, now - LEDGER), forgettings=now - FORGETTING)
    except (SQLAlchemyError, OSError, EarshotError):
        _log.exception("what is old could not be erased")


async def keep(desk: "Desk") -> None:
    """Tick for as long as the process serves; cancel it at the end. Before the calls are loaded nothing is composed."""
    clockwork = clockwork_of(desk)
    swept = dt.datetime.min.replace(tzinfo=dt.UTC)
    while True:
        if desk.ready:
            await clockwork.tick()
        if desk.clock() - swept >= SWEPT:
            swept = desk.clock()
            await erase_old(desk)
        await asyncio.sleep(random.uniform(*TICK))  # noqa: S311  # jitter is no secret
