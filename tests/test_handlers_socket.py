"""Socket Mode: the same bot over a connection of its own, which Slack renews now and then."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from handlers.blocks.limits import texts
from handlers.socket import Socket
from playground.delivery import Parcel
from playground.slack import LocalSlack
from tests.desk import connected, desk_at


def words(payload: object) -> str:
    return "".join(texts(payload))


async def test_a_renewed_connection_goes_on_answering(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, connected(slack, desk) as socket:
        first = slack.sockets[-1]
        await slack.disconnect()
        await slack.until(lambda: slack.sockets and slack.sockets[-1] is not first, seconds=15)
        assert "margin follows volume" in words((await slack.slash("quote margin")).json["blocks"])
        assert await socket.connected()


@pytest.mark.parametrize("how", [{"status": 503}, {"error": "internal_error"}, {"drop": True}], ids=str)
async def test_it_connects_as_soon_as_slack_lets_it(slack: LocalSlack, tmp_path: Path, how: dict[str, Any]) -> None:
    slack.bot_url = None
    slack.fault("apps.connections.open", times=3, **how)
    async with desk_at(slack, tmp_path) as desk, Socket(desk, pause=0.01):
        await slack.until(lambda: slack.sockets)
        assert "margin follows volume" in words((await slack.slash("quote margin")).json["blocks"])


async def test_a_token_that_slack_refuses_once_it_answers_again_ends_the_connecting(
    slack: LocalSlack, tmp_path: Path
) -> None:
    slack.fault("apps.connections.open", status=503)
    slack.fault("apps.connections.open", error="token_revoked")
    refused = asyncio.Event()
    async with desk_at(slack, tmp_path) as desk:
        with pytest.raises(SettingsError, match="SLACK_APP_TOKEN was refused"):
            async with Socket(desk, refused=refused.set, pause=0.01):
                await asyncio.wait_for(refused.wait(), 5)


async def test_buttons_forms_and_type_ahead_over_the_socket(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, connected(slack, desk):
        await slack.slash("margin")
        message = slack.workspace.channel("C0AUTODESK").messages[-1]
        assert (await slack.click(message, "page:next")).ok
        await desk.errands.drain(5)
        assert "4. " in words(slack.called("response_url")[0].arguments["blocks"])
        await slack.shortcut("search_calls")
        await desk.errands.drain(5)
        view = next(iter(slack.workspace.views.values()))
        [firm] = await slack.suggest(view, "pick:firm", "tide")
        assert firm["value"] == "Tidewater"
        sent = await slack.submit(view, {"words": "margin", "pick:firm": firm})
        assert sent.json["response_action"] == "update"
    assert slack.refusals == []


async def test_an_envelope_without_the_shape_of_slacks_is_acknowledged(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, connected(slack, desk):
        for payload in ({"type": "event_callback", "event": 5}, {"type": ["x"]}, {"nothing": 1}):
            delivered = await slack.deliver(Parcel("events_api", payload))
            assert delivered.ok, payload
            assert delivered.json == {}
        assert "margin follows volume" in words((await slack.slash("quote margin")).json["blocks"])
