"""The playground runs the real bot over the sample calls; a taken port is told and the next one used."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from handlers.folders import fill
from handlers.serve import desk_for
from handlers.socket import Socket
from playground import run
from playground.driving import DESK
from playground.run import EXAMPLES, opened
from playground.slack import LocalSlack

CALL = """Brindle Motors Q2 2026 Earnings Call

Operator
Welcome to the call. Our first question is from Jo Marsh with Alder Securities.

Jo Marsh - Alder Securities
How many superchargers did you open, and what does that do to margin?

Lena Brandt - Chief Financial Officer
We opened forty superchargers, and margin was flat because of it.
"""


@pytest.fixture
def calls(tmp_path: Path) -> tuple[Path, ...]:
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "brnd-2026-q2.txt").write_text(CALL, encoding="utf-8")
    return (folder,)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


async def test_both_examples_find_something_through_the_whole_bot(tmp_path: Path, calls: tuple[Path, ...]) -> None:
    async with opened(Settings(home=tmp_path / "home"), calls) as playground:
        for question in EXAMPLES:
            assert (await playground.slack.slash(question)).ok
            message = playground.slack.workspace.channels[DESK].messages[-1]
            assert message.seen_by
            assert question.split()[-1] in str(message.blocks)
        assert playground.slack.refusals == []


async def test_both_examples_find_something_over_the_socket(tmp_path: Path) -> None:
    async with LocalSlack() as slack:
        settings = Settings(
            home=tmp_path / "home", bot_token=slack.bot_token, app_token=slack.app_token, api_url=slack.url
        )
        async with desk_for(settings) as desk:
            assert desk.store.clock is desk.clock
            await fill(desk, (Path(run.__file__).with_name("calls"),))
            async with Socket(desk):
                await slack.until(lambda: slack.sockets)
                for question in EXAMPLES:
                    answer = (await slack.slash(question)).json
                    assert question.split()[-1] in str(answer["blocks"])
                assert slack.refusals == []


async def test_both_examples_find_their_speakers_in_the_private_seed(tmp_path: Path, shared: Path) -> None:
    seed = (shared / "transcripts" / "seed" / "tsla-2012-q3.txt",)
    async with opened(Settings(home=tmp_path / "home"), seed) as playground:
        asked = (await playground.slack.slash(EXAMPLES[0])).json
        quoted = (await playground.slack.slash(EXAMPLES[1])).json
        assert {"Elaine Kwei", "Michael Lew"} <= names(asked)
        assert "Elon Musk" in names(quoted)
        assert set(re.findall(r"line \d+", str(asked["blocks"]))) >= {"line 237"}
        assert playground.slack.refusals == []


def names(answer: dict[str, Any]) -> set[str]:
    """Return what stands alone in bold type and looks like a name."""
    return set(re.findall(r"'text': '([A-Z]\w+ [A-Z]\w+)'", str(answer["blocks"])))


async def test_a_taken_port_is_told_and_the_next_one_used(tmp_path: Path, calls: tuple[Path, ...], taken: int) -> None:
    told: list[str] = []
    async with opened(Settings(home=tmp_path / "home"), calls, port=taken, told=told.append) as playground:
        assert playground.slack.port > taken
        assert told == [f"Port {taken} is taken, so the page is at port {playground.slack.port}."]


async def test_nothing_of_the_real_setup_is_touched(tmp_path: Path, calls: tuple[Path, ...]) -> None:
    real = Settings(
        home=tmp_path / "home",
        bot_token="xoxb-real",
        signing_secret="real",
        database="postgresql+asyncpg://real/db",
        api_url="https://slack.com/api/",
    )
    async with opened(real, calls) as playground:
        used = playground.desk.settings
        assert (used.bot_token, used.database, used.api_url) == (playground.slack.bot_token, None, playground.slack.url)
        assert used.home.parent == tmp_path / "home"
    assert list((tmp_path / "home").iterdir()) == []


async def test_a_call_that_comes_later_is_found(tmp_path: Path, calls: tuple[Path, ...]) -> None:
    async with opened(Settings(home=tmp_path / "home"), calls) as playground:
        later = CALL.replace("Q2", "Q3").replace("superchargers", "windmills").replace("forty", "fifty")
        await asyncio.sleep(0.3)  # the watcher begins to look
        (calls[0] / "brnd-2026-q3.txt").write_text(later, encoding="utf-8")
        async with asyncio.timeout(20):
            while "brnd-2026-q3" not in playground.desk.library.calls:  # noqa: ASYNC110  # the library tells nobody
                await asyncio.sleep(0.05)
        await playground.slack.slash("quote windmills")
        assert "windmills" in str(playground.slack.workspace.channels[DESK].messages[-1].blocks)


async def test_starting_over_brings_the_first_lines_back(tmp_path: Path, calls: tuple[Path, ...]) -> None:
    async with opened(Settings(home=tmp_path / "home"), calls) as playground:
        slack = playground.slack
        before = [message.text for message in slack.workspace.channels[DESK].messages]
        await slack.slash("help")
        slack.reset()
        assert [message.text for message in slack.workspace.channels[DESK].messages] == before
        assert before


async def test_the_command_answers_both_examples_and_tells_where_the_page_is(
    tmp_path: Path, calls: tuple[Path, ...], taken: int
) -> None:
    command = (sys.executable, "-m", "bot", "playground", "--welcome", "--port", str(taken), "--calls", str(calls[0]))
    env = {**os.environ, "EARSHOT_HOME": str(tmp_path / "home"), "COLUMNS": "200"}
    running = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, env=env)
    assert running.stdout is not None
    said = ""
    async with asyncio.timeout(60):
        while "Ctrl-C" not in said:
            line = await running.stdout.readline()
            assert line, said
            said += line.decode()
        running.send_signal(signal.SIGINT)
        rest, errors = await running.communicate()
    assert running.returncode == 0, errors.decode()
    for question in EXAMPLES:
        assert f"/call {question}" in said
    assert "Jo Marsh" in said
    assert "margin was flat because of it" in said
    assert f"Port {taken} is taken" in said
    assert "The local Slack is open at http://127.0.0.1:" in said
    assert rest == b""
    assert b"Traceback" not in errors


def test_the_page_asks_for_the_loopback_only() -> None:
    source = Path(run.__file__).read_text(encoding="utf-8") + Path(run.__file__).with_name("slack.py").read_text(
        encoding="utf-8"
    )
    assert "0.0.0.0" not in source
    assert source.count('TCPSite(runner, "127.0.0.1"') + source.count('TCPSite(self._runner, "127.0.0.1"') == 2
