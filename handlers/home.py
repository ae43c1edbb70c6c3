"""The app's Home: what can be asked, the calls, one's own last questions, the digest, and where to get help."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.answers.answer import Choice
from bot.errors import EarshotError
from handlers import delivery
from handlers.agent import offer_prompts
from handlers.blocks.home import Hosted, home_blocks
from handlers.blocks.modal import home
from handlers.blocks.standing import Standing
from handlers.desk import Desk
from handlers.intake import tenant_of
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
    hosted = Hosted(
        command=desk.settings.command,
        calls=tuple((await desk.seen(place)).calls.values()),
        recent=await _recent(desk, place, user),
        standing=await _standing(desk, place, user),
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


async def _standing(desk: Desk, place: Place, user: str) -> Standing:
    """Return what a person set up in this workspace, wherever that is, and what their team has named.

    What others set up in channels is not shown: whether this person is in them needs a scope that is not asked for.
    """
    digests = await desk.store.subscriptions(place.tenant)
    return Standing(
        command=desk.settings.command,
        watches=await desk.store.watches_of(place.tenant, user),
        digests=tuple(digest for digest in digests if user and digest.user == user),
        team=await desk.teams.team(desk, place),
        support=desk.settings.support,
    )
