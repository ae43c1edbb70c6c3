"""Several processes on one port: all answer, one that dies comes back, and all end together."""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from os import environ, kill
from pathlib import Path

import aiohttp
import pytest

from bot.claim import claimed, drop_others
from handlers import crew
from handlers.blocks.limits import texts
from handlers.serve import run
from playground.slack import LocalSlack
from tests.test_handlers_serve import CALL, free_port, settings_for

pytestmark = pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="no two processes can share a port here")
BOTH = 30.0  # seconds until both have started and loaded: one takes two


class Led:
    """`earshot serve` with two processes, and what it has said on standard error so far."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"
        self.said = ""

    async def listen(self) -> None:
        """Read on until it says no more."""
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            self.said += line.decode()

    def numbers(self) -> list[int]:
        """The system's numbers of the processes that were started."""
        return [int(number) for number in re.findall(r"process \d of 2 is (\d+)", self.said)]

    async def until(self, pattern: str, times: int) -> None:
        """Wait until it has said something so many times."""
        async with asyncio.timeout(BOTH):
            while len(re.findall(pattern, self.said)) < times:  # noqa: ASYNC110  # it is another process
                await asyncio.sleep(0.05)

    async def page(self, path: str) -> str | None:
        """Return a page, asked for over a connection of its own; None where nobody gives one."""
        async with aiohttp.ClientSession() as session:
            try:
                async with session.get(self.url + path) as response:
                    return await response.text() if response.status == 200 else None
            except aiohttp.ClientError:
                return None

    async def begun(self) -> set[str]:
        """When the processes that answer have begun, by what some pages of figures say."""
        pages = [await self.page("/metrics") for _ in range(24)]
        return {line for page in pages for line in (page or "").splitlines() if line.startswith("process_start")}

    async def both(self) -> None:
        """Wait until two of them answer: each opens its door when its calls are loaded."""
        async with asyncio.timeout(BOTH):
            while len(await self.begun()) < 2:  # noqa: ASYNC110  # they are other processes
                await asyncio.sleep(0.05)


@asynccontextmanager
async def led(slack: LocalSlack, home: Path, *arguments: str, **more: str) -> AsyncIterator[Led]:
    """Start two processes; they are gone at the end."""
    calls = home / "calls"
    calls.mkdir(parents=True)
    (calls / "quillon-2026-q1.txt").write_text(CALL, encoding="utf-8")
    port = int(more.pop("PORT", 0)) or free_port()
    own = {name: value for name, value in environ.items() if not name.startswith(("EARSHOT_", "SLACK_"))}
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.url,
        "EARSHOT_HOME": str(home / "home"),
        "EARSHOT_CALLS": str(calls),
        "EARSHOT_PROCESSES": "2",
        "PORT": str(port),
    }
    command = (sys.executable, "-m", "bot", "serve", *arguments)
    process = await asyncio.create_subprocess_exec(
        *command, env=own | settings | more, stderr=asyncio.subprocess.PIPE, cwd=Path(__file__).parent.parent
    )
    leader = Led(process, port)
    listening = asyncio.create_task(leader.listen())
    try:
        yield leader
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        async with asyncio.timeout(BOTH):
            await process.wait()
            await listening


