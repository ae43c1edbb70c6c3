"""What many tests need: a local Slack, and the private transcripts where they are there."""

import gc
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol

from tests.moved import Clock

if TYPE_CHECKING:
    from playground.slack import LocalSlack  # where no test runs yet, none of it need be there

ROOT = Path(__file__).parent.parent
LONGEST = {
    "test_handlers_crew",
    "test_handlers_states",
    "test_handlers_hostile",
    "test_state_tenancy",
    "test_playground_run",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--pictures`: browser tests renew the pictures in docs/pictures, which they otherwise leave alone."""
    parser.addoption("--pictures", action="store_true", help="renew docs/pictures from the browser tests")


def pytest_configure() -> None:
    """Hold Python's collector off while hundreds of modules are imported, all of which stay."""
    gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests: at the end all processes but one would wait for them."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def pytest_collection_finish() -> None:
    """Let it walk from now on what the tests make, and no more what was imported: it took a twelfth of their time."""
    if "bot.state.database" in sys.modules:
        from tests.engines import share  # a file of tests that asks for no database needs none of it

        share()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Look once through all that the tests left, not five times more and again as the process ends; that took seconds.

    Where nothing failed there is no example to tell of either, for which hypothesis would be imported once more.
    """
    gc.collect()
    gc.freeze()
    if exitstatus == pytest.ExitCode.OK and "hypothesis" not in sys.modules:
        session.config.pluginmanager.unregister(name="hypothesispytest")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test in one of several processes and tell of it once, and of its set-up and its end where they fail.

    pytest-xdist tells six times of each, which with thousands of small tests keeps its processes busy with each other.
    Where more is asked for, by -v or --durations, more is told.
    """
    options = item.config.option
    if not hasattr(item.config, "workerinput") or options.verbose >= 0 or options.durations is not None:
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Whatever a test does: no token and no signing secret of the local Slack stands in what it logged or printed.

    What the whole of it said: a fixture would be shown its own end alone.
    """
    yield
    local = sys.modules.get("playground.slack")
    secrets = (local.BOT_TOKEN, local.APP_TOKEN, local.SECRET) if local else ()
    for when, stream, said in item._report_sections:
        for secret in secrets:
            assert secret not in said, f"a secret stands in {stream}, {when}"


@pytest.fixture
async def slack() -> "AsyncIterator[LocalSlack]":
    """A fresh local Slack on a free port of the loopback; set its `bot_url`, or let the bot open a socket."""
    from playground.slack import LocalSlack

    async with LocalSlack() as local:
        yield local


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until a test moves it."""
    return Clock()


@pytest.fixture
async def moved(clock: Clock) -> "AsyncIterator[LocalSlack]":
    """A local Slack under the moved clock."""
    from playground.slack import LocalSlack

    async with LocalSlack(clock=clock.seconds) as local:
        yield local


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What Slack's SDK would wait before it asks again, in seconds; it waits for none of it."""
    seconds: list[float] = []

    async def noted(wait: float) -> None:
        seconds.append(wait)

    for module in ("async_handler", "builtin_async_handlers"):
        monkeypatch.setattr(f"slack_sdk.http_retry.{module}.asyncio", SimpleNamespace(sleep=noted))
    return seconds


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of private transcripts (EARSHOT_SHARED, or `shared` beside the repository); skips where absent."""
    folder = Path(os.environ.get("EARSHOT_SHARED") or ROOT.parent / "shared")
    if not (folder / "transcripts").is_dir():
        pytest.skip(f"no private transcripts: {folder} is not there (EARSHOT_SHARED names their folder)")
    return folder
