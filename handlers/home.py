"""The app's Home: what can be asked, the calls, one's own last questions, the digest, and where to get help."""

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.answers.answer import Choice
from bot.call import Call
from bot.errors import EarshotError, UnreadableError
from bot.given import corrected
from bot.state.subscriptions import Subscription
from bot.state.uploads import WORKSPACE, Upload
from handlers import delivery
from handlers.agent import offer_prompts
from handlers.blocks.around import Around
from handlers.blocks.home import Hosted, home_blocks
from handlers.blocks.modal import home
from handlers.blocks.standing import SHOWN, Standing
from handlers.desk import Desk
from handlers.intake import tenant_of
from handlers.membership import channels_of
from handlers.place import Place
from handlers.worded import in_words

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

RECENT = 5

_log = logging.getLogger(__name__)


def register(app: "AsyncApp", desk: Desk) -> None:
    """Draw the Home whenever somebody opens it."""

    async def on_opened(body: Mapping[str, object]) -> None:
        workspace = await desk.workspaces.of(team=tenant_of(body), enterprise=tenant_of(body))
        event = body.get("event")
        if workspace is None or not isinstance(event, Mapping):
            return
        if event.get("tab") == "messages" and workspace.agent:
            channel = str(event.get("channel") or "")
            desk.errands.start(offer_prompts(desk, workspace.tenant, channel), "offer prompts")
        if event.get("tab") != "home":
            return
        place = Place(workspace.tenant, str(event.get("channel") or ""))
        desk.errands.start(publish(desk, place, str(event.get("user"))), "draw a Home")

    app.event("app_home_opened")(on_opened)


async def publish(desk: Desk, place: Place, user: str) -> None:
    """Draw a person's Home, beside the direct conversation `place`.

    One that can't be drawn is drawn when it is opened next.
    """
    await desk.recent.write(desk)
    digests = await desk.store.subscriptions(place.tenant)
    library = await desk.seen(place)
    hosted = Hosted(
        command=desk.settings.command,
        calls=tuple(library.calls.values()),
        names=library.directory.call_names,
        recent=await _recent(desk, place, user),
        standing=await _standing(desk, place, user, digests),
        around=await _around(desk, place, user, digests),
    )
    view = home(home_blocks(hosted), memory=place.channel)
    try:
        await delivery.show(desk, place.tenant, "views.publish", {"user_id": user, "view": view})
    except EarshotError as error:
        _log.warning("a Home was not drawn: %s", error.sentence)


async def _recent(desk: Desk, place: Place, user: str) -> tuple[Choice, ...]:
    """Return a person's own last questions, each in words."""
    asked = await desk.store.recents(place.tenant, user, RECENT)
    return tuple([Choice(await in_words(desk, place, question), question) for question in asked])


async def _standing(desk: Desk, place: Place, user: str, digests: Sequence[Subscription]) -> Standing:
    """Return what a person set up in this workspace, wherever that is, and what their team has named."""
    return Standing(
        command=desk.settings.command,
        watches=await desk.store.watches_of(place.tenant, user),
        digests=tuple(digest for digest in digests if user and digest.user == user),
        team=await desk.teams.team(desk, place),
        support=desk.settings.support,
    )


async def _around(desk: Desk, place: Place, user: str, everybodys: Sequence[Subscription]) -> Around:
    """Return what others set up, and what anybody gave, in the channels that a person is in now, as far as Slack tells.

    Slack is asked only where there is something that could be shown.
    """
    tenant = place.tenant
    digests = [digest for digest in everybodys if digest.user != user]
    watches = [watch for watch in await desk.store.all_watches(tenant) if watch.user != user]
    gifts = [gift for gift in await desk.store.all_gifts(tenant) if gift.channel != WORKSPACE]
    if not (digests or watches or gifts):
        return Around()
    channels = await channels_of(desk, tenant, user)
    seen = [gift for gift in gifts if gift.channel in channels]
    given = [(gift, call) for gift in seen[:SHOWN] for call in await _calls(desk, tenant, gift)]
    return Around(
        digests=tuple(digest for digest in digests if digest.channel in channels),
        watches=tuple(watch for watch in watches if watch.channel in channels),
        given=tuple(given),
        gifts=len(seen),
    )


async def _calls(desk: Desk, tenant: str, gift: Upload) -> tuple[Call, ...]:
    """Return the calls of a given file, none where it can't be read any more."""
    try:
        outcome = await desk.shelves.read(desk, Place(tenant, gift.channel), gift)
    except UnreadableError:
        return ()
    return tuple(corrected(entry.call, gift.correction) for entry in outcome.entries)
