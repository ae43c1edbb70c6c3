"""What many tests need: a local Slack, and the private transcripts where they are there."""

import gc
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from playground.slack import APP_TOKEN, BOT_TOKEN, SECRET, LocalSlack

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--pictures`: browser tests renew the pictures in docs/pictures, which they otherwise leave alone."""
    parser.addoption("--pictures", action="store_true", help="renew docs/pictures from the browser tests")


def pytest_configure() -> None:
    """Hold Python's collector off while hundreds of modules are imported, all of which stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Let it walk from now on what the tests make, and no more what was imported: it took a twelfth of their time."""
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)
    gc.enable()


@pytest.fixture(autouse=True)
def no_secret_in_any_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does: no token and no signing secret of the local Slack stands in a log line or a trace."""
    yield
    for secret in (BOT_TOKEN, APP_TOKEN, SECRET):
        assert secret not in caplog.text


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A fresh local Slack on a free port of the loopback; set its `bot_url`, or let the bot open a socket."""
    async with LocalSlack() as local:
        yield local


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of private transcripts (EARSHOT_SHARED, or `shared` beside the repository); skips where absent."""
    folder = Path(os.environ.get("EARSHOT_SHARED") or ROOT.parent / "shared")
    if not (folder / "transcripts").is_dir():
        pytest.skip(f"no private transcripts: {folder} is not there (EARSHOT_SHARED names their folder)")
    return folder
