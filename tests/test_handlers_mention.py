"""Mentions and direct messages: answered once, in their thread, with the thread's memory."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from handlers.asked import Surface
from handlers.blocks.limits import broken, texts
from handlers.desk import Desk
from handlers.mention import said_of
from handlers.ticket import Ticket
from playground.given import Recorded
from playground.slack import LocalSlack
from playground.workspace import BOT_USER
from tests.desk import connected, desk_at, served
from tests.invented_calls import CALLS


@pytest.fixture
async def desk(slack: LocalSlack, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot is served to the local Slack."""
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        yield desk


def words(payload: object) -> str:
    return "".join(texts(payload))


async def posts(slack: LocalSlack, desk: Desk) -> list[Recorded]:
    await desk.errands.drain(5)
    sent = slack.called("chat.postMessage")
    assert all(one.ok and broken(one.arguments) == [] for one in sent)
    return sent


async def test_a_mention_is_answered_in_its_thread(slack: LocalSlack, desk: Desk) -> None:
    said = await slack.mention("quote superchargers")
    assert [one.status for one in said.delivered] == [200]
    [sent] = await posts(slack, desk)
    assert sent.arguments["thread_ts"] == said.message.ts
    assert "Two hundred superchargers by June." in words(sent.arguments["blocks"])
    assert sent.arguments["unfurl_links"] is False
    assert "'share'" not in str(sent.arguments["blocks"])  # it is public already


async def test_a_follow_up_keeps_the_topic(slack: LocalSlack, desk: Desk) -> None:
    said = await slack.mention("margin")
    await posts(slack, desk)
    await slack.mention("more", thread=said.message.ts)
    _first, second = await posts(slack, desk)
    assert second.arguments["thread_ts"] == said.message.ts
    assert "4. " in words(second.arguments["blocks"])