async def test_both_answer_one_that_dies_comes_back_and_all_end_together(slack: LocalSlack, tmp_path: Path) -> None:
    async with led(slack, tmp_path) as leader:
        await leader.until("1 calls loaded", 2)
        await leader.both()
        slack.bot_url = f"{leader.url}/slack/events"
        for topic in ("superchargers", "margin", "trucks", "june"):
            said = "".join(texts((await slack.slash(f"quote {topic}")).json))
            assert "searched" in said.lower()
        assert 'duration_seconds_count{status="200"} 4.0' in (await leader.page("/metrics") or "")  # whoever answered
        figures = await leader.page("/metrics") or ""
        kinds = [line for line in figures.splitlines() if line.startswith("# TYPE")]
        assert len(kinds) == len(set(kinds))
        assert re.findall(r"^earshot_\w+ [\d.]+$", figures, re.MULTILINE)
        assert "pid=" not in figures
        assert {each.name for each in (tmp_path / "home").glob("index*") if each.is_dir()} == {"index", "index-2"}
        first, second = leader.numbers()
        kill(second, signal.SIGKILL)
        await leader.until("process 2 has ended", 1)
        ready = []
        while len(re.findall("1 calls loaded", leader.said)) < 3:  # the other one goes on, and nobody comes to this one
            ready.append(await leader.page("/readyz"))
        assert None not in ready[5:]  # at first the system may still give it a connection
        await leader.until("1 calls loaded", 3)
        await leader.both()
        assert 'duration_seconds_count{status="200"} 4.0' in (await leader.page("/metrics") or "")  # and none is lost
        leader.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(leader.process.wait(), BOTH) == 0
        assert not any(map(alive, (first, *leader.numbers())))
    assert "Traceback" not in leader.said
    assert not (tmp_path / "home" / "metrics").exists()
    assert slack.refusals == []


@pytest.mark.thorough  # it starts processes, some seconds of the processor
async def test_without_their_leader_they_end(slack: LocalSlack, tmp_path: Path) -> None:
    async with led(slack, tmp_path) as leader:
        await leader.until("1 calls loaded", 2)
        leader.process.kill()
        async with asyncio.timeout(BOTH):
            while await leader.page("/healthz") is not None or any(map(alive, leader.numbers())):  # noqa: ASYNC110  # as above
                await asyncio.sleep(0.05)


@pytest.mark.thorough  # it starts processes, some seconds of the processor
async def test_over_sockets_each_opens_its_own(slack: LocalSlack, tmp_path: Path) -> None:
    async with led(slack, tmp_path, "--socket") as leader:
        await leader.until("1 calls loaded", 2)
        async with asyncio.timeout(BOTH):
            while len(slack.called("apps.connections.open")) < 2:  # noqa: ASYNC110  # it is another process
                await asyncio.sleep(0.05)
        assert "Oskar Lindqvist" in "".join(texts((await slack.slash("who asked about superchargers")).json))


