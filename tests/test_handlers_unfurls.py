"""Whatever is posted shows no preview of a link: quotes stand alone, and no address of a private page is fetched."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from handlers.desk import Desk
from playground.slack import LocalSlack
from tests.desk import desk_at, served

# The methods whose messages Slack would add previews to. Ephemeral messages and edits take no such fields.
POSTS = ("chat.postMessage", "chat.scheduleMessage", "chat.meMessage")

Drive = Callable[[LocalSlack, Desk], Awaitable[object]]


async def share(slack: LocalSlack, desk: Desk) -> None:
    await slack.slash("quote superchargers")
    await slack.click(slack.workspace.channel("C0AUTODESK").messages[-1], "share")


WAYS: dict[str, Drive] = {
    "mention": lambda slack, _: slack.mention("quote margin https://example.org/a"),
    "direct message": lambda slack, _: slack.direct("quote margin https://example.org/a"),
    "error in a thread": lambda slack, _: slack.mention("quote margin in q9 https://example.org/a"),
    "share": share,
    "export": lambda slack, _: slack.slash("export quote superchargers"),
    "digest notice": lambda slack, _: slack.slash("digest at 08:00 Europe/Berlin"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_every_post_is_without_previews(slack: LocalSlack, tmp_path: Path, way: str) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        await WAYS[way](slack, desk)
        await desk.errands.drain(5)
    posted = slack.called(*POSTS)
    assert posted, "nothing was posted"
    for one in posted:
        assert str(one.arguments.get("unfurl_links")).casefold() == "false", one.method
        assert str(one.arguments.get("unfurl_media")).casefold() == "false", one.method
