"""What people may type to do harm, or by accident, through every surface: nobody is called, nothing breaks a limit."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import strategies as st

from handlers.blocks.limits import broken, parsed
from handlers.call import subcommands
from handlers.desk import Desk
from playground.driving import DESK
from playground.slack import LocalSlack
from playground.workspace import BOT_USER
from tests.canaries import given
from tests.desk import SPOKEN, call, desk_at, served
from tests.sampling import sampled
from tests.states import handed

TYPED = [
    "<!channel> margin",
    "<!here|here> <!everyone> margin",
    "<@U0ADAWHIT> margin",
    "<#C0AUTODESK|autos-desk> margin",
    "<https://evil.example|margin>",
    "&lt;!channel&gt; margin",
    "*margin* _margin_ ~margin~ `margin` ```margin```",
    "> margin",
    "margin " * 60,
    "margin" * 8_000,
    "\u202emargin\u202c",
    "هامش margin",
    "👩‍👩‍👧‍👦 margin 🎉",
    'margin "',
    "margin \\",
    'quote "<!channel>"',
    "help <!channel>",
    "digest <!channel>",
    "export <!channel>",
    '{"q":"margin"}',
    "margin\x00\x1b[31m",
]


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A bot over a call whose every name and word is hostile, too."""
    bad = "<!channel> *x* <https://evil.example|margin> &amp; `margin` @here margin"
    rows = [(row[0] and f"{row[0]} <!here>", row[1], bad, bad, row[4], row[5], f"{row[6]} {bad}") for row in SPOKEN]
    hostile = call(rows=rows, company="<!channel> & Co", id_="quillon <!here>")
    async with desk_at(slack, tmp_path, (hostile,)) as desk, served(slack, desk):
        yield desk


@pytest.mark.parametrize("each", [3, pytest.param(1, marks=pytest.mark.thorough)])
async def test_every_surface(slack: LocalSlack, desk: Desk, each: int) -> None:
    for number, typed in [*enumerate(TYPED)][::each]:
        before = len(slack.calls)
        delivered = await slack.slash(typed)
        assert delivered.status == 200, typed
        message = slack.workspace.channel("C0AUTODESK").messages[-1]
        offered = [
            one["action_id"] for block in message.blocks for one in block.get("elements", []) if "action_id" in one
        ]
        for action in dict.fromkeys(offered) if number in (0, 6, 9) else ():
            there = any(one.get("action_id") == action for block in message.blocks for one in block.get("elements", []))
            if there and not action.startswith("ask"):
                assert (await slack.click(message, action)).status == 200, (typed, action)
        await slack.say(f"<@{BOT_USER}> {typed}")
        await slack.direct(typed)
        said = await slack.say(typed)
        await slack.message_shortcut("find_in_calls", said.message)
        await desk.errands.drain(20)
        for one in slack.calls[before:]:
            payload = one.arguments.get("view") or one.arguments
            if "blocks" in payload:
                assert broken(payload) == [], (typed, one.method)
                assert not any("<" in text for text in parsed(payload)), (typed, one.method)
            assert one.ok, (typed, one.method, one.answer)
    assert [message.text for message in slack.shouts if message.user == BOT_USER] == []


MARKS = (
    *("<!channel>", "<!here|here>", "<@U0ADAWHIT>", "<#C0AUTODESK|x>", "<https://evil.example|margin>", "@everyone"),
    *("&lt;!channel&gt;", "*", "_", "~", "`", "```", "> ", '"', "\\", "\n", "=", ",", ":", "NEAR/3", "-", "(", "{}"),
    *("\u202e", "\u202c", "هامش", "👩‍👩‍👧‍👦", ":tada:", "a\u0301" * 300, "margin " * 90, "x" * 3_000, "\x00", "\ufeff"),
)
HARM = st.lists(
    st.one_of(
        st.sampled_from(MARKS), st.sampled_from(["margin", "superchargers", "who asked about"]), st.text(max_size=30)
    ),
    min_size=3,
    max_size=8,
).map("".join)


@sampled(2, 60, HARM, HARM)
def test_whatever_is_typed_or_said_is_harmless_on_every_surface(typed: str, said: str) -> None:
    """Any words, typed at every surface and to every sub-command, over a call whose every name and word is any words."""
    rows = [
        (row[0] and f"{row[0]} {said[:40]}", row[1], said, said, row[4], row[5], f"{row[6]} {said}") for row in SPOKEN
    ]
    spoken = call(rows=rows, company=f"Co {said[:60]}", id_=f"quillon {said[:60]}")

    async def walk() -> None:
        async with LocalSlack() as slack:
            with TemporaryDirectory() as folder:
                async with desk_at(slack, Path(folder), (spoken,)) as desk, served(slack, desk):
                    await everywhere(slack, desk, typed)

    asyncio.run(walk())


async def everywhere(slack: LocalSlack, desk: Desk, typed: str) -> None:
    """Type some words at every surface, and hold whatever the bot sends for them to Slack's limits and manners."""
    for lead in ("", "quote margin ", "synonym gm = ", "alias boss = ", *(f"{name} " for name in subcommands())):
        assert (await slack.slash(f"{lead}{typed}")).status == 200, lead
    await slack.say(f"<@{BOT_USER}> {typed}", channel=DESK)
    await slack.direct(typed)
    heard = await slack.say(typed, channel=DESK)
    await slack.message_shortcut("find_in_calls", heard.message)
    await slack.shortcut("search_calls")
    await desk.errands.drain(20)
    for view in [view for view in slack.workspace.views.values() if view.body.get("callback_id") == "search"]:
        for field in ("company", "speaker", "firm", "period"):
            await slack.suggest(view, f"pick:{field}", typed[:200])
        await slack.submit(view, {"words": typed})
    name = f"{typed[:100]}.txt"
    await slack.say(f"<@{BOT_USER}> {typed}", channel=DESK, files=[handed(slack, name, given("T1", "C1"))])
    await slack.open_home()
    await desk.errands.drain(20)
    for one in slack.calls:
        payload = one.arguments.get("view") or one.arguments
        if "blocks" in payload:
            assert broken(payload) == [], one.method
            assert not any("<" in text for text in parsed(payload)), one.method
    assert [(one.method, one.answer) for one in slack.refusals] == []
    assert [message.text for message in slack.shouts if message.user == BOT_USER] == []
