"""`forget me` erases what a person left, of this workspace only, and says so."""

import dataclasses
import datetime as dt
import time
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.state.installations import Installation
from bot.state.run import Planned
from bot.state.vault import Vault
from bot.team import Synonym
from handlers.daily import FORGETTING, erase_old
from handlers.place import Place
from handlers.recent import Recent
from handlers.workspace import Workspace
from playground.driving import ADA, DESK
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import NOW, desk_at, served

PRIVACY = Path(__file__).parent.parent / "docs" / "privacy.md"
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


async def test_what_waits_to_be_written_down_is_forgotten_too(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        desk.recent = Recent(pause=60)
        await slack.slash("quote margin")
        assert "erased" in (await slack.slash("forget me")).json["text"]
        await desk.recent.write(desk)
        assert await desk.store.recents(TEAM, ADA) == ()


@pytest.mark.parametrize("what", ["me", "workspace for good"])
async def test_what_waits_to_be_written_down_by_another_process_is_forgotten_too(
    slack: LocalSlack, tmp_path: Path, what: str
) -> None:
    slack.workspace.users[ADA] = dataclasses.replace(slack.workspace.users[ADA], is_admin=True)
    async with desk_at(slack, tmp_path) as one, served(slack, one):
        one.recent = Recent(pause=60)
        await slack.slash("quote margin")
        async with desk_at(slack, tmp_path) as two, served(slack, two):
            assert "Forgotten" in (await slack.slash(f"forget {what}")).json["text"]
        await one.recent.write(one)
        assert await one.store.recents(TEAM, ADA) == ()
        one.recent.note(one, TEAM, ADA, "quote capex")
        await one.recent.write(one)
        assert await one.store.recents(TEAM, ADA) == ("quote capex",)
        one.recent.hurry()


async def test_an_admin_erases_the_workspace_saying_so_twice(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        desk.store.vault = Vault((Fernet.generate_key().decode(),))
        for tenant in (TEAM, OTHERS):
            await desk.store.add_watch(tenant, DESK, "margin", "U1")
            await desk.store.save_thread(tenant, DESK, "1.1", "quote margin", 0)
            await desk.store.install(tenant, Installation(tenant, tenant, None, "xoxb-1", "B", "U"))
        assert "Only an admin" in (await slack.slash("forget workspace for good")).json["text"]
        assert len(await desk.store.watches(TEAM, DESK)) == 1
        slack.workspace.users[ADA] = dataclasses.replace(slack.workspace.users[ADA], is_admin=True)
        assert "forget workspace for good" in (await slack.slash("forget workspace")).json["text"]
        assert len(await desk.store.watches(TEAM, DESK)) == 1
        assert "Forgotten: 2 things" in (await slack.slash("forget workspace for good")).json["text"]
        assert await desk.store.watches(TEAM, DESK) == ()
        assert await desk.store.thread(TEAM, DESK, "1.1") is None
        assert await desk.store.installation(TEAM) is not None
        assert len(await desk.store.watches(OTHERS, DESK)) == 1


async def test_who_asks_while_a_workspace_is_forgotten_brings_nothing_back(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        slack.workspace.users[ADA] = dataclasses.replace(slack.workspace.users[ADA], is_admin=True)
        await desk.store.save_synonym(TEAM, "gm", Synonym("gm", ("gross margin",)), ADA)
        place, forget = Place(TEAM, DESK), desk.store.forget_tenant

        async def meanwhile(tenant: str) -> int:
            assert (await desk.teams.team(desk, place)).synonyms
            return await forget(tenant)

        desk.store.forget_tenant = meanwhile  # type: ignore[method-assign]  # a question, before the rows are gone
        assert "Forgotten" in (await slack.slash("forget workspace for good")).json["text"]
        assert not (await desk.teams.team(desk, place)).synonyms


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_leaving_lets_go_of_what_is_at_hand(slack: LocalSlack, tmp_path: Path, kind: str) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        desk.recent = Recent(pause=60)
        place = Place(TEAM, DESK)
        await desk.store.save_synonym(TEAM, "gm", Synonym("gm", ("gross margin",)), ADA)
        await desk.usual.use(desk, TEAM, DESK, ["QLN"])
        assert (await desk.teams.team(desk, place)).synonyms
        assert await desk.usual.companies(desk, TEAM, DESK)
        await slack.slash("quote margin")
        assert (await slack.event({"type": kind, "tokens": {"bot": ["U1"]}})).status == 200
        await desk.recent.write(desk)
        assert await desk.store.recents(TEAM, ADA) == ()
        assert not (await desk.teams.team(desk, place)).synonyms
        assert await desk.usual.companies(desk, TEAM, DESK) == ()
        desk.recent.hurry()


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_after_leaving_another_process_writes_nothing_down_and_the_moment_goes_too(
    slack: LocalSlack, tmp_path: Path, kind: str
) -> None:
    async with desk_at(slack, tmp_path) as one, served(slack, one):
        one.recent = Recent(pause=60)
        await slack.slash("quote margin")
        async with desk_at(slack, tmp_path) as two, served(slack, two):
            assert (await slack.event({"type": kind, "tokens": {"bot": ["U1"]}})).status == 200
        await one.recent.write(one)
        assert await one.store.recents(TEAM, ADA) == ()
        assert await one.store.tenants_with_forgettings() == (TEAM,)
        one.workspaces = Nowhere()
        one.clock = lambda: dt.datetime.now(dt.UTC) + 2 * FORGETTING
        await erase_old(one)
        assert await one.store.tenants_with_forgettings() == ()
        one.recent.hurry()


class Nowhere:
    """Workspaces of an app that nobody has installed any more."""

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        return None

    async def installed(self) -> tuple[Workspace, ...]:
        return ()


async def test_where_nobody_knows_the_admins_nothing_is_erased(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        slack.fault("users.info", error="missing_scope")
        assert "erased nothing" in (await slack.slash("forget workspace for good")).json["text"]


async def test_a_scheduled_digest_is_taken_back_before_the_workspace_is_forgotten(
    slack: LocalSlack, tmp_path: Path
) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        slack.workspace.users[ADA] = dataclasses.replace(slack.workspace.users[ADA], is_admin=True)
        at = int(time.time()) + 600
        token = slack.bot_token
        told = await desk.speaking.posting(token).chat_scheduleMessage(channel=DESK, post_at=at, text="news")
        await desk.store.plan_runs(TEAM, DESK, [Planned(NOW.date(), NOW)])
        lease = dt.timedelta(minutes=1)
        run = await desk.store.claim_run(TEAM, "one", NOW, due_by=NOW, lease=lease)
        assert run is not None
        post_at = dt.datetime.fromtimestamp(at, dt.UTC)
        await desk.store.start_run(run, NOW, lease=lease, post_at=post_at, calls={})
        await desk.store.schedule_run(run, told["scheduled_message_id"], {})
        await slack.slash("forget workspace for good")
        assert slack.workspace.scheduled == {}
        assert await desk.store.runs(TEAM, DESK) == ()


async def test_forget_alone_explains(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        told = await slack.slash("forget")
        slack.workspace.users[ADA] = dataclasses.replace(slack.workspace.users[ADA], is_admin=True)
        asked = await slack.slash("forget workspace")
    assert "forget me erases them all" in told.json["text"]
    assert "verdicts" in asked.json["text"]
    for each in (told.json["text"], asked.json["text"], PRIVACY.read_text(encoding="utf-8")):
        assert "saved" not in each  # there is no way to save a quote yet
