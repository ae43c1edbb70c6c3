"""Several processes of the bot on one port: started, watched and ended by one more, which answers nobody.

Python computes on one core at a time. A crew uses several: each process holds the calls, and the system shares Slack's
connections out among them (`SO_REUSEPORT`). Whatever has to happen once, the store decides, as between hosts.
"""

import asyncio
import logging
import shutil
import signal
import socket
import sys
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.claim import claimed
from bot.config import METRICS
from bot.errors import SettingsError

LOADED = b"l"  # what a process tells its leader once its calls are loaded
LINE = "--line"  # by which `serve` is told the number of the file over which it is tied to its leader
LATE = "--late"  # by which it is told to load first, and then to open its door: others answer meanwhile
MOST_SOCKETS = 10  # Slack: connections an app may have at a time in Socket Mode
WRONG_SETTINGS = 2
PATIENCE = 20.0  # seconds that a process gets to end by itself: twice what answers in flight get
PAUSE, LONGEST = 1.0, 30.0  # seconds until one that died is started again, twice as many each time, and at most
STEADY = 60.0  # seconds after which one that dies is no longer one that can't live

_log = logging.getLogger(__name__)


def check_sockets(number: int) -> None:
    """See that so many processes may each have a socket. Raises SettingsError."""
    if number > MOST_SOCKETS:
        raise SettingsError(
            f"EARSHOT_PROCESSES is {number}, but Slack gives an app {MOST_SOCKETS} sockets at a time: set it to "
            f"{MOST_SOCKETS} or fewer, or serve over HTTP."
        )


def check_port(port: int) -> None:
    """See that nobody listens on a port, for a crew would share it with another one. Raises SettingsError."""
    if not hasattr(socket, "SO_REUSEPORT"):
        raise SettingsError("EARSHOT_PROCESSES: on this system no two processes can share a port; set it to 1.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104  # the bot itself listens on any address
        except OSError as error:
            raise SettingsError(f"PORT {port} can't be used ({error.strerror}): choose another.") from error


class Member:
    """One process of a crew, tied to its leader by a socket that closes when either of them ends.

    A `late` one loads the calls before it opens its door, since others answer meanwhile.
    """

    def __init__(self, line: int, *, late: bool = False) -> None:
        self.late = late
        self._line = socket.socket(fileno=line)

    def close(self) -> None:
        """Let go of the leader: this process ends."""
        self._line.close()

    def loaded(self) -> None:
        """Tell the leader that the calls are loaded: the next process may start, and find them in the cache."""
        with suppress(OSError):  # the leader has gone: `orphaned` tells
            self._line.send(LOADED)

    async def orphaned(self) -> None:
        """Wait until the leader is gone."""
        self._line.settimeout(0)
        with suppress(OSError):
            while await asyncio.get_running_loop().sock_recv(self._line, 1):
                pass


@dataclass(slots=True)
class Crew:
    """The processes that `command` starts, `number` of them. A `command` ends where `--line FILE` can follow.

    They add up what they count in the folder `metrics`.
    """

    command: Sequence[str]
    number: int
    environment: Mapping[str, str]
    metrics: Path
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _loaded: asyncio.Event = field(default_factory=asyncio.Event)  # one of them has loaded the calls, once
    _answering: set[int] = field(default_factory=set)  # the places of those that have, and live
    _code: int = 0

    async def run(self) -> int:
        """Keep them running until SIGTERM or SIGINT; give the exit code, 2 where the settings stop the start.

        The first one starts alone: it says what is wrong with the settings, brings the tables up to date, and reads the
        calls for all.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._stop.set)
        await asyncio.gather(*(self._kept(place) for place in range(1, self.number + 1)))
        return self._code

    async def _kept(self, place: int) -> None:
        """Start a process, and start it again whenever it dies."""
        if place > 1:
            await self._unless_stopped(self._loaded.wait())
        pause, life = PAUSE, 0
        loop = asyncio.get_running_loop()
        while not self._stop.is_set():
            since, life = loop.time(), life + 1
            try:
                code = await self._lived(place)
            except OSError as error:  # the system has no room for one more process at the moment
                code = None
                _log.error("process %d can't be started (%s)", place, error.strerror)
            if self._stop.is_set():
                break
            if code == WRONG_SETTINGS and place == life == 1:
                self._code = code
                self._stop.set()
                break
            pause = PAUSE if loop.time() - since >= STEADY else pause
            if code is not None:
                level = logging.ERROR if code else logging.INFO
                _log.log(level, "process %d has ended (%d); starting it again in %.0f s", place, code, pause)
            await self._unless_stopped(asyncio.sleep(pause))
            pause = min(2 * pause, LONGEST)

    async def _lived(self, place: int) -> int:
        """Start a process and wait for its end, or end it when all are to stop; give its exit code."""
        ours, its = socket.socketpair()
        with ours, its:
            ours.settimeout(0)
            process = await asyncio.create_subprocess_exec(
                *(*self.command, LINE, str(its.fileno()), *((LATE,) if self._answering else ())),
                pass_fds=(its.fileno(),),
                env={**self.environment, METRICS: str(self.metrics)},
            )
            its.close()
            _log.info("process %d of %d is %d", place, self.number, process.pid)
            hearing = asyncio.create_task(self._hear(ours, place))
            try:
                await self._unless_stopped(process.wait())
                return await _ended(process)
            finally:
                hearing.cancel()
                self._answering.discard(place)

    async def _hear(self, line: socket.socket, place: int) -> None:
        """Note when a process has loaded its calls."""
        with suppress(OSError):
            if await asyncio.get_running_loop().sock_recv(line, 1):
                self._answering.add(place)
                self._loaded.set()

    async def _unless_stopped(self, waiting: Coroutine[object, object, object]) -> None:
        """Wait for something, or until all are to stop."""
        tasks = {asyncio.ensure_future(waiting), asyncio.ensure_future(self._stop.wait())}
        _, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _ended(process: asyncio.subprocess.Process) -> int:
    """End a process that runs, gently first; give its exit code."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
    return await process.wait()


@contextmanager
def metrics_in(home: Path) -> Iterator[Path]:
    """Give an empty folder under `home` for what a crew counts. Raises SettingsError where nothing can be written."""
    with ExitStack() as stack:
        try:
            home.mkdir(parents=True, exist_ok=True)
            folder = stack.enter_context(claimed(home / "metrics"))
            shutil.rmtree(folder, ignore_errors=True)  # what a crew that was killed left there
            folder.mkdir()
        except OSError as error:
            said = f"EARSHOT_HOME ({home}) can't be written ({error.strerror}): name another folder."
            raise SettingsError(said) from error
        yield folder
        shutil.rmtree(folder, ignore_errors=True)


def own_command() -> tuple[str, ...]:
    """Return how this process was started."""
    return (sys.executable, *sys.orig_argv[1:])
