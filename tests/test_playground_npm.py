"""The bot and its double before three independent judges from npm.

What the bot sends must be what `@slack/types` calls a block; what the page draws of a message must read as what
`slack-blocks-to-jsx` draws of it; and the double must refuse what `emulate`, another local Slack, refuses, with the same
error, while the real bot's calls reach that one too. npm's packages live outside the repository (EARSHOT_NPM names
another folder).
"""

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, web
from aiohttp.typedefs import Handler
from cryptography.fernet import Fernet
from playwright.async_api import Browser as Chromium
from playwright.async_api import async_playwright
from yarl import URL

from bot.config import Settings
from handlers import delivery
from handlers.asked import Asked
from handlers.blocks.sentences import sentences
from handlers.call import answer
from handlers.folders import fill
from handlers.home import publish
from handlers.place import Place
from handlers.serve import desk_for
from handlers.server import build
from handlers.shortcuts import shortcuts
from playground.browser import Browser
from playground.driving import ADA, DESK
from playground.offer import Offer
from playground.run import opened
from playground.slack import LocalSlack
from playground.workspace import BOT, BOT_USER, Message
from tests.states import State
from tests.test_handlers_states import states
from tests.test_playground_page import NAMES

pytestmark = [pytest.mark.npm, pytest.mark.browser]

PACKAGES = {
    "@slack/types": "3.2.0",
    "emulate": "0.12.2",
    "esbuild": "0.28.2",
    "node": "24.21.0",
    "react": "18.3.1",
    "react-dom": "18.3.1",
    "slack-blocks-to-jsx": "1.1.1",
    "typescript": "7.0.2",
}
DRAWING = """
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { Message } from 'slack-blocks-to-jsx';
import 'slack-blocks-to-jsx/dist/style.css';
window.drawAll = (all, data) => {
  const root = createRoot(document.getElementById('root'));
  flushSync(() => root.render(all.map((blocks, n) => <div key={n} className="one">
    <Message blocks={blocks} name="Earshot" logo="data:," time={new Date(0)} data={data} theme="light" /></div>)));
};
"""
QUESTIONS = (
    "who asked about superchargers",
    "quote margin",
    "help",
    "calls",
    "quote zyzzyva",
    "compare capex",
    "how often was theft mentioned",
    "status",
    "digest status",
    "",
    "*bold* _it_ <!channel> & `code` > x",
    "quote margin by nobody-at-all",
)
# Left out is what the other renderer gets wrong: marks inside words (2*3*4), alone (a * b), or inside code.
MARKED = (
    "*bold* _it_ ~no~ `code` plain",
    "*_both_* and more",
    "`raw_text` &lt;b&gt; &amp;amp;",
    "one\n&gt; said *so*\ntwo",
    "<https://a.example|here> and <https://b.example>",
    "*a*, (*b*) *d*.",
    "see <@U0ADAWHIT>, :eyes: and <!here>",
)


MARKDOWN = """## Figures
Some **bold**, *italic*, ~~gone~~, `code` and [a link](https://a.example).

- one
- two

1. first
2. second

> quoted **words**

| Name | Firm |
|---|---|
| Ada | Harbour |
"""


def said(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


RICH: list[dict[str, Any]] = [
    section(said("plain "), said("bold", bold=True), said(" and "), said("both", bold=True, italic=True)),
    {"type": "rich_text_list", "style": "bullet", "elements": [section(said("one")), section(said("two", code=True))]},
    {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [section(said("nested"))]},
    {"type": "rich_text_quote", "elements": [said("We are not going to say.")]},
    {"type": "rich_text_preformatted", "elements": [said("line 88\nline 89")]},
]
CELLS = [[{"type": "raw_text", "text": text} for text in row] for row in (("Quarter", "Margin"), ("Q1", "15.9 %"))]
FURTHER: tuple[dict[str, Any], ...] = (
    {"type": "rich_text", "elements": RICH},
    {"type": "markdown", "text": MARKDOWN},
    {"type": "table", "rows": CELLS},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "source: *line 88* · Q&amp;A"}]},
    {
        "type": "section",
        "fields": [{"type": "mrkdwn", "text": "*Company*\nBrindle"}, {"type": "plain_text", "text": "x"}],
    },
)


