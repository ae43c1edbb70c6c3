"""Digests in trouble, Slack's or the clock's: what a person has changed holds, and what was promised comes."""

import asyncio
import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.library import Library
from bot.state.run import State
from handlers.blocks.limits import parsed, texts
from handlers.daily import clockwork_of
from handlers.desk import Desk
from handlers.workspace import Workspace
from playground.delivery import Parcel
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests import invented_calls
from tests.desk import connected, desk_at, shelved
from tests.moved import MINUTE, Clock
from tests.test_digest_command import ADA, DESK, NEW, NINE, OLD, WATER, posts

pytestmark = pytest.mark.usefixtures("waits")
TROUBLE: list[dict[str, Any]] = [{"status": 503}, {"status": 429, "retry_after": 0}, {"drop": True}]
BEN, ORG = "U0BENOKAF", "E0ORG"
NEWS = "since the last digest"


@pytest.fixture
async def desk(moved: LocalSlack, tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    """A desk whose bot is connected to the local Slack."""
    async with desk_at(moved, tmp_path, OLD) as desk:
        desk.clock = clock
        async with connected(moved, desk):  # no signature would bear the moved clock
            yield desk


async def typed(slack: LocalSlack, text: str, channel: str = DESK) -> str:
    """Type a command, and return the acknowledgement's words."""
    return "\n".join(texts((await slack.slash(text, channel=channel)).json["blocks"]))


async def on_its_way(slack: LocalSlack, desk: Desk, clock: Clock) -> None:
    """Set up a digest, and let Slack have today's."""
    await typed(slack, "digest 9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 8 * MINUTE
    await clockwork_of(desk).tick()
    assert len(slack.workspace.scheduled) == 1


async def until(slack: LocalSlack, desk: Desk, clock: Clock, end: dt.datetime) -> None:
    """Let the time go by, in ticks of half a minute."""
    clockwork = clockwork_of(desk)
    while clock.time < end:
        clock.time += MINUTE / 2
        slack.post_due()
        await clockwork.tick()


def news(slack: LocalSlack) -> list[str]:
    return [text for text in posts(slack) if NEWS in text]


@pytest.mark.parametrize("how", TROUBLE, ids=str)
@pytest.mark.parametrize("ending", ["off", "pause"])
async def test_it_ends_all_the_same_and_says_what_may_still_come(
    moved: LocalSlack, desk: Desk, clock: Clock, ending: str, how: dict[str, Any]
) -> None:
    await on_its_way(moved, desk, clock)
    moved.fault("chat.scheduledMessages.list", times=30, **how)
    told = await typed(moved, f"digest {ending}")
    assert ("No more digests" if ending == "off" else "The digest is paused") in told
    assert "Slack does not answer properly right now" in told
    subscription = await desk.store.subscription(TEAM, DESK)
    assert subscription is None if ending == "off" else subscription is not None and subscription.paused
    moved.faults.waiting.clear()
    await until(moved, desk, clock, NINE + 5 * MINUTE)
    assert moved.workspace.scheduled == {}
    assert news(moved) == []


@pytest.mark.parametrize("how", TROUBLE, ids=str)
async def test_another_hour_holds_and_the_digest_comes_then_alone(
    moved: LocalSlack, desk: Desk, clock: Clock, how: dict[str, Any]
) -> None:
    await on_its_way(moved, desk, clock)
    moved.fault("chat.scheduledMessages.list", times=30, **how)
    told = await typed(moved, "digest 10:00 weekdays")
    assert "weekdays at 10:00" in told
    assert "Monday 1 March, 10:00" in told
    assert "Slack does not answer properly right now" in told
    moved.faults.waiting.clear()
    await until(moved, desk, clock, NINE + 5 * MINUTE)
    assert news(moved) == []
    await until(moved, desk, clock, NINE + 65 * MINUTE)
    assert len(news(moved)) == 1


async def test_another_hour_moves_a_digest_that_slack_has_refused_for_now(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    await typed(moved, "digest 9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 8 * MINUTE
    moved.fault("chat.scheduleMessage", drop=True)  # nobody knows; a replica holds it for a minute
    await clockwork_of(desk).tick()
    assert [run.state for run in await desk.store.runs(TEAM, DESK)] == [State.SENDING]
    await typed(moved, "digest 10:00 weekdays")
    await until(moved, desk, clock, NINE + 65 * MINUTE)
    assert len(news(moved)) == 1
    assert [(run.state, run.due_at) for run in await desk.store.runs(TEAM, DESK)] == [
        (State.POSTED, NINE + 60 * MINUTE)
    ]


async def test_where_the_channel_refuses_the_notice_the_digest_stays_as_it_was(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    await on_its_way(moved, desk, clock)
    before = await desk.store.subscription(TEAM, DESK)
    moved.fault("chat.postMessage", error="restricted_action")
    assert "does not let me post here" in await typed(moved, "digest 10:00 daily Tokyo")
    assert await desk.store.subscription(TEAM, DESK) == before
    assert len(moved.workspace.scheduled) == 1
    assert "/invite" in await typed(moved, "digest 10:00", channel=WATER)
    assert await desk.store.subscription(TEAM, WATER) is None


async def test_where_nobody_knows_whether_the_notice_is_there_the_digest_holds(moved: LocalSlack, desk: Desk) -> None:
    moved.fault("chat.postMessage", status=502)
    told = await typed(moved, "digest 9:00 weekdays")
    assert "This channel gets a digest weekdays at 9:00" in told
    assert "it may not know of the digest yet" in told
    assert await desk.store.subscription(TEAM, DESK) is not None


async def test_what_is_due_within_a_minute_is_told_to_come(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    await on_its_way(moved, desk, clock)
    clock.time = NINE - MINUTE / 2
    assert "it still comes" in await typed(moved, "digest off")


async def test_unwatching_and_muting_hold_too(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    for topic in ("cold storage", "freight"):
        await typed(moved, f"watch {topic}")
    clock.time += MINUTE
    desk.library = await Library.of((*OLD, NEW))
    await clockwork_of(desk).tick()
    assert len(moved.workspace.scheduled) == 2
    moved.fault("chat.scheduledMessages.list", times=30, status=503)
    for text, said in (("unwatch cold storage", "no longer watched"), ("mute freight", "Muted")):
        told = await typed(moved, text)
        assert said in told
        assert "Slack does not answer properly right now" in told
    moved.faults.waiting.clear()
    await until(moved, desk, clock, clock.time + 10 * MINUTE)
    assert moved.workspace.scheduled == {}
    assert not [text for text in posts(moved) if "Tomas Vidal" in text]


async def test_a_workspace_is_not_forgotten_before_what_slack_has_is_taken_back(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    moved.workspace.users[ADA] = dataclasses.replace(moved.workspace.users[ADA], is_admin=True)
    await on_its_way(moved, desk, clock)
    moved.fault("chat.scheduledMessages.list", times=30, status=503)
    assert "erased nothing. Please try again in a minute" in await typed(moved, "forget workspace for good")
    assert await desk.store.subscription(TEAM, DESK) is not None
    moved.faults.waiting.clear()
    assert "Forgotten" in await typed(moved, "forget workspace for good")
    assert moved.workspace.scheduled == {}


@pytest.mark.parametrize("code", ["ratelimited", "rate_limited", "org_login_required", "team_added_to_org"])
async def test_what_passes_is_waited_for(moved: LocalSlack, desk: Desk, clock: Clock, code: str) -> None:
    await typed(moved, "digest 9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 10 * MINUTE
    moved.fault("chat.scheduleMessage", error=code)
    await until(moved, desk, clock, NINE + MINUTE)
    assert len(news(moved)) == 1
    subscription = await desk.store.subscription(TEAM, DESK)
    assert subscription is not None
    assert not subscription.paused


@pytest.mark.parametrize("code", ["msg_too_long", "invalid_blocks"])
async def test_a_message_that_slack_refuses_as_it_is_ends_no_digest(
    moved: LocalSlack, desk: Desk, clock: Clock, code: str
) -> None:
    await typed(moved, "digest 9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 10 * MINUTE
    moved.fault("chat.scheduleMessage", error=code, times=2 if code == "invalid_blocks" else 1)
    await until(moved, desk, clock, NINE + MINUTE)
    assert news(moved) == []
    status = await typed(moved, "digest status")
    assert "It is paused" not in status
    assert "Mon 1 Mar: skipped (Slack refused the message as it was" in status
    (warned,) = [one for one in moved.called("chat.postMessage") if one.arguments["channel"] == ADA]
    assert "Your daily digest was not posted today" in warned.arguments["text"]
    clock.time = NINE + 24 * 60 * MINUTE - 10 * MINUTE
    await until(moved, desk, clock, NINE + 24 * 60 * MINUTE + MINUTE)
    assert len(news(moved)) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("rate_limited", "try again in a minute"),
        ("restricted_action_read_only_channel", "read-only"),
        ("restricted_action_thread_only_channel", "in threads only"),
        ("restricted_action", "ask one of its admins"),
    ],
)
async def test_a_refused_notice_says_what_to_do(moved: LocalSlack, desk: Desk, code: str, told: str) -> None:
    moved.fault("chat.postMessage", error=code)
    assert told in await typed(moved, "digest 9:00 weekdays")
    assert await desk.store.subscription(TEAM, DESK) is None


async def test_a_zone_further_west_gets_the_digests_that_it_was_promised(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    """In Auckland the first of March has had its digest; in Los Angeles it is the last of February still."""
    clock.time = dt.datetime(2027, 2, 28, 10, 0, tzinfo=dt.UTC)
    await typed(moved, "digest 9:00 daily Auckland")
    desk.library = await shelved((*OLD, NEW))
    nine = dt.datetime(2027, 2, 28, 20, 0, tzinfo=dt.UTC)
    clock.time = nine - 10 * MINUTE
    await until(moved, desk, clock, nine + MINUTE)
    assert len(news(moved)) == 1
    assert "Sunday 28 February, 18:00 (America/Los_Angeles)" in await typed(moved, "digest 18:00 daily Los Angeles")
    desk.library = await shelved(invented_calls.CALLS)
    six = dt.datetime(2027, 3, 1, 2, 0, tzinfo=dt.UTC)
    clock.time = six - 10 * MINUTE
    await until(moved, desk, clock, six + MINUTE)
    assert len(news(moved)) == 2
    assert "The next: Tuesday 2 March, 18:00" in await typed(moved, "digest status")


class Organisation:
    """The installation of a whole organisation, whose workspaces share one token."""

    def __init__(self, own: Workspace) -> None:
        self.own = dataclasses.replace(own, tenant=ORG, team=None, enterprise=ORG)

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        return self.own if ORG in {team, enterprise} else None

    async def installed(self) -> tuple[Workspace, ...]:
        return (self.own,)


async def test_scheduled_messages_of_an_organisation_are_listed_by_the_workspace(
    moved: LocalSlack, desk: Desk, clock: Clock
) -> None:
    (own,) = await desk.workspaces.installed()
    desk.workspaces = Organisation(own)
    command = {"text": "digest 9:00 daily London", "user_id": ADA, "channel_id": DESK, "command": "/call"}
    wide = {"is_enterprise_install": "true", "enterprise_id": ORG, "team_id": TEAM}
    await moved.deliver(Parcel("slash_commands", {**command, **wide}))
    desk.library = await shelved((*OLD, NEW))
    (found,) = await desk.store.subscriptions(ORG)
    clock.time = dt.datetime(2027, 3, 2, 8, 52, tzinfo=dt.UTC)
    await clockwork_of(desk).tick()
    assert len(moved.workspace.scheduled) == 1
    await moved.deliver(Parcel("slash_commands", {**command, **wide, "text": "digest off"}))
    assert moved.workspace.scheduled == {}
    assert {one.arguments.get("team_id") for one in moved.called("chat.scheduledMessages.list")} == {TEAM}
    assert found.tenant == ORG


async def test_in_one_workspace_none_is_named(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    await on_its_way(moved, desk, clock)
    await typed(moved, "digest off")
    (listed,) = moved.called("chat.scheduledMessages.list")
    assert "team_id" not in listed.arguments


async def test_a_listing_that_slack_refuses_ends_no_digest(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    await typed(moved, "digest 9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    clock.time = NINE - 9 * MINUTE
    moved.fault("chat.scheduleMessage", drop=True, committed=True)
    moved.fault("chat.scheduledMessages.list", error="missing_argument", times=99)
    await until(moved, desk, clock, NINE + 3 * MINUTE)
    assert len(news(moved)) == 1
    subscription = await desk.store.subscription(TEAM, DESK)
    assert subscription is not None
    assert not subscription.paused
    assert [run.state for run in await desk.store.runs(TEAM, DESK)] == [State.SKIPPED]


async def test_of_two_who_ask_for_it_now_the_channel_gets_one(moved: LocalSlack, desk: Desk) -> None:
    await typed(moved, "digest 9:00 weekdays")
    desk.library = await shelved((*OLD, NEW))
    replies = await asyncio.gather(*(moved.slash("digest now", user=user) for user in (ADA, BEN, ADA)))
    kinds = sorted(reply.json["response_type"] for reply in replies)
    assert kinds == ["ephemeral", "ephemeral", "in_channel"]
    told = ["".join(texts(reply.json["blocks"])) for reply in replies]
    assert len([each for each in told if "Nothing new" in each]) == 2
    assert len([each for each in told if NEWS in each]) == 1


async def test_a_warning_is_literal_whatever_somebody_has_typed(moved: LocalSlack, desk: Desk, clock: Clock) -> None:
    topic = "freight <!channel> & <b>"
    await typed(moved, "watch freight &lt;!channel&gt; &amp; &lt;b&gt;")  # as Slack sends what somebody typed so
    clock.time += MINUTE
    desk.library = await shelved((*OLD, NEW))
    moved.fault("chat.scheduleMessage", error="is_archived")
    await clockwork_of(desk).tick()
    (warned,) = [one.arguments for one in moved.called("chat.postMessage") if one.arguments["channel"] == ADA]
    assert list(parsed(warned)) == [warned["text"]]
    assert "freight &lt;!channel&gt; &amp; &lt;b&gt;" in warned["text"]
    assert topic in "".join(texts(warned["blocks"]))
    assert moved.shouts == []


@pytest.mark.parametrize("days", [0.25, 2, 5, 20])
async def test_one_look_at_a_clock_that_is_ahead_costs_no_digest(
    moved: LocalSlack, desk: Desk, clock: Clock, days: float
) -> None:
    await typed(moved, "digest 9:00 daily")
    desk.library = await shelved((*OLD, NEW))
    right, clock.time = clock.time, NINE - 5 * MINUTE + dt.timedelta(days=days)
    await clockwork_of(desk).tick()
    clock.time = right
    await clockwork_of(desk).tick()
    clock.time = NINE - 10 * MINUTE
    await until(moved, desk, clock, NINE + MINUTE)
    assert len(news(moved)) == 1
    desk.library = await shelved(invented_calls.CALLS)
    for day in range(1, 7):
        clock.time = NINE - 10 * MINUTE + dt.timedelta(days=day)
        await until(moved, desk, clock, NINE + MINUTE + dt.timedelta(days=day))
    assert len(news(moved)) == 2
    states = [run.state for run in await desk.store.runs(TEAM, DESK)]
    assert states == [State.QUIET] * 5 + [State.POSTED] * 2
    assert moved.workspace.scheduled == {}
