"""Slack's traps that no other test meets: what is raised after an acknowledgement, one library, threads, metadata.

The others stand where they bite: repeated events in test_handlers_mention, signatures and logs in test_handlers_gate,
dead response URLs in test_handlers_call, limits in test_handlers_states, dropped posts in test_handlers_actions.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.digest.digest import Digest, News
from bot.library import Library
from handlers.blocks.limits import texts
from handlers.desk import Desk
from handlers.outbox import SlackOutbox
from playground.driving import DESK
from playground.slack import LocalSlack
from tests.desk import call, desk_at, served


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack."""
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        yield desk


def words(value: object) -> str:
    return "".join(texts(value))


@pytest.mark.parametrize("seconds", [0.0, 0.002, 0.05])
async def test_what_is_raised_after_the_acknowledgement_is_told_and_takes_nothing_back(
    slack: LocalSlack, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, seconds: float
) -> None:
    async def fails(*_: object) -> None:
        await asyncio.sleep(seconds)
        raise RuntimeError("unforeseen")

    await slack.slash("quote superchargers")
    monkeypatch.setattr("handlers.delivery.pop_up", fails)
    delivered = await slack.click(slack.workspace.channel(DESK).messages[-1], "copy")
    assert (delivered.status, delivered.failure) == (200, "")
    await desk.errands.drain(5)
    (told,) = slack.called("response_url")
    assert "Something went wrong on my side" in words(told.arguments["blocks"])
    assert told.arguments["replace_original"] is False
    assert "never retrieved" not in caplog.text


async def test_a_listener_answers_from_the_library_that_is_there_now(slack: LocalSlack, desk: Desk) -> None:
    """Bolt copies what hangs on its context; the desk hangs on nothing of Bolt's."""
    assert "Quillon Motors" in words((await slack.slash("quote superchargers")).json["blocks"])
    desk.library = await Library.of((call(company="Harrow Motors"),))
    assert "Harrow Motors" in words((await slack.slash("quote superchargers")).json["blocks"])


async def test_a_thread_gets_the_same_answer_by_mention_and_shortcut(slack: LocalSlack, desk: Desk) -> None:
    """No slash command goes into a thread."""
    root = await slack.say("the call was long")
    said = await slack.say("quote superchargers", thread=root.message.ts)
    await slack.message_shortcut("find_in_calls", said.message)
    await desk.errands.drain(5)
    window = words(next(iter(slack.workspace.views.values())).body["blocks"])
    await slack.mention("quote superchargers", thread=root.message.ts)
    await desk.errands.drain(5)
    answer = slack.workspace.channel(DESK).thread(root.message.ts)[-1]
    assert answer.bot
    for told in (window, words(answer.blocks)):
        assert "Two hundred superchargers by June." in told
        assert "The margin on superchargers is thin for now." in told


async def test_a_scheduled_message_carries_no_metadata(slack: LocalSlack, desk: Desk) -> None:
    """With it Slack takes the message, and never posts it."""
    (workspace,) = await desk.workspaces.installed()
    await SlackOutbox(desk).schedule(
        workspace.tenant, DESK, Digest((News(call(), ()),)), dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    )
    (scheduled,) = slack.called("chat.scheduleMessage")
    assert scheduled.ok
    assert "metadata" not in scheduled.arguments
