"""The running bot: it starts on a port, loads what can be read, answers, and ends on SIGTERM with nothing undone."""

import asyncio
import dataclasses
import logging
import os
import signal
import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from cryptography.fernet import Fernet

from bot.config import Settings
from bot.errors import SettingsError
from bot.state.installations import Installation
from handlers.blocks.limits import texts
from handlers.serve import desk_for, run
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import connected, served

CALL = """Quillon Motors (QLM) Q1 2026 Earnings Call

Operator: Good day, and welcome to the first quarter call.
Ines Castellan - Chief Financial Officer: Gross margin was 21 percent, and rising.
Operator: The first question comes from Oskar Lindqvist with Harrow and Pike.
Oskar Lindqvist - Harrow and Pike - Analyst: How many superchargers will you open this year?
Ines Castellan - Chief Financial Officer: Two hundred superchargers by June. That is the plan.
"""


LATER = """Quillon Motors (QLM) Q2 2026 Earnings Call

Operator: Welcome to the second quarter call, which is recorded.
Bram Okafor - Chief Executive Officer: We sold more trucks than ever before, and we shall sell hydrants in October.
Operator: We turn to questions now, and begin with Mei Tanaka of Tidewater.
Mei Tanaka - Tidewater - Analyst: Did I hear that right, and why would a car maker do such a thing?
"""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one call and one file that is none."""
    calls = tmp_path / "calls"
    calls.mkdir()
    (calls / "quillon-2026-q1.txt").write_text(CALL, encoding="utf-8")
    (calls / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    return calls


def settings_for(slack: LocalSlack, home: Path, port: int) -> Settings:
    return Settings(
        bot_token=slack.bot_token,
        signing_secret=slack.signing_secret,
        app_token=slack.app_token,
        api_url=slack.url,
        port=port,
        home=home,
    )


async def ready(port: int) -> str:
    """Wait until the bot is ready; return what it says."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.status == 200:
                        return await response.text()
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("by_socket", [False, True], ids=["http", "socket"])
async def test_it_starts_answers_and_ends_on_sigterm(
    slack: LocalSlack, tmp_path: Path, folder: Path, by_socket: bool
) -> None:
    port = free_port()
    bot = asyncio.create_task(run(settings_for(slack, tmp_path / "home", port), calls=(folder,), socket=by_socket))
    assert await ready(port) == "ready: 1 calls\n"
    slack.bot_url = None if by_socket else f"http://127.0.0.1:{port}/slack/events"
    said = "".join(texts((await slack.slash("who asked about superchargers")).json))
    assert "Oskar Lindqvist" in said
    status = "".join(texts((await slack.slash("status")).json["blocks"]))
    assert "1 file could not be read" in status
    assert "broken.pdf" in status
    (folder / "quillon-2026-q2.txt").write_text(LATER, encoding="utf-8")
    (folder / "broken.pdf").unlink()
    async with asyncio.timeout(20):
        while "hydrants in October" not in "".join(texts((await slack.slash("quote hydrants")).json)):  # noqa: ASYNC110  # nobody is told
            await asyncio.sleep(0.2)
    assert "could not be read" not in "".join(texts((await slack.slash("status")).json["blocks"]))
    slack.fault("chat.postMessage", late=0.3)
    await slack.mention("quote margin")
    os.kill(os.getpid(), signal.SIGTERM)
    assert await asyncio.wait_for(bot, 15) == 0
    assert len([one for one in slack.called("chat.postMessage") if one.ok]) == 1
    assert slack.refusals == []


async def test_a_busy_port_is_told(slack: LocalSlack, tmp_path: Path, folder: Path) -> None:
    with socket.socket() as listening:
        listening.bind(("0.0.0.0", 0))
        listening.listen()
        port = listening.getsockname()[1]
        with pytest.raises(SettingsError, match=f"PORT {port} can't be used"):
            await run(settings_for(slack, tmp_path / "home", port), calls=(folder,))


async def test_a_token_that_slack_refuses_stops_the_start(slack: LocalSlack, tmp_path: Path, folder: Path) -> None:
    slack.revoke(slack.bot_token)
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN was refused by Slack"):
        await run(settings_for(slack, tmp_path / "home", free_port()), calls=(folder,))


async def test_an_app_token_that_slack_refuses_stops_the_start(slack: LocalSlack, tmp_path: Path, folder: Path) -> None:
    slack.fault("apps.connections.open", error="invalid_auth", times=9)
    with pytest.raises(SettingsError, match=r"^SLACK_APP_TOKEN was refused by Slack \(invalid_auth\)"):
        await run(settings_for(slack, tmp_path / "home", free_port()), calls=(folder,), socket=True)


@pytest.mark.parametrize("how", [{"status": 503}, {"error": "fatal_error"}, {"drop": True}, {"hang": True}], ids=str)
async def test_while_slack_opens_no_connection_it_lives_is_not_ready_and_ends_on_sigterm(
    slack: LocalSlack, tmp_path: Path, folder: Path, how: dict[str, Any]
) -> None:
    port = free_port()
    slack.fault("apps.connections.open", times=99, **how)
    bot = asyncio.create_task(run(settings_for(slack, tmp_path / "home", port), calls=(folder,), socket=True))
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
                    assert response.status == 200
                    break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)
        async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
            assert response.status == 503
    os.kill(os.getpid(), signal.SIGTERM)
    assert await asyncio.wait_for(bot, 15) == 0


async def test_no_folder_stops_the_start(slack: LocalSlack, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="EARSHOT_CALLS is missing"):
        await run(settings_for(slack, tmp_path, free_port()), calls=())


@pytest.mark.parametrize("by_socket", [False, True], ids=["http", "socket"])
async def test_a_client_id_beside_the_token_leaves_the_token_s_workspace_answered(
    slack: LocalSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture, by_socket: bool
) -> None:
    keys = () if by_socket else (Fernet.generate_key().decode(),)  # Socket Mode asks for none
    settings = dataclasses.replace(
        settings_for(slack, tmp_path / "home", free_port()),
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        keys=keys,
    )
    with caplog.at_level(logging.WARNING, "handlers.serve"):
        async with desk_for(settings, socket=by_socket) as desk:
            async with connected(slack, desk) if by_socket else served(slack, desk):
                assert "who asked about" in "".join(texts((await slack.slash("help")).json["blocks"]))
            assert [each.team for each in await desk.workspaces.installed()] == [TEAM]
    assert ("SLACK_CLIENT_ID" in caplog.text) is by_socket


async def test_a_token_and_installations_are_served_side_by_side(slack: LocalSlack, tmp_path: Path) -> None:
    settings = dataclasses.replace(
        settings_for(slack, tmp_path / "home", free_port()),
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        keys=(Fernet.generate_key().decode(),),
    )
    other = Installation("T2", "T2", None, "xoxb-other", "B2", "U2", None, ("commands",), "U1")
    newer = dataclasses.replace(other, tenant=TEAM, team=TEAM, token="xoxb-newer")
    async with desk_for(settings) as desk:
        await desk.store.install("T2", other)
        assert {each.team for each in await desk.workspaces.installed()} == {TEAM, "T2"}
        for team, token in ((TEAM, slack.bot_token), ("T2", "xoxb-other"), ("T3", None)):
            found = await desk.workspaces.of(team=team, enterprise=None)
            assert (found.token if found else None) == token
        await desk.store.install(TEAM, newer)
        found = await desk.workspaces.of(team=TEAM, enterprise=None)
        assert found is not None
        assert found.token == "xoxb-newer"
        assert len(await desk.workspaces.installed()) == 2
