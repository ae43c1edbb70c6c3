"""Installing by OAuth and leaving: states once, tokens sealed, everything of a workspace erased with it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, CookieJar
from cryptography.fernet import Fernet

from bot.config import Settings
from bot.state.store import Store
from handlers.desk import Desk
from handlers.installing import COOKIE, ManyWorkspaces
from handlers.leaving import revoked_bot
from handlers.serve import utc_now
from handlers.speaking import Speaking
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import NOW, opened, served, shelved


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A bot of many workspaces, none installed yet."""
    settings = Settings(
        signing_secret=slack.signing_secret,
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        api_url=slack.url,
        home=tmp_path,
        keys=(Fernet.generate_key().decode(),),
    )
    speaking = Speaking(settings.api_url)
    await (await opened(tmp_path / "earshot.db")).close()  # its tables, ready made
    store = await Store.open(settings.database_url, keys=settings.keys, clock=utc_now)
    yield Desk(settings, await shelved(), store, lambda: NOW, ManyWorkspaces(store), speaking)
    await store.close()
    await speaking.close()


def at(slack: LocalSlack, path: str) -> str:
    return (slack.bot_url or "").removesuffix("/slack/events") + path


def bytes_under(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def install(slack: LocalSlack, session: ClientSession) -> tuple[int, str, str]:
    """Press the button, say yes at Slack, come back. Give the status, the page, and the address come back to."""
    async with session.get(at(slack, "/slack/install")) as page:
        return page.status, await page.text(), str(page.url)


async def test_a_workspace_installs_and_is_answered(slack: LocalSlack, desk: Desk, tmp_path: Path) -> None:
    async with served(slack, desk), ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        status, page, _ = await install(slack, session)
        assert status == 200
        assert "installed" in page
        (tenant,) = await desk.store.installed_tenants()
        answered = await slack.slash("quote margin")
        assert answered.status == 200
        assert answered.json["blocks"]
        assert tenant == TEAM
    assert slack.bot_token.encode() not in bytes_under(tmp_path)  # ciphertext only


async def test_a_state_is_good_once(slack: LocalSlack, desk: Desk) -> None:
    async with served(slack, desk), ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        _, _, came_back_to = await install(slack, session)
        state = parse_qs(urlsplit(came_back_to).query)["state"][0]
        async with session.get(came_back_to, headers={"Cookie": f"{COOKIE}={state}"}) as again:
            assert again.status == 400
            assert "already used" in await again.text()


async def test_a_state_of_another_browser_is_refused(slack: LocalSlack, desk: Desk) -> None:
    async with served(slack, desk), ClientSession() as session:
        async with session.get(at(slack, "/slack/install"), allow_redirects=False) as leaving:
            state = parse_qs(urlsplit(leaving.headers["Location"]).query)["state"][0]
        session.cookie_jar.clear()
        async with session.get(at(slack, f"/slack/oauth_redirect?code=x&state={state}")) as back:
            assert back.status == 400
    assert await desk.store.installed_tenants() == ()


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=y", "?code=x&state=%00", "?code=<script>&state=é", "?error=access_denied"]
)
async def test_a_made_up_return_installs_nothing(slack: LocalSlack, desk: Desk, query: str) -> None:
    async with (
        served(slack, desk),
        ClientSession() as session,
        session.get(at(slack, f"/slack/oauth_redirect{query}")) as back,
    ):
        assert back.status == 400
        assert "script" not in await back.text()
    assert await desk.store.installed_tenants() == ()


async def test_a_wrong_code_is_told(slack: LocalSlack, desk: Desk) -> None:
    async with served(slack, desk), ClientSession() as session:
        state = await desk.store.new_state(NOW)
        address = at(slack, f"/slack/oauth_redirect?code=wrong&state={state}")
        async with session.get(address, headers={"Cookie": f"{COOKIE}={state}"}) as back:
            assert back.status == 400
            assert "refused" in await back.text()


async def test_a_stranger_s_workspace_gets_nothing(slack: LocalSlack, desk: Desk) -> None:
    async with served(slack, desk):
        answered = await slack.slash("quote margin")
    assert "blocks" not in (answered.json or {})


@pytest.mark.parametrize("kinds", [["app_uninstalled", "tokens_revoked"], ["tokens_revoked", "app_uninstalled"] * 2])
async def test_leaving_erases_everything_in_any_order(slack: LocalSlack, desk: Desk, kinds: list[str]) -> None:
    async with served(slack, desk), ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        await install(slack, session)
        (tenant,) = await desk.store.installed_tenants()
        await desk.store.save_thread(tenant, "C1", "1.0", "quote margin", 0)
        for kind in kinds:
            event: dict[str, object] = {"type": kind}
            if kind == "tokens_revoked":
                event["tokens"] = {"bot": ["U1"]}
            delivered = await slack.event(event)
            assert delivered.status == 200
        assert await desk.store.installed_tenants() == ()
        assert await desk.store.thread(tenant, "C1", "1.0") is None


def test_a_person_s_token_is_not_the_bot_s() -> None:
    assert not revoked_bot({"event": {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}})
    assert revoked_bot({"event": {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}}})


async def test_without_a_client_there_is_no_page(slack: LocalSlack, desk: Desk) -> None:
    desk.settings = Settings(signing_secret="s", api_url=slack.url, home=desk.settings.home)
    async with served(slack, desk), ClientSession() as session, session.get(at(slack, "/slack/install")) as page:
        assert page.status == 404


def test_pages_show_nothing_that_came_in() -> None:
    source = (Path(__file__).parent.parent / "handlers" / "installing.py").read_text(encoding="utf-8")
    assert not re.search(r"f.*\{(code|state|error)\}", source)