@pytest.mark.thorough  # it starts processes, some seconds of the processor
async def test_over_sockets_the_health_routes_are_no_crews_to_share(slack: LocalSlack, tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.bind(("0.0.0.0", 0))
        listening.listen()
        async with led(slack, tmp_path, "--socket", PORT=str(listening.getsockname()[1])) as leader:
            await leader.until("no health routes", 2)
            await leader.until("1 calls loaded", 2)
        listening.settimeout(0)
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.thorough  # it starts processes, some seconds of the processor
async def test_more_sockets_than_slack_gives_are_refused(slack: LocalSlack, tmp_path: Path) -> None:
    async with led(slack, tmp_path, "--socket", EARSHOT_PROCESSES="11") as leader:
        assert await asyncio.wait_for(leader.process.wait(), BOTH) == 2
    assert "set it to 10 or fewer" in " ".join(leader.said.split())
    assert not leader.numbers()


@pytest.mark.thorough  # it starts processes, some seconds of the processor
async def test_a_variable_of_the_figures_library_means_nothing_to_one_process(
    slack: LocalSlack, tmp_path: Path
) -> None:
    more = {"EARSHOT_PROCESSES": "1", "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "nowhere")}
    async with led(slack, tmp_path, **more) as leader:
        await leader.until("1 calls loaded", 1)
        assert "earshot_request_duration_seconds" in (await leader.page("/metrics") or "")
    assert "Traceback" not in leader.said


async def test_where_no_process_can_be_started_it_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(crew, "PAUSE", 0.01)
    several = crew.Crew((str(tmp_path / "gone"),), 2, {}, tmp_path)
    several._loaded.set()
    running = asyncio.create_task(several.run())
    async with asyncio.timeout(BOTH):
        while caplog.text.count("can't be started (No such file or directory)") < 4:  # noqa: ASYNC110  # nobody is told
            await asyncio.sleep(0.01)
    several._stop.set()
    assert await running == 0


@pytest.mark.thorough  # it starts processes, some seconds of the processor
async def test_where_nothing_can_be_written_it_is_told(slack: LocalSlack, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    async with led(slack, tmp_path, EARSHOT_HOME=str(tmp_path / "home" / "deep")) as leader:
        assert await asyncio.wait_for(leader.process.wait(), BOTH) == 2
    assert "EARSHOT_HOME" in leader.said
    assert "Traceback" not in leader.said


async def test_a_late_one_that_is_told_to_stop_opens_no_door(
    slack: LocalSlack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "quillon-2026-q1.txt").write_text(CALL, encoding="utf-8")
    ours, its = socket.socketpair()
    with ours:
        member = crew.Member(its.detach(), late=True)
        settings = settings_for(slack, tmp_path / "home", free_port())
        running = asyncio.create_task(run(settings, calls=(folder,), socket=True, member=member))
        await asyncio.sleep(0.05)
        ours.close()  # its leader is gone, before it has read a call
        assert await asyncio.wait_for(running, BOTH) == 0
    assert not slack.called("apps.connections.open")


async def test_wrong_settings_stop_the_start_with_one_sentence(slack: LocalSlack, tmp_path: Path) -> None:
    slack.revoke(slack.bot_token)
    async with led(slack, tmp_path) as leader:
        assert await asyncio.wait_for(leader.process.wait(), BOTH) == 2
    assert leader.said.count("SLACK_BOT_TOKEN was refused by Slack") == 1
    assert "Traceback" not in leader.said


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"EARSHOT_CALLS": ""}, "EARSHOT_CALLS is missing"),
        ({"EARSHOT_PROCESSES": "0"}, "must be a number from 1 to 32"),
    ],
    ids=str,
)
async def test_what_is_missing_is_told_before_any_starts(
    slack: LocalSlack, tmp_path: Path, more: dict[str, str], sentence: str
) -> None:
    async with led(slack, tmp_path, **more) as leader:
        assert await asyncio.wait_for(leader.process.wait(), BOTH) == 2
    assert sentence in leader.said
    assert not leader.numbers()


async def test_a_busy_port_is_told_before_any_starts(slack: LocalSlack, tmp_path: Path) -> None:
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # another crew would share it
        listening.bind(("0.0.0.0", 0))
        listening.listen()
        port = str(listening.getsockname()[1])
        async with led(slack, tmp_path, PORT=port) as leader:
            assert await asyncio.wait_for(leader.process.wait(), BOTH) == 2
    assert f"PORT {port} can't be used" in leader.said
    assert not leader.numbers()


async def test_one_that_does_not_end_by_itself_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "PATIENCE", 0.2)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", deaf, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()
    assert await crew._ended(process) == -signal.SIGKILL


def test_a_folder_is_claimed_by_one_at_a_time(tmp_path: Path) -> None:
    base = tmp_path / "index"
    with claimed(base) as first, claimed(base) as second:
        assert (first, second) == (base, tmp_path / "index-2")
        with claimed(base) as third:
            assert third == tmp_path / "index-3"
    with claimed(base) as again:
        assert again == base


def test_folders_that_nobody_looks_into_any_more_are_removed(tmp_path: Path) -> None:
    base = tmp_path / "index"
    for number in ("", "-2", "-3", "-4", "-old"):
        (tmp_path / f"index{number}").mkdir()
    (tmp_path / "index-2" / "words").write_text("a", encoding="utf-8")
    with claimed(base), claimed(base), claimed(base):
        drop_others(base, 1)
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == [
        "index",
        "index-2",
        "index-3",
        "index-old",
    ]
    drop_others(base, 2)
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == ["index", "index-2", "index-old"]
    drop_others(base, 1)
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == ["index", "index-old"]


def test_where_nothing_can_be_written_the_first_is_everybodys(tmp_path: Path) -> None:
    with claimed(tmp_path / "gone" / "index") as one, claimed(tmp_path / "gone" / "index") as other:
        assert one == other == tmp_path / "gone" / "index"


def alive(number: int) -> bool:
    try:
        kill(number, 0)
    except ProcessLookupError:
        return False
    return True
