"""*Details in the thread*: everything a digest tells of, posted once, whoever presses how often."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.library import Library
from handlers import delivery
from handlers.blocks.digest import render
from handlers.blocks.limits import broken, texts
from handlers.daily import compose_for
from handlers.desk import Desk
from playground.slack import LocalSlack
from playground.workspace import TEAM, Message
from tests import invented_calls
from tests.desk import desk_at, served

ADA, BEN, DESK = "U0ADAWHIT", "U0BENOKAF", "C0AUTODESK"
NEW, OTHER = invented_calls.CALLS[0], invented_calls.CALLS[2]


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_at(slack, tmp_path, (NEW, OTHER)) as desk, served(slack, desk):
        yield desk


async def posted(slack: LocalSlack, desk: Desk) -> Message:
    """Post a digest of both calls, as Slack would at its hour."""
    await desk.store.add_watch(TEAM, DESK, "cold storage", ADA)
    digest = await compose_for(desk, TEAM, DESK, desk.clock())
    await delivery.post(desk, TEAM, DESK, render(digest, "/call"))
    return slack.workspace.channel(DESK).messages[-1]


def thread(slack: LocalSlack, root: Message) -> list[Message]:
    return [one for one in slack.workspace.channel(DESK).messages if one.thread == root.ts and one.ts != root.ts]


async def test_a_press_posts_every_question_and_quote_in_the_thread_once(slack: LocalSlack, desk: Desk) -> None:
    root = await posted(slack, desk)
    assert texts(root.blocks)[-3:] == [
        "Details in the thread",
        "Questions: Voltera Motors Q3 2026",
        "Questions: Northlake Foods, Inc. Q2 2026",
    ]
    await asyncio.gather(*(slack.click(root, "details", user=user) for user in (ADA, BEN, ADA)))
    await desk.errands.drain(5)
    replies = thread(slack, root)
    said = ["".join(texts(one.blocks)) for one in replies]
    assert len(said) == 3
    assert "On freight costs, how much of the decline is structural?" in said[1]
    assert "Could you talk about tariffs and the gross margin?" in said[1]
    assert "cold storage" in said[2]
    assert "Two more cold storage sites by next summer." in said[2]
    for one in replies:
        assert broken({"text": one.text, "blocks": one.blocks}) == []
    told = [one.arguments for one in slack.called("chat.postEphemeral", "response_url")]
    assert len([one for one in told if "in the thread of this message already" in str(one)]) == 2
    assert slack.refusals == []


async def test_a_restart_remembers_that_they_are_there(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path, (NEW, OTHER)) as desk, served(slack, desk):
        root = await posted(slack, desk)
        await slack.click(root, "details")
        await desk.errands.drain(5)
    before = len(thread(slack, root))
    async with desk_at(slack, tmp_path, (NEW, OTHER)) as desk, served(slack, desk):
        await slack.click(root, "details")
        await desk.errands.drain(5)
    assert len(thread(slack, root)) == before > 0


async def test_where_slack_takes_none_another_press_tries_again(slack: LocalSlack, desk: Desk) -> None:
    root = await posted(slack, desk)
    slack.fault("chat.postMessage", error="restricted_action")
    await slack.click(root, "details")
    await desk.errands.drain(5)
    assert thread(slack, root) == []
    await slack.click(root, "details")
    await desk.errands.drain(5)
    assert len(thread(slack, root)) == 3


@pytest.mark.parametrize("how", [{"drop": True}, {"status": 503}, {"error": "internal_error"}], ids=str)
async def test_a_lost_answer_is_told_and_never_repeated(slack: LocalSlack, desk: Desk, how: dict[str, Any]) -> None:
    root = await posted(slack, desk)
    slack.fault("chat.postMessage", committed=True, **how)
    for _ in range(2):
        await slack.click(root, "details")
        await desk.errands.drain(5)
    assert len(thread(slack, root)) == 1
    first, second = [str(one.arguments) for one in slack.called("chat.postEphemeral", "response_url")]
    assert "I can't tell whether that was posted" in first
    assert "already, or on their way" in second


async def test_calls_that_have_gone_are_told(slack: LocalSlack, desk: Desk) -> None:
    root = await posted(slack, desk)
    desk.library = await Library.of(())
    await slack.click(root, "details")
    await desk.errands.drain(5)
    assert thread(slack, root) == []
    assert "no longer loaded" in str([one.arguments for one in slack.called("chat.postEphemeral", "response_url")])


async def test_a_calls_button_asks_for_its_questions_in_the_thread(slack: LocalSlack, desk: Desk) -> None:
    root = await posted(slack, desk)
    await slack.click(root, "ask:call1")
    await desk.errands.drain(5)
    (reply,) = thread(slack, root)
    assert "Priya Raman" in "".join(texts(reply.blocks))
