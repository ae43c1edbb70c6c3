"""The running bot: loads the calls, opens its doors, keeps its clockwork, and leaves nothing half done."""

import asyncio
import datetime as dt
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.between_answers import collecting_between_answers
from bot.claim import claimed, drop_others
from bot.config import Settings
from bot.errors import SettingsError
from bot.library import Library
from bot.memory import share_arenas
from bot.search.thesaurus import Thesaurus
from bot.state.store import Store
from bot.turnstile import turnstile
from handlers.crew import Crew, Member, check_port, check_sockets, metrics_in
from handlers.daily import keep
from handlers.desk import Desk
from handlers.folders import fill as fill  # noqa: PLC0414  # the playground fills its desk by the same door
from handlers.folders import keep_filled
from handlers.installing import ManyWorkspaces
from handlers.server import DRAIN, add_health, build, drain
from handlers.socket import Socket
from handlers.speaking import Speaking
from handlers.workspace import EveryWorkspace, OneWorkspace, Workspaces

_log = logging.getLogger(__name__)


async def lead(
    settings: Settings, command: Sequence[str], environment: Mapping[str, str], *, socket: bool = False
) -> int:
    """Run as many processes as the settings say, started by `command`, until SIGTERM or SIGINT.

    Return 0, or 2 for wrong settings. Raises SettingsError where the port can't be shared.
    """
    if socket:
        check_sockets(settings.processes)
    else:
        check_port(settings.port)
    log_to_stderr()
    with metrics_in(settings.home) as metrics:
        return await Crew(command, settings.processes, environment, metrics).run()


def check(settings: Settings, calls: Sequence[Path], *, socket: bool) -> None:
    """See that what has to be set is set. Raises SettingsError."""
    if socket:
        settings.needs_socket()
    else:
        settings.needs_slack()
    if not calls:
        raise SettingsError("EARSHOT_CALLS is missing: name the folder that holds your transcripts.")


async def run(settings: Settings, *, calls: Iterable[Path], socket: bool = False, member: Member | None = None) -> int:
    """Run the bot until SIGTERM or SIGINT: over HTTP on the settings' port, or over Socket Mode. Return 0.

    A `member` of a crew shares the port with others, and ends when its leader is gone. Raises SettingsError where a
    setting stops the start.
    """
    paths = tuple(calls)
    check(settings, paths, socket=socket)
    log_to_stderr(process=member is not None)
    stop = _stopped()
    async with desk_for(settings, socket=socket) as desk, AsyncExitStack() as stack:
        await stack.enter_async_context(collecting_between_answers(lambda: turnstile().free and not len(desk.errands)))
        loaded = asyncio.Event()
        filling = partial(keep_filled, desk, paths, loaded_once=loaded.set)
        late = member is not None and member.late
        if member is not None:
            stack.callback(member.close)
            stack.push_async_callback(_ended, *_tied(member, loaded, stop))
        if late:
            _begin(stack, filling(), "the calls' folders")
            await _first(loaded, stop)
        if not stop.is_set():  # it may have been, before the door was open
            doors = _by_socket(desk, stop.set) if socket else _by_http(desk, shared=member is not None)
            await stack.enter_async_context(doors)
            if not late:
                _begin(stack, filling(), "the calls' folders")
            _begin(stack, keep(desk), "the daily digest")
            await stop.wait()
        _log.info("stopping: answers in flight get %.0f s", DRAIN)
    return 0


@asynccontextmanager
async def desk_for(settings: Settings, *, socket: bool = False) -> AsyncIterator[Desk]:
    """Open what listeners need (store, clients, workspaces), with an empty library that is not ready yet.

    `socket` tells that requests come over Socket Mode. Raises SettingsError.
    """
    share_arenas()
    _make(settings.home)
    async with AsyncExitStack() as stack:
        speaking = Speaking(settings.api_url)
        stack.push_async_callback(speaking.close)
        store = await Store.open(settings.database_url, clock=utc_now, keys=settings.keys)
        stack.push_async_callback(store.close)
        index = stack.enter_context(claimed(settings.home / "index"))
        await asyncio.to_thread(drop_others, settings.home / "index", settings.processes)
        yield Desk(
            settings=settings,
            library=await Library.of((), thesaurus=Thesaurus.shipped(*settings.thesaurus)),
            store=store,
            clock=utc_now,
            workspaces=await _workspaces(settings, speaking, store, socket=socket),
            speaking=speaking,
            ready=False,
            index=index,
        )


