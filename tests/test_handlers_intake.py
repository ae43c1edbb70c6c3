"""An event that could not be handled is new when Slack sends it again; one that was handled is not."""

from pathlib import Path

import pytest

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
