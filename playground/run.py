"""Run the playground: the local Slack, its page, and the real bot behind it, all on the loopback."""

import asyncio
import logging
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

from aiohttp import web
from platformdirs import user_data_path
from rich.console import Console

from bot.ask import ask
from bot.config import Settings
from bot.errors import EarshotError, SettingsError
from bot.plain import render
from bot.transcripts import Loaded
from bot.watching import watch
from handlers.daily import keep
from handlers.desk import Desk
from handlers.folders import fill, take
from handlers.manifest import AGENT_SCOPES, PROMPTS
from handlers.serve import desk_for
from handlers.server import PATH, build
from playground.browser import Browser
from playground.offer import Offer, read_offer
from playground.scene import enact
from playground.slack import LocalSlack

EXAMPLES = ("who asked about superchargers", "quote margin")
TRIES = 20  # ports to look at after the one that was asked for
RETRIES = (0.0, 60.0, 300.0)  # seconds before Slack repeats an event: at once, after a minute, after five more
HITS = 3
MANIFEST = Path(__file__).parent.parent / "manifest.json"


@dataclass(frozen=True, slots=True)
class Playground:
    """A running playground."""

    slack: LocalSlack
    desk: Desk
    loaded: Loaded

    @property
    def url(self) -> str:
        """The page's address."""
        return self.slack.root


async def run(settings: Settings, calls: Sequence[Path], *, port: int, welcome: bool) -> int:
    """Run the playground until Ctrl-C: the sample calls where none are named. Return the exit code.

    Answers the two example questions in the terminal first where `welcome`; a taken port is told and the next free one
    used. Raises SettingsError where no file could be read, or no port is free.
    """
    console = Console(highlight=False)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        with console.status("Reading the calls …"):
            playground = await stack.enter_async_context(opened(settings, calls, port=port, told=console.print))
        if not playground.desk.library.calls:
            raise SettingsError("None of these files could be read as a transcript: `earshot check` says why of each.")
        if welcome:
            await _welcome(playground.desk, console)
        _say_where(playground, console)
        await stop.wait()
    return 0


@asynccontextmanager
async def opened(
    settings: Settings,
    calls: Sequence[Path] = (),
    *,
    port: int = 0,
    told: Callable[[str], None] = lambda _: None,
) -> AsyncIterator[Playground]:
    """Open a playground over calls (the samples where none are named); `told` hears of a port that is taken."""
    offer = as_agent(read_offer(MANIFEST, settings.command))
    async with AsyncExitStack() as stack:
        home = stack.enter_context(_home(settings))
        samples = stack.enter_context(as_file(files("playground").joinpath("calls")))
        slack = _local(offer, port)
        browser = Browser(slack, offer)
        browser.mount(slack.app)
        await stack.enter_async_context(_listening(slack, told))
        desk = await stack.enter_async_context(desk_for(_wired(settings, slack, home)))
        folders = tuple(calls) or (samples,)
        loaded = await fill(desk, folders)
        await stack.enter_async_context(_served(desk, slack))
        clockwork = asyncio.create_task(keep(desk), name="the daily digest")
        following = asyncio.create_task(_follow(desk, folders, loaded), name="the calls' folders")
        stack.push_async_callback(_ended, clockwork, following)
        slack.background(asyncio.create_task(slack.keep_time(), name="scheduled messages"))
        enact(slack)
        slack.workspace.listeners.append(lambda kind, _: enact(slack) if kind == "reset" else None)
        yield Playground(slack, desk, loaded)


def as_agent(offer: Offer) -> Offer:
    """Return the offer of an app that has Slack's agent view as well: its scope, and the prompts to begin with."""
    prompts = tuple({"title": title, "message": message} for title, message in PROMPTS)
    return replace(offer, scopes=(*(offer.scopes or ()), *AGENT_SCOPES), prompts=prompts)


def _local(offer: Offer, port: int) -> LocalSlack:
    """Return the local Slack that an app with this offer is installed in."""
    slack = LocalSlack(port=port, command=offer.command, scopes=offer.scopes, subscriptions=offer.events)
    slack.repeats = RETRIES
    return slack


@asynccontextmanager
async def _listening(slack: LocalSlack, told: Callable[[str], None]) -> AsyncIterator[LocalSlack]:
    """Listen on the port that was asked for, or on the next free one. Raises SettingsError where none is."""
    wanted = slack.port
    for port in range(wanted, wanted + TRIES):
        slack.port = port
        try:
            await slack.__aenter__()
        except OSError:
            continue
        break
    else:
        raise SettingsError(f"Ports {wanted} to {wanted + TRIES - 1} are all taken: name a free one with --port.")
    if wanted not in (0, slack.port):
        told(f"Port {wanted} is taken, so the page is at port {slack.port}.")
    try:
        yield slack
    finally:
        await slack.__aexit__(None, None, None)


def _home(settings: Settings) -> "tempfile.TemporaryDirectory[str]":
    """Return a passing folder for the store, inside EARSHOT_HOME where that is set: no run sees another's."""
    inside = settings.home if settings.home != user_data_path("earshot") else None
    if inside is not None:
        inside.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="earshot-playground-", dir=inside)


def _wired(settings: Settings, slack: LocalSlack, home: str) -> Settings:
    """Return settings that reach the local Slack and nothing else: its tokens, its address, a store of its own."""
    return replace(
        settings,
        bot_token=slack.bot_token,
        signing_secret=slack.signing_secret,
        app_token=slack.app_token,
        client_id=None,
        client_secret=None,
        api_url=slack.url,
        home=Path(home),
        database=None,
        keys=(),
    )


@asynccontextmanager
async def _served(desk: Desk, slack: LocalSlack) -> AsyncIterator[None]:
    """Serve the real bot on a free port of the loopback, and tell the local Slack where."""
    runner = web.AppRunner(build(desk), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
        yield
    finally:
        await runner.cleanup()


async def _follow(desk: Desk, folders: Sequence[Path], loaded: Loaded) -> None:
    """Bring files that come, change or go into the library while the playground runs."""
    async for change in watch(folders, loaded, cache=desk.settings.home / "cache"):
        await take(desk, change)


async def _ended(*tasks: "asyncio.Task[None]") -> None:
    """End background work."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _welcome(desk: Desk, console: Console) -> None:
    """Answer the example questions in the terminal, as the command line would."""
    for question in EXAMPLES:
        console.print(f"\n[bold green]{desk.settings.command} {question}[/]")
        try:
            console.print(
                render(
                    await ask(desk.library, question, today=desk.today(), limit=HITS), desk.library.directory.call_names
                )
            )
        except EarshotError as error:
            console.print(error.sentence, markup=False)


def _say_where(playground: Playground, console: Console) -> None:
    """Say how much was loaded, and where the page is."""
    loaded, library = playground.loaded, playground.desk.library
    console.print(f"\n{len(library.calls)} calls are loaded.")
    for failure in loaded.failures:
        console.print(f"Not read: {failure.file}: {failure.error}", markup=False)
    console.print(f"\nThe local Slack is open at [bold]{playground.url}[/] (Ctrl-C stops it).")