def utc_now() -> dt.datetime:
    """Return the time now: the one clock of the running bot, of its store and of its desk."""
    return dt.datetime.now(tz=dt.UTC)


def _make(home: Path) -> None:
    """Make the folder of the database and the cache. Raises SettingsError where that can't be."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"EARSHOT_HOME ({home}) can't be made ({error.strerror}): name another folder.") from error


async def _workspaces(settings: Settings, speaking: Speaking, store: Store, *, socket: bool) -> Workspaces:
    """Return where installations are looked up: the token's own workspace, those that installed the app, or both."""
    if settings.client_id is None:
        return await OneWorkspace.learn(settings, speaking)
    if socket:
        _log.warning(
            "SLACK_CLIENT_ID is set, but workspaces can't install the app over Socket Mode: only the workspace of "
            "SLACK_BOT_TOKEN is answered; unset SLACK_CLIENT_ID, or serve over HTTP."
        )
        return await OneWorkspace.learn(settings, speaking)
    if settings.bot_token is None:
        return ManyWorkspaces(store)
    return EveryWorkspace(ManyWorkspaces(store), await OneWorkspace.learn(settings, speaking))


@asynccontextmanager
async def _by_http(desk: Desk, *, shared: bool) -> AsyncIterator[None]:
    """Serve HTTP, on a port that may be `shared`; at the end take no more connections, and finish what was begun."""
    runner = web.AppRunner(build(desk), access_log=None, shutdown_timeout=DRAIN)
    await runner.setup()
    try:
        # Slack reaches the bot through whatever stands before it, on any of the host's addresses.
        await web.TCPSite(runner, "0.0.0.0", desk.settings.port, reuse_port=shared).start()  # noqa: S104  # as above
        _log.info("listening on port %d", desk.settings.port)
        yield
    except OSError as error:
        raise SettingsError(f"PORT {desk.settings.port} can't be used ({error.strerror}): choose another.") from error
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _by_socket(desk: Desk, stop: Callable[[], None]) -> AsyncIterator[None]:
    """Serve Socket Mode, and the health routes beside it where the port is free.

    Where Slack refuses the app token, `stop` is called, and SettingsError raised at the end.
    """
    server = web.Application()
    async with Socket(desk, refused=stop) as socket:
        add_health(server, desk, connected=socket.connected)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "0.0.0.0", desk.settings.port).start()  # noqa: S104  # a host's health check comes from outside
        except OSError:
            _log.warning("no health routes: PORT %d is taken", desk.settings.port)
        try:
            yield
        finally:
            await drain(desk)
            await runner.cleanup()


def _tied(member: Member, loaded: asyncio.Event, stop: asyncio.Event) -> "tuple[asyncio.Task[None], ...]":
    """Tie a process to its leader: it hears when the calls are `loaded`, and once it is gone, `stop` is set."""

    async def tell() -> None:
        await loaded.wait()
        member.loaded()

    orphaned = asyncio.create_task(member.orphaned())
    orphaned.add_done_callback(lambda _: stop.set())
    return orphaned, asyncio.create_task(tell())


async def _first(*events: asyncio.Event) -> None:
    """Wait for one of several events."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    await _ended(*waiting)


def _begin(stack: AsyncExitStack, work: Coroutine[object, object, None], name: str) -> None:
    """Begin background work, which ends with the stack."""
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_told)
    stack.push_async_callback(_ended, task)


async def _ended(*tasks: "asyncio.Task[object]") -> None:
    """End background work."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _told(task: "asyncio.Task[None]") -> None:
    """Write down that background work has died; everything else goes on without it."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s has stopped", task.get_name(), exc_info=error)


def _stopped() -> asyncio.Event:
    """Return what SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def log_to_stderr(*, process: bool = False) -> None:
    """Show our own log lines (none holds a message or a token) where the host collects them.

    `process`: with the number of the process, where several write into one log.
    """
    which = "[%(process)d]" if process else ""
    logging.basicConfig(level=logging.INFO, format=f"%(asctime)s %(levelname)s %(name)s{which}: %(message)s")
    for name in ("slack_bolt", "slack_sdk", "aiohttp.access", "aiosqlite", "alembic", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.ERROR)
