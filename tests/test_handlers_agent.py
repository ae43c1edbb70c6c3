"""Slack's agent view: prompts, a status after each message, answers that grow; and nothing of it where it isn't granted."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from bot.call import Call
from handlers.agent import MANY
from handlers.blocks.limits import broken, texts
from handlers.desk import Desk
from handlers.manifest import AGENT_SCOPES, PROMPTS
from handlers.scopes import OPTIONAL_SCOPES, SCOPES
from playground.driving import DESK
from playground.slack import LocalSlack
from playground.workspace import Message
from tests.desk import call, desk_at, served

GRANTED = frozenset({*SCOPES, *OPTIONAL_SCOPES, *AGENT_SCOPES})
STREAM = ("chat.startStream", "chat.appendStream", "chat.stopStream")
SAYING = ("chat.postMessage", "chat.update", *STREAM)


@cache
def many() -> tuple[Call, ...]:
    return tuple(call(f"quillon-{number}", quarter=number % 4 + 1, year=2020 + number) for number in range(MANY))


@pytest.fixture
async def agent() -> AsyncIterator[LocalSlack]:
    """A local Slack that granted the agent view."""
    async with LocalSlack(scopes=GRANTED) as local:
        yield local


@pytest.fixture
async def desk(agent: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A bot over many calls."""
    async with desk_at(agent, tmp_path, many()) as desk, served(agent, desk):
        yield desk


async def asked(slack: LocalSlack, desk: Desk, words: str = "quote margin", thread: str | None = None) -> list[Message]:
    """Mention the bot and return the bot's messages in the thread."""
    said = await slack.mention(words, thread=thread)
    await desk.errands.drain(5)
    return [one for one in slack.workspace.channels[DESK].thread(thread or said.message.ts) if one.bot]


async def test_the_prompts_are_offered_when_messages_are_opened(agent: LocalSlack, desk: Desk) -> None:
    await agent.open_home(tab="messages")
    await desk.errands.drain(5)
    offered = agent.called("assistant.threads.setSuggestedPrompts")[0]
    assert offered.ok
    assert [one["message"] for one in offered.arguments["prompts"]] == [message for _, message in PROMPTS]
    assert not agent.called("views.publish"), "the Home is drawn when the Home is opened"


async def test_a_status_says_what_is_done_and_is_gone_with_the_answer(agent: LocalSlack, desk: Desk) -> None:
    await asked(agent, desk)
    await agent.direct("quote margin")
    await desk.errands.drain(5)
    told = [one.arguments["status"] for one in agent.called("assistant.threads.setStatus")]
    assert told == [f"is searching {MANY} calls …", "", f"is searching {MANY} calls …", ""]
    assert agent.workspace.statuses == {}
    assert agent.refusals == []


async def test_an_answer_over_many_calls_grows_and_is_one_message(agent: LocalSlack, desk: Desk) -> None:
    (answer,) = await asked(agent, desk)
    begun, done = agent.called(*SAYING)
    assert (begun.method, done.method) == ("chat.startStream", "chat.stopStream")
    assert begun.arguments["recipient_user_id"] == "U0ADAWHIT"
    assert begun.arguments["recipient_team_id"]
    assert begun.arguments["chunks"][0]["title"] == f"Looking through {MANY} loaded calls"
    assert not answer.streaming
    assert "1. unlabelled speaker" in "".join(texts(answer.blocks))
    assert [block["title"] for block in answer.blocks if block["type"] == "task_card"] == ["Done"]
    assert broken({"text": "t", "blocks": done.arguments["blocks"]}) == []
    assert agent.refusals == []


async def test_help_does_not_grow(agent: LocalSlack, desk: Desk) -> None:
    await asked(agent, desk, "help")
    assert not agent.called(*STREAM)


async def test_an_error_completes_its_stream(agent: LocalSlack, desk: Desk) -> None:
    (answer,) = await asked(agent, desk, "quote " + "x" * 600)
    assert "ask in up to" in "".join(texts(answer.blocks))
    assert not answer.streaming


