"""`forget me` erases what a person left, of this workspace only, and says so."""

from pathlib import Path

from playground.slack import LocalSlack
from tests.desk import desk_at, served

OTHERS = "T0OTHER"


async def test_forget_me_erases_and_tells(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        asked = await slack.slash("quote margin")
        assert asked.status == 200
        (workspace,) = await desk.workspaces.installed()
        user = next(iter(slack.workspace.users))
        await desk.store.save_recent(workspace.tenant, user, "quote margin")
        await desk.store.save_recent(OTHERS, user, "quote margin")
        told = await slack.slash("forget me", user=user)
        assert "Forgotten: 1 thing" in told.json["text"]
        assert await desk.store.recents(workspace.tenant, user) == ()
        assert await desk.store.recents(OTHERS, user) == ("quote margin",)


async def test_forget_alone_explains(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        told = await slack.slash("forget")
    assert "forget me erases them all" in told.json["text"]
