"""A running bot for tests: two invented calls, a store in a folder, and the bot served to a local Slack."""

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy import select

import playground
from bot.attribution import Attribution
from bot.call import Call
from bot.config import Settings
from bot.exchange import Exchange
from bot.kind import Kind
from bot.library import Library
from bot.participant import Participant
from bot.section import Section
from bot.state.database import Database
from bot.state.migrations import migrate
from bot.state.schema import upload
from bot.state.store import Store
from bot.state.vault import Vault
from bot.transcripts import load
from bot.turn import Turn
from handlers.desk import Desk
from handlers.intake import BEAT
from handlers.recent import Recent
from handlers.serve import utc_now
from handlers.server import build
from handlers.socket import Socket
from handlers.speaking import Speaking
from handlers.workspace import OneWorkspace
from playground.slack import LocalSlack

NOW = dt.datetime(2026, 11, 22, 16, 1, tzinfo=dt.UTC)

# speaker, kind, firm, title, section, exchange, text
Row = tuple[str | None, Kind, str | None, str | None, Section, int | None, str]
QA, PREPARED = Section.QA, Section.PREPARED
SPOKEN: tuple[Row, ...] = (
    ("Operator", Kind.OPERATOR, None, None, PREPARED, None, "Good day, and welcome to the call of Quillon Motors."),
    (
        "Ines Castellan",
        Kind.EXECUTIVE,
        None,
        "Chief Financial Officer",
        PREPARED,
        None,
        "Gross margin was 21 percent & rising. "
        + "We kept our costs where we said that they would be. " * 60
        + "The margin of the charging business doubled.",
    ),
    ("Operator", Kind.OPERATOR, None, None, QA, 0, "The next one is Oskar Lindqvist of Harrow & Pike."),
    (
        "Oskar Lindqvist",
        Kind.ANALYST,
        "Harrow & Pike",
        None,
        QA,
        0,
        "How many superchargers will you open? And <!channel> what of *margin*?",
    ),
    (
        "Bram Okafor",
        Kind.EXECUTIVE,
        None,
        "Chief Executive Officer",
        QA,
        0,
        "Two hundred superchargers by June. That is the plan.",
    ),
    ("Ines Castellan", Kind.EXECUTIVE, None, "Chief Financial Officer", QA, 0, "And margin follows volume."),
    ("Operator", Kind.OPERATOR, None, None, QA, 1, "And now Mei Tanaka."),
    ("Mei Tanaka", Kind.ANALYST, "Tidewater", None, QA, 1, "What is the margin on superchargers?"),
    (
        "Bram Okafor",
        Kind.EXECUTIVE,
        None,
        "Chief Executive Officer",
        QA,
        1,
        "The margin on superchargers is thin for now.",
    ),
    (None, Kind.UNKNOWN, None, None, QA, 1, "Somebody coughs about margin."),
)


def call(id_: str = "quillon-2026-q1", rows: Iterable[Row] = SPOKEN, **more: object) -> Call:
    """Return a call whose turns are `rows`; every exchange's first analyst turn asks, executives answer."""
    turns = tuple(_turn(index, row) for index, row in enumerate(rows))
    numbers = sorted({turn.exchange for turn in turns if turn.exchange is not None})
    exchanges = tuple(_exchange(number, turns) for number in numbers)
    people = {turn.speaker: turn for turn in turns if turn.speaker and turn.kind is not Kind.OPERATOR}
    made = Call(
        id=id_,
        company="Quillon Motors",
        ticker="QLM",
        year=2026,
        quarter=1,
        date=dt.date(2026, 4, 21),
        title=None,
        learnt_from={"company": "file name"},
        participants=tuple(Participant(name, turn.kind, turn.firm, turn.title) for name, turn in people.items()),
        turns=turns,
        exchanges=exchanges,
        problems=(),
        fingerprint="f" * 64,
    )
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]  # a test names the fields it changes


def _turn(index: int, row: Row) -> Turn:
    speaker, kind, firm, title, section, exchange, text = row
    how = Attribution.LABELLED if speaker else Attribution.UNLABELLED
    line = 10 + 2 * index
    return Turn(index, line, None, f"line {line}", section, speaker, speaker, kind, firm, title, how, text, exchange)


def _exchange(number: int, turns: tuple[Turn, ...]) -> Exchange:
    mine = [turn for turn in turns if turn.exchange == number]
    asked = tuple(turn.index for turn in mine if turn.kind is Kind.ANALYST)
    answered = tuple(turn.index for turn in mine if turn.kind is Kind.EXECUTIVE)
    first = next(turn for turn in mine if turn.kind is Kind.ANALYST)
    return Exchange(number, first.speaker, first.firm, asked, answered)