async def test_the_memory_is_kept_over_a_restart(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        said = await slack.mention("margin")
        await posts(slack, desk)
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        await slack.mention("more", thread=said.message.ts)
        sent = await posts(slack, desk)
    assert "4. " in words(sent[-1].arguments["blocks"])


REFUSALS = [
    ({"error": "restricted_action_thread_locked"}, "This thread is locked"),
    ({"error": "msg_too_long"}, "too long"),
    ({"error": "rate_limited"}, "try again in a minute"),
    ({"status": 502}, "I can't tell whether that was posted"),
    ({"drop": True}, "I can't tell whether that was posted"),
]


@pytest.mark.parametrize(("how", "told"), REFUSALS, ids=str)
@pytest.mark.parametrize("direct", [False, True], ids=["channel", "direct"])
async def test_where_slack_does_not_take_the_answer_the_person_is_told(
    slack: LocalSlack, desk: Desk, how: dict[str, Any], told: str, direct: bool
) -> None:
    slack.fault("chat.postMessage", **how)
    await (slack.direct if direct else slack.mention)("quote superchargers")
    await desk.errands.drain(5)
    (whispered,) = slack.called("chat.postEphemeral")
    assert whispered.arguments["user"] == "U0ADAWHIT"
    assert told in words(whispered.arguments["blocks"])
    assert slack.called("chat.postMessage") == []


async def test_where_nothing_can_be_whispered_either_it_is_told_in_direct_messages(
    slack: LocalSlack, desk: Desk
) -> None:
    slack.fault("chat.postMessage", error="not_in_channel")
    slack.fault("chat.postEphemeral", error="not_in_channel")
    await slack.mention("quote superchargers")
    [sent] = await posts(slack, desk)
    assert sent.arguments["channel"] == "U0ADAWHIT"
    assert "/invite @earshot" in words(sent.arguments["blocks"])


async def test_an_answer_is_posted_though_its_thread_cant_be_kept(
    slack: LocalSlack, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(tmp_path / "earshot.db")) as own, own:
        own.execute("CREATE TRIGGER full BEFORE INSERT ON thread BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    await slack.mention("quote superchargers")
    [sent] = await posts(slack, desk)
    assert "Two hundred superchargers by June." in words(sent.arguments["blocks"])
    assert "a thread's question could not be kept" in caplog.text
    assert "superchargers" not in caplog.text


async def test_another_thread_remembers_nothing(slack: LocalSlack, desk: Desk) -> None:
    await slack.mention("margin")
    await posts(slack, desk)
    await slack.mention("more")
    sent = await posts(slack, desk)
    assert "4. " not in words(sent[-1].arguments["blocks"])


async def test_a_direct_message_is_answered_without_a_mention(slack: LocalSlack, desk: Desk) -> None:
    said = await slack.direct("margin")
    [sent] = await posts(slack, desk)
    assert sent.arguments["channel"] == said.message.channel
    assert "thread_ts" not in sent.arguments
    await slack.direct("more")
    sent = (await posts(slack, desk))[-1]
    assert "4. " in words(sent.arguments["blocks"])


async def test_a_reply_that_also_goes_to_the_conversation_is_answered_in_its_thread(
    slack: LocalSlack, desk: Desk
) -> None:
    place = slack.workspace.direct("U0ADAWHIT").id
    root = (await slack.direct("thanks")).message.ts
    await posts(slack, desk)
    await slack.say("quote superchargers", channel=place, thread=root, broadcast=True)
    sent = (await posts(slack, desk))[-1]
    assert sent.arguments["thread_ts"] == root
    assert "Two hundred superchargers by June." in words(sent.arguments["blocks"])


async def test_what_a_person_says_of_themselves_is_a_question_too(slack: LocalSlack, desk: Desk) -> None:
    """`/me quote superchargers`, in a direct message; in a channel it is nothing to us."""
    ts = (await slack.say("hello")).message.ts
    event = {"type": "message", "subtype": "me_message", "user": "U0ADAWHIT", "text": "quote superchargers", "ts": ts}
    await slack.event(event | {"channel": "C0AUTODESK", "channel_type": "channel"})
    assert await posts(slack, desk) == []
    await slack.event(event | {"channel": slack.workspace.direct("U0ADAWHIT").id})
    [sent] = await posts(slack, desk)
    assert "Two hundred superchargers by June." in words(sent.arguments["blocks"])


async def test_help_is_the_commands_own_and_forgets_nothing(slack: LocalSlack, desk: Desk) -> None:
    await slack.direct("margin")
    await posts(slack, desk)
    await slack.direct("hello")
    helped = words((await posts(slack, desk))[-1].arguments["blocks"])
    assert "Ask earnings calls for the exact words that were said." in helped
    assert "`" not in helped
    await slack.direct("more")
    assert "4. " in words((await posts(slack, desk))[-1].arguments["blocks"])


async def test_more_ends_where_there_is_no_more_and_previous_goes_back(slack: LocalSlack, desk: Desk) -> None:
    for said in ("quote margin by the CFO", "more"):
        await slack.direct(said)
        last = words((await posts(slack, desk))[-1].arguments["blocks"])
    assert "That's everything." in last
    for said in ("margin", "more", "previous"):
        await slack.direct(said)
        last = words((await posts(slack, desk))[-1].arguments["blocks"])
    assert "1. " in last


async def test_a_follow_up_that_may_mean_several_offers_each_in_the_thread(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path, CALLS) as desk, served(slack, desk):
        said = await slack.mention("who asked about freight at northlake")
        await posts(slack, desk)
        await slack.mention("and john?", thread=said.message.ts)
        blocks = (await posts(slack, desk))[-1].arguments["blocks"]
    assert "Which ‹john› do you mean?" in words(blocks)
    buttons = [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    assert [each["text"]["text"] for each in buttons] == ["John Lindqvist", "John Okafor"]
    asked = [Ticket.decode(each["value"]) for each in buttons]
    assert all(
        each is not None and "topic:(freight)" in each.question and "company:NLF" in each.question for each in asked
    )


async def test_one_message_as_two_events_is_answered_once(slack: LocalSlack, desk: Desk) -> None:
    place = slack.workspace.direct("U0ADAWHIT").id
    event = {
        "user": "U0ADAWHIT",
        "text": f"<@{BOT_USER}> quote superchargers",
        "ts": "1700000000.000100",
        "channel": place,
    }
    await slack.event(event | {"type": "message", "channel_type": "im"})
    await slack.event(event | {"type": "app_mention"})
    assert len(await posts(slack, desk)) == 1


async def test_an_event_delivered_four_times_is_answered_once(slack: LocalSlack, desk: Desk) -> None:
    ts = (await slack.say("quote margin")).message.ts
    event = {"type": "app_mention", "user": "U0ADAWHIT", "text": "quote margin", "ts": ts, "channel": "C0AUTODESK"}
    for retry in range(4):
        assert (await slack.event(event, event_id="Ev1", retry=retry)).status == 200
    assert len(await posts(slack, desk)) == 1


async def test_an_event_first_seen_as_a_retry_is_answered(slack: LocalSlack, desk: Desk) -> None:
    ts = (await slack.say("quote margin")).message.ts
    event = {"type": "app_mention", "user": "U0ADAWHIT", "text": "quote margin", "ts": ts, "channel": "C0AUTODESK"}
    await slack.event(event, event_id="Ev2", retry=1)
    assert len(await posts(slack, desk)) == 1


SAID = {"type": "app_mention", "user": "U1", "text": "<@UB> quote margin", "ts": "1.1", "channel": "C1"}
NOT_FOR_US = [
    {"bot_id": "B9"},
    {"user": "UB"},
    {"edited": {"user": "U1", "ts": "1.2"}},
    {"type": "message"},
    {"type": "message", "channel_type": "im", "subtype": "message_changed"},
    {"type": "message", "channel_type": "im", "hidden": True},
    {"type": "message", "channel_type": "channel"},
    {"type": "message", "channel_type": "channel", "channel": "D1"},
    {"user": None},
    {"channel": 5},
]


def test_what_a_person_said_is_read() -> None:
    said = said_of(SAID, "T1", bot="UB", command="/call")
    assert said is not None
    assert (said.asked.words, said.answer_in, said.memory) == ("quote margin", "1.1", "1.1")


@pytest.mark.parametrize("change", [{"channel_type": "im"}, {"channel_type": "im", "channel": "D1"}, {"channel": "D1"}])
def test_a_direct_message_is_told_by_the_kind_of_its_channel_or_by_its_id(change: dict[str, object]) -> None:
    said = said_of(SAID | {"type": "message"} | change, "T1", bot="UB", command="/call")
    assert said is not None
    assert (said.asked.surface, said.answer_in) == (Surface.DIRECT, None)


@pytest.mark.parametrize("change", NOT_FOR_US)
def test_what_no_person_said_to_the_bot_is_left_alone(change: dict[str, object]) -> None:
    assert said_of(SAID | change, "T1", bot="UB", command="/call") is None


@pytest.mark.parametrize(
    ("typed", "told"), [("", "help"), ("😀", "Ask me something"), ("x" * 3000, "ask in up to 500")]
)
async def test_a_mention_without_a_question_gets_a_helpful_line(
    slack: LocalSlack, desk: Desk, typed: str, told: str
) -> None:
    await slack.mention(typed)
    [sent] = await posts(slack, desk)
    assert told in words(sent.arguments["blocks"])


async def test_a_file_that_slack_does_not_show_gets_the_reason(slack: LocalSlack, desk: Desk) -> None:
    place = slack.workspace.direct("U0ADAWHIT").id
    ts = (await slack.say("hello", channel=place)).message.ts
    await posts(slack, desk)
    event = {"type": "message", "subtype": "file_share", "channel_type": "im", "user": "U0ADAWHIT", "text": ""}
    await slack.event(event | {"ts": f"{ts}9", "channel": place, "files": [{"id": "F1"}]})
    assert "Reading file" in words((await posts(slack, desk))[-1].arguments["blocks"])
    assert "Slack does not show me that file" in words(slack.called("chat.update")[-1].arguments["blocks"])


async def test_people_of_another_company_are_turned_away_in_one_line(slack: LocalSlack, desk: Desk) -> None:
    event = {
        "type": "app_mention",
        "user": "U9",
        "user_team": "T9",
        "text": "quote margin",
        "ts": (await slack.say("Who are you?")).message.ts,
        "channel": "C0AUTODESK",
    }
    body = {
        "type": "event_callback",
        "event_id": "Ev9",
        "team_id": "T0LOCAL",
        "is_ext_shared_channel": True,
        "event": event,
    }
    team = (await desk.workspaces.installed())[0].team
    import json

    await slack.raw(json.dumps(body | {"team_id": team}).encode(), {"content-type": "application/json"})
    assert await posts(slack, desk) == []
    assert "people of the workspace that installed me" in str(slack.called("chat.postEphemeral")[-1].arguments)


async def test_a_mention_over_the_socket(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, connected(slack, desk):
        said = await slack.mention("quote superchargers")
        assert [one.status for one in said.delivered] == [200]
        [sent] = await posts(slack, desk)
    assert "Two hundred superchargers by June." in words(sent.arguments["blocks"])


async def test_what_a_stopped_process_left_undone_is_answered_by_the_next(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        slack.fault("chat.postMessage", hang=True)
        await slack.mention("quote superchargers")
        await slack.until(lambda: True)
        assert await desk.errands.drain(0.3) > 0
    slack.faults.waiting.clear()
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        await desk.errands.drain(5)
        assert any(one.ok for one in slack.called("chat.postMessage"))
