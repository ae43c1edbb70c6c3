"""What the page asks of the local Slack: each sees what is theirs, and nobody but the page may act."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, web

from playground.browser import Browser
from playground.composing import wire
from playground.driving import ADA, DESK
from playground.offer import Offer, read_offer
from playground.slack import LocalSlack
from playground.workspace import BOT_USER, Message, Workspace
from tests.test_playground_slack import BLOCKS, FORM, echo

BEN = "U0BENOKAF"


@pytest.fixture
async def page() -> AsyncIterator[LocalSlack]:
    """A local Slack with its page, and the echo as its bot."""
    slack = LocalSlack()
    Browser(slack, Offer(prompts=({"title": "Ask", "message": "quote margin"},))).mount(slack.app)
    async with slack:
        runner = web.AppRunner(echo(slack).web_app(path="/slack/events", port=0))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield slack
        await runner.cleanup()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as one:
        yield one


async def do(session: ClientSession, slack: LocalSlack, name: str, user: str = ADA, **given: Any) -> dict[str, Any]:
    async with session.post(f"{slack.root}do/{name}?as={user}", json=given) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def state(session: ClientSession, slack: LocalSlack, user: str = ADA) -> dict[str, Any]:
    async with session.get(f"{slack.root}state?as={user}") as response:
        answer: dict[str, Any] = await response.json()
        return answer


@pytest.mark.parametrize("path", ["", "page/app.js", "page/style.css", "page/earshot.svg"])
async def test_the_page_needs_nothing_from_elsewhere(page: LocalSlack, session: ClientSession, path: str) -> None:
    async with session.get(page.root + path) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        text = await response.text()
    outside = [part for part in text.split('"') if part.startswith(("http://", "https://"))]
    assert [address for address in outside if "w3.org" not in address] == []


@pytest.mark.parametrize(
    "path", ["page/../run.py", "page/%2e%2e%2frun.py", "page/run.py", "page/nothing.js", "nowhere"]
)
async def test_no_other_file_is_served(page: LocalSlack, session: ClientSession, path: str) -> None:
    async with session.get(page.root + path) as response:
        assert response.status == 404


async def test_another_site_can_neither_read_nor_act(page: LocalSlack, session: ClientSession) -> None:
    async with session.get(f"{page.root}state", headers={"Host": "evil.example:80"}) as response:
        assert response.status == 403
    headers = {"Origin": "http://evil.example"}
    async with session.post(f"{page.root}do/reset", json={}, headers=headers) as response:
        assert response.status == 403


async def test_a_command_is_seen_by_the_one_who_typed_it(page: LocalSlack, session: ClientSession) -> None:
    assert (await do(session, page, "say", channel=DESK, text="/call quote margin"))["ok"]
    mine, theirs = await state(session, page), await state(session, page, BEN)
    assert [(one["text"], one["ephemeral"]) for one in mine["messages"][DESK]] == [("You said quote margin", True)]
    assert theirs["messages"][DESK] == []


async def test_a_private_channel_is_its_members(page: LocalSlack, session: ClientSession) -> None:
    theirs = await state(session, page, "U0CHIYOTN")
    assert "C0DEALROOM" not in {channel["id"] for channel in theirs["channels"]}
    answer = await do(session, page, "say", "U0CHIYOTN", channel="C0DEALROOM", text="let me in")
    assert answer["error"] == "not_in_channel"


@pytest.mark.parametrize(
    ("text", "thread", "told"),
    [("/nonsense x", False, "is not a valid command"), ("/call x", True, "is not supported in threads")],
)
async def test_slackbot_says_why_a_command_does_not_run(
    page: LocalSlack, session: ClientSession, text: str, thread: bool, told: str
) -> None:
    parent = page.workspace.post(Message(page.workspace.fresh_ts(), DESK, BEN, "hello"))
    await do(session, page, "say", channel=DESK, text=text, thread=parent.ts if thread else None)
    last = page.workspace.channels[DESK].messages[-1]
    assert told in last.text
    assert (last.user, last.seen_by) == ("USLACKBOT", ADA)


async def test_a_button_is_pressed_and_the_message_changes(page: LocalSlack, session: ClientSession) -> None:
    await do(session, page, "say", channel=DESK, text="/call x")
    message = page.workspace.channels[DESK].messages[-1]
    answer = await do(session, page, "click", channel=DESK, ts=message.ts, action_id="next")
    assert answer["taken"]
    await page.until(lambda: message.text == "page 2")
    assert "gone" in (await do(session, page, "click", BEN, channel=DESK, ts=message.ts, action_id="next"))["error"]


async def test_a_bot_that_is_away_is_told(page: LocalSlack, session: ClientSession) -> None:
    page.workspace.post(Message(page.workspace.fresh_ts(), DESK, BOT_USER, "x", blocks=BLOCKS))
    page.bot_url = "http://127.0.0.1:1/slack/events"
    ts = page.workspace.channels[DESK].messages[-1].ts
    answer = await do(session, page, "click", channel=DESK, ts=ts, action_id="next")
    assert (answer["taken"], answer["failure"]) == (False, "http_client_error")
    await do(session, page, "say", channel=DESK, text="/call x")
    assert "failed with the error" in page.workspace.channels[DESK].messages[-1].text


async def test_a_form_is_filled_in(page: LocalSlack, session: ClientSession) -> None:
    await do(session, page, "shortcut", callback_id="search")
    await page.until(lambda: page.workspace.views)
    view = (await state(session, page))["views"][0]
    assert view["title"] == FORM["title"]
    suggested = await do(session, page, "suggest", view=view["id"], action_id="firms", typed="Mor")
    assert suggested["options"][0]["text"]["text"] == "Mor & Co"
    assert (await do(session, page, "submit", view=view["id"], values={}))["errors"] == {"topic": "Say a topic"}
    assert (await do(session, page, "submit", BEN, view=view["id"], values={}))["error"] == "this view is gone"
    await do(session, page, "submit", view=view["id"], values={"words": "margin"})
    assert (await state(session, page))["views"] == []


async def test_changes_stream_to_whom_they_concern(page: LocalSlack, session: ClientSession) -> None:
    async with session.get(f"{page.root}events?as={BEN}") as stream:
        assert await stream.content.readline() == b": hello\n"
        await do(session, page, "say", channel=DESK, text="/call private")
        await do(session, page, "say", channel=DESK, text="hello @ben")
        lines: list[bytes] = []
        async with asyncio.timeout(5):
            while not lines or not lines[-1].startswith(b"data:"):
                lines.append(await stream.content.readline())
        told = json.loads(lines[-1].removeprefix(b"data: "))
    assert (told["kind"], told["message"]["text"]) == ("message", f"hello <@{BEN}>")


async def test_starting_over_empties_the_channels(page: LocalSlack, session: ClientSession) -> None:
    await do(session, page, "say", channel=DESK, text="hello")
    await do(session, page, "reset")
    assert (await state(session, page))["messages"][DESK] == []
    await do(session, page, "say", channel=DESK, text="/call again")
    assert page.workspace.channels[DESK].messages[-1].text == "You said again"


async def test_a_file_is_attached_and_told_to_the_bot(page: LocalSlack, session: ClientSession) -> None:
    form = FormData()
    form.add_field("file", b"Operator: Welcome.", filename="call.txt")
    async with session.post(f"{page.root}do/upload", data=form) as response:
        file = (await response.json())["file"]
    direct = page.workspace.direct(ADA)
    await do(session, page, "say", channel=direct.id, text="here", files=[file["id"]])
    assert (await state(session, page))["messages"][direct.id][0]["files"][0]["preview"] == "Operator: Welcome."


async def test_a_reply_is_sent_to_the_channel_too(page: LocalSlack, session: ClientSession) -> None:
    parent = page.workspace.post(Message(page.workspace.fresh_ts(), DESK, BEN, "hello"))
    await do(session, page, "say", channel=DESK, text="for all", thread=parent.ts, broadcast=True)
    shown = (await state(session, page))["messages"][DESK][-1]
    assert (shown["broadcast"], shown["subtype"], shown["thread_ts"]) == (True, "thread_broadcast", parent.ts)


async def test_the_bot_is_invited(page: LocalSlack, session: ClientSession) -> None:
    await do(session, page, "invite", channel="C0WATERCOO")
    assert BOT_USER in page.workspace.channels["C0WATERCOO"].members


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("hello @ada", f"hello <@{ADA}>"),
        ("see #autos-desk", f"see <#{DESK}|autos-desk>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("@channel", "<!channel>"),
        ("mail@ada.example", "mail@ada.example"),
        ("@nobody", "@nobody"),
        ("@Earshot who asked?", f"<@{BOT_USER}> who asked?"),
        ("@EARSHOT: who?", f"<@{BOT_USER}>: who?"),
        ("ask @Ben, not @ada whitcombe", f"ask <@{BEN}>, not <@{ADA}>"),
        ("@Ben Okafor's", f"<@{BEN}>'s"),
        ("@DORA VELÁSQUEZ", "<@U0DORAVEL>"),
        ("@benedict @ben-2 @Channel", "@benedict @ben-2 @Channel"),
    ],
)
def test_what_is_typed_becomes_what_slack_sends(typed: str, sent: str) -> None:
    assert wire(typed, Workspace(lambda: 0.0)) == sent


def test_a_command_names_those_it_mentions() -> None:
    assert wire("@ada <b>", Workspace(lambda: 0.0), named=True) == f"<@{ADA}|ada> &lt;b&gt;"


def test_the_offer_is_the_manifests(tmp_path: Path) -> None:
    shortcut = {"name": "Search calls", "type": "global", "callback_id": "search", "description": "Find words"}
    told = {
        "features": {
            "slash_commands": [{"command": "/call", "description": "Ask", "usage_hint": "help"}],
            "shortcuts": [shortcut],
        },
        "oauth_config": {"scopes": {"bot": ["commands"], "bot_optional": ["users:read"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    offer = read_offer(tmp_path / "manifest.json", "/calls")
    assert (offer.command, offer.hint, offer.shortcuts) == ("/calls", "help", (shortcut,))
    assert (offer.scopes, offer.events) == (("commands", "users:read"), ("app_mention",))
    assert read_offer(tmp_path / "none.json", "/call") == Offer()
