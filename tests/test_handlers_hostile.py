"""What people may type to do harm, or by accident, through every surface: nobody is called, nothing breaks a limit."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.blocks.limits import broken, parsed
from handlers.desk import Desk
from playground.slack import LocalSlack
from playground.workspace import BOT_USER
from tests.desk import SPOKEN, call, desk_at, served

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


async def test_every_surface(slack: LocalSlack, desk: Desk) -> None:
    for number, typed in enumerate(TYPED):
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