ONE = (call(),)
T = TypeVar("T")
_TABLES: list[bytes] = []


async def opened(path: Path) -> Store:
    """Open the store in a SQLite file; the tables of a new one are a copy: to make them takes 40 ms, to look at them 3."""
    if lay_tables(path):
        return Store(Database.at(f"sqlite:///{path}"), Vault(()), utc_now)
    store = await Store.open(f"sqlite:///{path}", clock=utc_now)
    if not _TABLES:
        await store.close()  # which leaves all of it in the one file
        keep_tables(path)
        store = await Store.open(f"sqlite:///{path}", clock=utc_now)
    return store


def lay_tables(path: Path) -> bool:
    """Lay the tables into a file that is not there; False where it is, or where none were made yet."""
    laid = bool(_TABLES) and not path.exists()
    if laid:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_TABLES[0])
    return laid


def keep_tables(path: Path) -> None:
    _TABLES.append(path.read_bytes())


_MEMORY: list[bytes] = []


async def in_memory(*, keys: Sequence[str] = (), clock: Callable[[], dt.datetime] = utc_now) -> Store:
    """Open a store in memory; the tables are a copy, as above."""
    database = Database.at("sqlite://")
    if _MEMORY:
        await raw(database, lambda own: own.deserialize(_MEMORY[0]))
    else:
        await migrate(database)
        _MEMORY.append(await raw(database, sqlite3.Connection.serialize))
    return Store(database, Vault(keys), clock)


async def files_of(store: Store, tenant: str) -> tuple[str, ...]:
    """Give the ids of all files that are kept of a workspace, whoever may see them."""
    async with store.database.reading(tenant) as connection:
        query = select(upload.c.id).where(upload.c.tenant == tenant).order_by(upload.c.id)
        return tuple((await connection.execute(query)).scalars())


async def raw(database: Database, errand: Callable[[sqlite3.Connection], T]) -> T:
    """Do something with sqlite3's own connection to a database in memory, in the thread that owns it."""
    async with database.engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        done: T = await driver._execute(errand, driver._conn)
        return done


_SHELF: dict[tuple[int, ...], tuple[tuple[Call, ...], Library]] = {}
KEPT = 40  # libraries that a process keeps


async def shelved(calls: Iterable[Call] = ONE) -> Library:
    """Return the library of calls, indexed once for all tests: for those that change none (`unchanged` sees to it)."""
    held = tuple(calls)
    key = tuple(map(id, held))  # held beside the library, so that no other call gets one's id meanwhile
    if key not in _SHELF:
        if len(_SHELF) >= KEPT:
            del _SHELF[next(iter(_SHELF))]
        _SHELF[key] = held, await Library.of(held)
    return _SHELF[key][1]


def unchanged() -> None:
    """See that nobody has loaded calls into a library that others share, or taken some away."""
    for held, library in _SHELF.values():
        same = {call.id: call for call in held} == library.calls
        assert same, "a shared library was changed: make one with Library.of"


@cache
def samples() -> tuple[Call, ...]:
    """Return the sample calls, read once for all tests."""
    return load([Path(playground.__file__).parent / "calls"]).calls


@asynccontextmanager
async def desk_at(slack: LocalSlack, folder: Path, calls: Iterable[Call] | None = None) -> AsyncIterator[Desk]:
    """Open a desk whose Slack is `slack` and whose store lies in `folder`, where a second desk finds it again."""
    settings = Settings(
        bot_token=slack.bot_token,
        signing_secret=slack.signing_secret,
        app_token=slack.app_token,
        api_url=slack.url,
        home=folder,
    )
    speaking = Speaking(settings.api_url)
    store = await opened(folder / "earshot.db")
    workspaces = await OneWorkspace.learn(settings, speaking)
    library = await shelved(ONE if calls is None else calls)
    desk = Desk(settings, library, store, lambda: NOW, workspaces, speaking, recent=Recent(pause=0))
    try:
        yield desk
    finally:
        await desk.errands.drain(5)
        await store.close()
        await speaking.close()
        unchanged()


@asynccontextmanager
async def served(slack: LocalSlack, desk: Desk, beat: float = BEAT) -> AsyncIterator[web.Application]:
    """Serve the desk over HTTP, where `slack` delivers from now on."""
    app = build(desk, beat=beat)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield app
    finally:
        await runner.cleanup()


@asynccontextmanager
async def connected(slack: LocalSlack, desk: Desk) -> AsyncIterator[Socket]:
    """Connect the desk over Socket Mode."""
    slack.bot_url = None
    async with Socket(desk) as socket:
        await slack.until(lambda: slack.sockets)
        yield socket