async def test_a_refused_stream_is_a_post(agent: LocalSlack, desk: Desk) -> None:
    agent.fault("chat.startStream", error="feature_not_enabled")
    (answer,) = await asked(agent, desk)
    assert "1. unlabelled speaker" in "".join(texts(answer.blocks))
    assert [one.method for one in agent.called(*SAYING)] == ["chat.postMessage"]


async def test_a_busy_stream_is_a_post_at_once(agent: LocalSlack, desk: Desk) -> None:
    agent.fault("chat.startStream", status=429, retry_after=30)
    assert len(await asked(agent, desk)) == 1
    assert [one.method for one in agent.called(*SAYING)] == ["chat.postMessage"]


@pytest.mark.parametrize("fault", [{"error": "message_not_in_streaming_state"}, {"status": 500}, {"drop": True}])
async def test_a_stream_that_expired_gets_the_answer_in_its_place(
    agent: LocalSlack, desk: Desk, fault: dict[str, object]
) -> None:
    agent.fault("chat.stopStream", **fault)  # type: ignore[arg-type]  # one of the fault's own arguments
    (answer,) = await asked(agent, desk)
    assert "1. unlabelled speaker" in "".join(texts(answer.blocks))
    assert [one.method for one in agent.called(*SAYING)] == ["chat.startStream", "chat.update"]


async def test_a_stream_that_dropped_after_it_was_taken_says_nothing_twice(agent: LocalSlack, desk: Desk) -> None:
    agent.fault("chat.stopStream", drop=True, committed=True)
    (answer,) = await asked(agent, desk)
    assert "".join(texts(answer.blocks)).count("1. unlabelled speaker") == 1


async def test_a_stream_that_was_deleted_is_answered_by_a_post(agent: LocalSlack, desk: Desk) -> None:
    agent.fault("chat.stopStream", error="message_not_found")
    agent.fault("chat.update", error="message_not_found")
    assert len(await asked(agent, desk)) == 2  # the double still shows what the fault says was deleted
    assert [one.method for one in agent.called("chat.postMessage")] == ["chat.postMessage"]


async def test_newer_blocks_that_a_stream_may_not_close_with_are_made_plain(agent: LocalSlack, desk: Desk) -> None:
    agent.unknown_blocks = {"context_actions"}
    (answer,) = await asked(agent, desk)
    assert "Not helpful" in "".join(texts(answer.blocks))
    assert "context_actions" not in {block["type"] for block in answer.blocks}


@pytest.mark.parametrize("method", ["assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts"])
@pytest.mark.parametrize("fault", [{"error": "missing_scope"}, {"status": 429}, {"drop": True}])
async def test_nothing_of_it_fails_an_answer(
    agent: LocalSlack, desk: Desk, method: str, fault: dict[str, object]
) -> None:
    agent.fault(method, times=9, **fault)  # type: ignore[arg-type]  # one of the fault's own arguments
    await agent.open_home(tab="messages")
    assert len(await asked(agent, desk)) == 1


async def test_an_event_that_is_repeated_is_answered_once(agent: LocalSlack, desk: Desk) -> None:
    said = await agent.mention("quote margin")
    event = {**said.message.payload, "type": "app_mention", "channel": DESK, "event_ts": said.message.ts}
    for retry in (1, 2, 3):
        await agent.event(event, retry=retry)
    await desk.errands.drain(5)
    assert len(agent.called("chat.startStream")) == 1


async def test_without_its_scope_there_is_nothing_of_it(tmp_path: Path) -> None:
    async with (
        LocalSlack(scopes={*SCOPES, *OPTIONAL_SCOPES}) as slack,
        desk_at(slack, tmp_path, many()) as desk,
        served(slack, desk),
    ):
        await slack.open_home(tab="messages")
        await asked(slack, desk)
        assert {one.method for one in slack.calls} == {"auth.test", "chat.postMessage"}
