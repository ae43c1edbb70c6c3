"""An event is answered once: by the process that received it, else by one that takes it over, however often it comes."""

import asyncio
import datetime as dt
import json
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.state.inbox import LEASE
from handlers.intake import Intake
from handlers.serve import utc_now
from handlers.workspace import Workspace
from playground.slack import LocalSlack
from tests.desk import desk_at, served


class Faltering:
    """Workspaces whose first look-ups fail, as a database that restarts."""

    def __init__(self, kept: tuple[Workspace, ...], failures: int) -> None:
        self.kept = kept
        self.failures = failures

    async def of(self, *, team: str | None, enterprise: str | None) -> Workspace | None:
        if self.failures:
            self.failures -= 1
            raise OSError("the database restarts")
        return self.kept[0]

    async def installed(self) -> tuple[Workspace, ...]:
        return self.kept


@pytest.mark.parametrize("failures", [0, 1, 2])
async def test_a_mention_is_answered_once_however_often_its_handling_failed(
    slack: LocalSlack, tmp_path: Path, failures: int
) -> None:
    async with desk_at(slack, tmp_path) as desk:
        desk.workspaces = Faltering(await desk.workspaces.installed(), failures)
        async with served(slack, desk):
            slack.repeats = (0.0, 0.0, 0.0)  # Slack's own three retries, without its pauses
            await slack.mention("quote margin")
            await slack.until(lambda: slack.called("chat.postMessage"))
            await desk.errands.drain(5)
    assert len(slack.called("chat.postMessage")) == 1


async def hung(slack: LocalSlack) -> None:
    """Wait until an answer hangs at Slack."""
    async with asyncio.timeout(5):
        while slack.faults.waiting:  # noqa: ASYNC110  # nobody is told of a call that gets no answer
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("killed", [False, True], ids=["alive", "killed"])
async def test_a_process_that_starts_leaves_what_another_is_answering_until_that_ones_lease_ends(
    slack: LocalSlack, tmp_path: Path, killed: bool
) -> None:
    """The first one's answer hangs at Slack; what it gives no sign of for a whole lease is another one's."""
    async with desk_at(slack, tmp_path) as one, served(slack, one):
        slack.fault("chat.postMessage", hang=True)
        await slack.mention("quote superchargers")
        await hung(slack)
        async with desk_at(slack, tmp_path) as two:
            two.clock = lambda: utc_now() + (LEASE if killed else dt.timedelta())
            async with served(slack, two):
                await two.errands.drain(5)
                assert len(slack.called("chat.postMessage")) == killed
        await one.errands.drain(0)


async def test_what_a_killed_process_left_is_taken_by_one_that_runs_already(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as one, served(slack, one):
        slack.fault("chat.postMessage", hang=True)
        await slack.mention("quote superchargers")
        await hung(slack)
        async with desk_at(slack, tmp_path) as two:
            two.clock = utc_now
            async with served(slack, two, beat=0.01):
                assert await two.errands.drain(5) == 0
                assert slack.called("chat.postMessage") == []
                two.clock = lambda: utc_now() + LEASE
                await slack.until(lambda: slack.called("chat.postMessage"))
                await two.errands.drain(5)
        await one.errands.drain(0)
    assert len(slack.called("chat.postMessage")) == 1


async def test_a_process_that_lives_holds_what_it_works_on_beyond_the_lease(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as one, served(slack, one, beat=0.01):
        slack.fault("chat.postMessage", hang=True)
        await slack.mention("quote superchargers")
        await hung(slack)
        later = utc_now() + 10 * LEASE
        one.clock = lambda: later
        async with asyncio.timeout(5):
            while await one.store.tenants_with_undone(later, later - 20 * LEASE):  # noqa: ASYNC110  # as above
                await asyncio.sleep(0.01)
        async with desk_at(slack, tmp_path) as two:
            two.clock = lambda: later + LEASE / 2
            async with served(slack, two):
                await two.errands.drain(5)
        assert slack.called("chat.postMessage") == []
        await one.errands.drain(0)


class Once(AsyncApp):
    """An app that fails the first time it is asked."""

    def __init__(self) -> None:
        super().__init__(signing_secret="s", token="xoxb-1")
        self.asked = 0

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        self.asked += 1
        if self.asked == 1:
            raise OSError("the database restarts")
        return BoltResponse(status=200, body="")


def event(**more: object) -> AsyncBoltRequest:
    body = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_home_opened"}} | more
    return AsyncBoltRequest(body=json.dumps(body), headers={"content-type": ["application/json"]})


async def test_an_event_whose_handling_broke_is_new_when_slack_repeats_it(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk:
        app = Once()
        intake = Intake(app, desk)
        with pytest.raises(OSError, match="restarts"):
            await intake.take(event(team_id="T1"))
        assert (await intake.take(event(team_id="T1"))).status == 200
        await desk.errands.drain(5)
        await intake.take(event(team_id="T1"))
    assert app.asked == 2


async def test_an_event_that_names_no_workspace_is_nobodys_row(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk:
        app = Once()
        app.asked = 1
        for _ in range(2):
            assert (await Intake(app, desk).take(event())).status == 200
    assert app.asked == 3