@pytest.fixture(scope="session")
def peers() -> Path:
    """A folder with npm's packages and the other renderer bundled; skips where npm can't bring them."""
    npm, npx = shutil.which("npm"), shutil.which("npx")
    if npm is None or npx is None:
        pytest.skip("no npm on this machine: Slack's types and the other renderer were not asked")
    folder = Path(os.environ.get("EARSHOT_NPM") or Path(tempfile.gettempdir()) / "earshot-npm")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = json.dumps({"private": True, "type": "module", "dependencies": PACKAGES})
    card = folder / "package.json"
    if not card.exists() or card.read_text() != wanted or not (folder / "out.js").exists():
        card.write_text(wanted)
        brought = subprocess.run(
            [npm, "install", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, check=False
        )
        if brought.returncode:
            card.unlink()
            pytest.skip("npm could not bring its packages: Slack's types and the other renderer were not asked")
        (folder / "main.jsx").write_text(DRAWING)
        bundle = (
            '--bundle --outfile=out.js --jsx=automatic --define:process.env.NODE_ENV="production" --log-level=error'
        )
        subprocess.run([npx, "esbuild", "main.jsx", *bundle.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
async def chromium() -> AsyncIterator[Chromium]:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: the two drawings were not compared")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        await browser.close()


def pressable(blocks: list[dict[str, Any]], text: str) -> tuple[str, str]:
    """Return block_id and action_id of the first button whose text begins with `text`."""
    return next(
        (block["block_id"], element["action_id"])
        for block in blocks
        for element in block.get("elements", [])
        if element["type"] == "button" and element["text"]["text"].startswith(text)
    )


def changed_from(message: Message, before: list[dict[str, Any]]) -> Callable[[], bool]:
    return lambda: message.blocks is not before


@pytest.fixture
async def answered(tmp_path: Path) -> list[list[dict[str, Any]]]:
    """The blocks the real bot answers with, over the sample calls."""
    async with opened(Settings(home=tmp_path / "home")) as playground:
        slack = playground.slack
        for question in QUESTIONS:
            await slack.slash(question)
        said = await slack.mention("who asked about superchargers")
        thread = slack.workspace.channels[DESK].thread
        await slack.until(lambda: [one.streaming for one in thread(said.message.ts)] == [False, False])
        first = next(message for message in slack.workspace.channels[DESK].messages if message.blocks)
        for text in ("Answer", "Context", "Next"):
            before = first.blocks
            block_id, action_id = pressable(before, text)
            await slack.click(first, action_id, block_id=block_id)
            await slack.until(changed_from(first, before))
        assert slack.refusals == []
        return [message.blocks for message in slack.workspace.channels[DESK].messages if message.blocks]


UNTYPED = {"data_visualization"}  # @slack/types 3.2.0 has no type for a chart


@pytest.fixture(scope="session")
def walked() -> list[State]:
    """Every state of every surface, each look of it once."""
    found = {json.dumps(state.blocks): state for state in states()[0]}
    return list(found.values())


def test_every_state_is_what_slacks_types_call_blocks(
    peers: Path, answered: list[list[dict[str, Any]]], walked: list[State]
) -> None:
    """Messages as they come back (with ids), and all messages and views as they are sent."""
    sent = [
        [block for block in state.blocks if block["type"] not in UNTYPED]
        for state in walked
        if state.surface == "message"
    ]
    views = [state.payload for state in walked if state.surface != "message"]
    assert len(sent) > 80
    assert {view["type"] for view in views} == {"modal", "home"}
    source = (
        "import type { KnownBlock, View } from '@slack/types';\n"
        f"export const all: KnownBlock[][] = {json.dumps([*answered, *sent], ensure_ascii=True)};\n"
        f"export const views: View[] = {json.dumps(views, ensure_ascii=True)};\n"
    )
    (peers / "blocks.ts").write_text(source)
    options = "--noEmit --strict --skipLibCheck --moduleResolution bundler --module esnext --ignoreConfig blocks.ts"
    npx = shutil.which("npx") or "npx"
    judged = subprocess.run([npx, "tsc", *options.split()], cwd=peers, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout[:2000]


def test_slacks_types_would_notice(peers: Path) -> None:
    wrong = [[{"type": "section", "text": {"type": "markdwn", "text": "x"}}]]
    source = (
        f"import type {{ KnownBlock }} from '@slack/types';\nexport const all: KnownBlock[][] = {json.dumps(wrong)};\n"
    )
    (peers / "wrong.ts").write_text(source)
    options = "--noEmit --strict --skipLibCheck --moduleResolution bundler --module esnext --ignoreConfig wrong.ts"
    npx = shutil.which("npx") or "npx"
    judged = subprocess.run([npx, "tsc", *options.split()], cwd=peers, capture_output=True, text=True, check=False)
    assert judged.returncode != 0


READ = """one => {
  const runs = { text: one.innerText, bold: '', slanted: '', struck: '', mono: '' };
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const style = getComputedStyle(node.parentElement);
    if (node.parentElement.closest('button, h1, h2, h3, h4, h5, h6') || style.visibility === 'hidden') continue;
    if (Number(style.fontWeight) >= 600) runs.bold += node.data;
    if (style.fontStyle === 'italic') runs.slanted += node.data;
    if (node.parentElement.closest('s, del') || style.textDecorationLine.includes('line-through')) runs.struck += node.data;
    if (/mono|menlo|consolas/i.test(style.fontFamily)) runs.mono += node.data;
  }
  return runs;
}"""


async def drawn_here(chromium: Chromium, all_blocks: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return what the page shows of each message."""
    slack = LocalSlack()
    Browser(slack, Offer()).mount(slack.app)
    async with slack:
        for blocks in all_blocks:
            slack.workspace.post(Message(slack.workspace.fresh_ts(), DESK, BOT_USER, "x", blocks, bot=BOT))
        page = await chromium.new_page(viewport={"width": 1300, "height": 900})
        await page.goto(f"{slack.root}?as={ADA}")
        await page.wait_for_selector("body[data-ready]")
        earlier = page.get_by_role("button", name="Show earlier messages")
        while await earlier.count():
            await earlier.click()
        shown = await page.locator("#list .msg-body").all()
        return [await one.evaluate(READ) for one in shown]


async def drawn_there(chromium: Chromium, peers: Path, all_blocks: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return what the other renderer shows of each message, without the name, badge and time above it."""
    page = await chromium.new_page(viewport={"width": 1300, "height": 900})
    await page.set_content("<div id=root></div>")
    await page.add_style_tag(path=peers / "out.css")
    await page.add_script_tag(path=peers / "out.js")
    users = [{"id": ADA, "name": "ada"}]
    await page.evaluate("([all, users]) => drawAll(all, {users, channels: [], user_groups: []})", [all_blocks, users])
    shown = await page.locator(".one").all()
    return [await one.evaluate(READ) for one in shown]


STYLES = ("text", "bold", "slanted", "struck", "mono")


def words(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"^Earshot\s+APP\s+[\d:]+(?:\s*[AP]M)?\s", "", text))


async def test_the_page_reads_as_the_other_renderer_does(
    chromium: Chromium, peers: Path, answered: list[list[dict[str, Any]]]
) -> None:
    marked = [[{"type": "section", "text": {"type": "mrkdwn", "text": text}}] for text in MARKED]
    messages = [*answered, *marked, *([block] for block in FURTHER)]
    ours, theirs = await drawn_here(chromium, messages), await drawn_there(chromium, peers, messages)
    assert len(ours) == len(theirs) == len(messages)
    for mine, other in zip(ours, theirs, strict=True):
        there = {style: re.sub("^(Earshot)?(APP)?", "", words(other[style])) for style in STYLES}
        assert {style: words(mine[style]) for style in STYLES} == {**there, "text": words(other["text"])}


UNDRAWN = {"data_table", "data_visualization"}  # slack-blocks-to-jsx 1.1.1 draws neither as we send them


async def test_every_message_of_every_state_reads_alike_in_both(
    chromium: Chromium, peers: Path, walked: list[State]
) -> None:
    """Every message there is, as the page and as the other renderer draw it."""
    told = [
        [block for block in one.blocks if block["type"] not in UNDRAWN] for one in walked if one.surface == "message"
    ]
    messages = [blocks for blocks in told if blocks]
    ours, theirs = await drawn_here(chromium, messages), await drawn_there(chromium, peers, messages)
    assert len(ours) == len(theirs) == len(messages) > 80
    wrong = []
    for blocks, mine, other in zip(messages, ours, theirs, strict=True):
        there = {style: re.sub("^(Earshot)?(APP)?", "", words(other[style])) for style in STYLES}
        there["text"] = words(other["text"])
        here = {style: words(mine[style]) for style in STYLES}
        wrong += [(style, here[style], there[style], blocks) for style in STYLES if here[style] != there[style]]
    assert [(style, here, there) for style, here, there, _ in wrong] == []


# --- another local Slack ------------------------------------------------------------------------------------------


@pytest.fixture
async def emulated(peers: Path) -> AsyncIterator[str]:
    """The base of emulate's Web API, which runs while the test does."""
    port = free_port()
    script = peers / "node_modules" / "emulate" / "dist" / "index.js"
    async with running(peers, str(script), "start", "-s", "slack", "-p", str(port)):
        yield f"http://127.0.0.1:{port}/api/"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@asynccontextmanager
async def running(peers: Path, *script: str) -> AsyncIterator[None]:
    """Run a script of node's until the end; it has said that it is ready."""
    node = peers / "node_modules" / "node" / "bin" / "node"
    process = await asyncio.create_subprocess_exec(str(node), *script, cwd=peers, stdout=PIPE, stderr=PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(30):
        while b"Ready" not in await process.stdout.readline():
            assert process.returncode is None
    yield
    process.terminate()
    await process.communicate()


SIGNING = """
import { readdirSync, readFileSync } from 'node:fs';
import { createEmulator } from 'emulate';
const [port, url, secret] = process.argv.slice(2);
const folder = new URL('./node_modules/emulate/dist/', import.meta.url);
const file = readdirSync(folder).find((name) =>
  /^dist-.*\\.js$/.test(name) && readFileSync(new URL(name, folder), 'utf8').includes('var slackPlugin'));
const { slackPlugin } = await import(new URL(file, folder));
const register = slackPlugin.register;
let hooks;
slackPlugin.register = function (app, store, webhooks, ...rest) {
  hooks = webhooks;  // it signs what happens and sends it to those who asked, but offers no way to ask
  return register.call(this, app, store, webhooks, ...rest);
};
await createEmulator({ service: 'slack', port: Number(port), seed: { slack: {
  users: [{ name: 'ada' }, { name: 'earshot' }],
  tokens: [{ token: 'xoxp-ada', user: 'ada' }, { token: 'xoxb-earshot', user: 'earshot' }],
  signing_secret: secret,
} } });
hooks.register({ url, events: ['*'], active: true, owner: 'slack' });
console.log('Ready');
"""


async def call(session: ClientSession, base: str, method: str, arguments: dict[str, Any], token: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with session.post(base + method, json=arguments, headers=headers) as response:
        answer: dict[str, Any] = await response.json()
        return answer


REFUSED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("chat.postMessage", {"channel": "C0NOWHERE0", "text": "x"}),
    ("chat.postMessage", {"channel": "HERE"}),
    ("chat.update", {"channel": "HERE", "ts": "1.2", "text": "x"}),
    ("chat.delete", {"channel": "HERE", "ts": "1.2"}),
    ("chat.getPermalink", {"channel": "HERE", "message_ts": "1.2"}),
    ("reactions.add", {"channel": "HERE", "timestamp": "1.2", "name": "eyes"}),
    ("users.info", {"user": "U0NOBODY00"}),
    ("conversations.info", {"channel": "C0NOWHERE0"}),
    ("files.info", {"file": "F0"}),
    (
        "views.open",
        {"trigger_id": "x", "view": {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}},
    ),
)


async def test_the_double_refuses_what_another_slack_refuses(emulated: str, slack: LocalSlack) -> None:
    async with ClientSession() as session:
        for method, arguments in REFUSED:
            here = {name: DESK if value == "HERE" else value for name, value in arguments.items()}
            there = {name: "C000000001" if value == "HERE" else value for name, value in arguments.items()}
            mine = await call(session, slack.url, method, here, slack.bot_token)
            theirs = await call(session, emulated, method, there, "xoxb-any")
            assert (mine["ok"], mine["error"]) == (theirs["ok"], theirs["error"]), method
        mine = await call(session, slack.url, "auth.test", {}, "")
        assert mine == await call(session, emulated, "auth.test", {}, "")


async def test_the_real_bot_answers_into_another_slack(emulated: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        driver = await stack.enter_async_context(LocalSlack())
        settings = Settings(
            home=tmp_path / "home", bot_token="xoxb-any", signing_secret=driver.signing_secret, api_url=emulated
        )
        desk = await stack.enter_async_context(desk_for(settings))
        await fill(desk, (Path(__file__).parent.parent / "playground" / "calls",))
        runner = web.AppRunner(build(desk))
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        driver.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        known = await call(session, emulated, "auth.test", {}, "xoxb-any")
        asked = await call(session, emulated, "chat.postMessage", {"channel": "C000000001", "text": "ask"}, "xoxb-any")
        event = {
            "type": "app_mention",
            "user": ADA,  # the token is U000000001, and nobody answers themselves
            "text": f"<@{known['user_id']}> who asked about superchargers",
            "channel": "C000000001",
            "ts": asked["ts"],
            "event_ts": asked["ts"],
        }
        body = {
            "type": "event_callback",
            "team_id": known["team_id"],
            "api_app_id": "A1",
            "event": event,
            "event_id": "Ev1",
        }
        authorizations = [{"team_id": known["team_id"], "user_id": known["user_id"], "is_bot": True}]
        told = json.dumps({**body, "event_time": 1, "authorizations": authorizations}).encode()
        assert (await driver.raw(told, {"Content-Type": "application/json"})).ok
        replies: list[dict[str, Any]] = []
        async with asyncio.timeout(10):
            while len(replies) < 2:  # another process tells nobody
                await asyncio.sleep(0.1)
                where = {"channel": "C000000001", "ts": asked["ts"]}
                replies = (await call(session, emulated, "conversations.replies", where, "xoxb-any"))["messages"]
    assert "superchargers" in json.dumps(replies[1])
    assert replies[1]["thread_ts"] == asked["ts"]


async def test_windows_and_edits_of_the_real_bot_are_another_slacks_too(emulated: str, tmp_path: Path) -> None:
    """Windows, the Home and an edited message: what the bot sends there is taken by another Slack."""
    channel = "C000000001"
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        settings = Settings(home=tmp_path / "home", bot_token="xoxb-any", signing_secret="s", api_url=emulated)
        desk = await stack.enter_async_context(desk_for(settings))
        await fill(desk, (Path(__file__).parent.parent / "playground" / "calls",))
        (workspace,) = await desk.workspaces.installed()
        users = (await call(session, emulated, "users.list", {}, "xoxb-any"))["members"]
        user = next(one["id"] for one in users if not one.get("is_bot"))
        trigger = await call(session, emulated, "views.generateTriggerId", {"user_id": user}, "xoxb-any")
        asked = Asked("superchargers", workspace.tenant, channel, user, trigger=trigger["trigger_id"])
        await shortcuts()["find_in_calls"].run(asked, desk)
        await publish(desk, Place(workspace.tenant, channel), user)
        message = (await answer(asked, desk)).message
        ts = await delivery.post(desk, workspace.tenant, channel, message)
        edited = (await answer(replace(asked, words="quote margin"), desk)).message
        await delivery.replace(desk, workspace.tenant, channel, ts, edited)
        where = {"channel": channel, "ts": ts}
        replies = (await call(session, emulated, "conversations.replies", where, "xoxb-any"))["messages"]
    assert "margin" in json.dumps(replies[0]["blocks"])
    assert "who asked" not in replies[0]["text"]


async def test_a_workspace_installs_the_app_from_another_slack(emulated: str, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession(cookie_jar=CookieJar(unsafe=True)))
        settings = Settings(
            home=tmp_path / "home",
            signing_secret="s",
            api_url=emulated,
            client_id="1.2",
            client_secret="c",
            keys=(Fernet.generate_key().decode(),),
        )
        desk = await stack.enter_async_context(desk_for(settings))
        runner = web.AppRunner(build(desk))
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        bot = f"http://127.0.0.1:{runner.addresses[0][1]}"
        begun = await session.get(f"{bot}/slack/install", allow_redirects=False)
        page = await session.get(begun.headers["Location"])
        user = re.search(r'name="user_id" value="(U\w+)"', await page.text())
        assert user is not None, "the page offers people to sign in as"
        given = {
            **URL(begun.headers["Location"]).query,
            "user_id": user[1],
            "redirect_uri": f"{bot}/slack/oauth_redirect",
        }
        done = await session.post(f"{emulated.removesuffix('/api/')}/oauth/v2/authorize/callback", data=given)
        assert "Earshot is installed" in await done.text()
        (workspace,) = await desk.workspaces.installed()
        assert await delivery.post(desk, workspace.tenant, "C000000001", sentences("Hello."))


@pytest.mark.parametrize(("secret", "answers"), [("s3cret", 1), ("another", 0)])
async def test_what_another_slack_signs_is_answered_once(
    peers: Path, tmp_path: Path, secret: str, answers: int
) -> None:
    """It tells the bot of every message, its own answer among them; what is signed with another secret is nothing."""
    slacks, bots = free_port(), free_port()
    base = f"http://127.0.0.1:{slacks}/api/"
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        script = peers / "signing.mjs"
        script.write_text(SIGNING)
        events = f"http://127.0.0.1:{bots}/slack/events"
        await stack.enter_async_context(running(peers, str(script), str(slacks), events, secret))
        settings = Settings(home=tmp_path / "home", bot_token="xoxb-earshot", signing_secret="s3cret", api_url=base)
        desk = await stack.enter_async_context(desk_for(settings))
        await fill(desk, (Path(__file__).parent.parent / "playground" / "calls",))
        told: list[int] = []

        @web.middleware
        async def heard(request: web.Request, handler: Handler) -> web.StreamResponse:
            response = await handler(request)
            told.append(response.status)
            return response

        app = build(desk)
        app.middlewares.insert(0, heard)
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", bots).start()
        earshot = (await call(session, base, "auth.test", {}, "xoxb-earshot"))["user_id"]
        opened = await call(session, base, "conversations.open", {"users": earshot}, "xoxp-ada")
        where = {"channel": opened["channel"]["id"]}
        asked = await call(session, base, "chat.postMessage", where | {"text": "quote superchargers"}, "xoxp-ada")
        expected = 1 + 2 * answers  # the opened conversation, the question, the answer
        said: list[dict[str, Any]] = []
        async with asyncio.timeout(10):
            while len(said) < 1 + answers or len(told) < expected:
                await asyncio.sleep(0.1)
                said = (await call(session, base, "conversations.history", where, "xoxp-ada"))["messages"]
        await desk.errands.drain(5)
        said = (await call(session, base, "conversations.history", where, "xoxp-ada"))["messages"]
    assert len(said) == 1 + answers
    assert [each["user"] for each in said if each["ts"] != asked["ts"]] == [earshot] * answers
    assert all("superchargers" in json.dumps(each) for each in said)
    assert set(told) == ({200} if answers else {401})
