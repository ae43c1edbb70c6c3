"""kill -9 while files are given and settings changed: what was acknowledged is there afterwards, and whole.

python -m tests.chaos.uploads --kills 500 --seeds 1 --databases sqlite postgres
"""

import asyncio
import hashlib
import multiprocessing
import random
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bot.state.store import Store
from handlers.serve import utc_now
from tests.cluster import fresh_database

TENANT, CHANNEL, USER = "T1", "C1", "U1"


@dataclass(slots=True)
class Result:
    """What one run gave: acknowledged uploads and settings, and how many of them were lost or not whole."""

    database: str
    seed: int
    kills: int = 0
    uploads: int = 0
    settings: int = 0
    lost: int = 0
    integrity: str = "ok"
    slowest_open: float = 0.0  # seconds
    seconds: float = 0.0


def give(url: str, seed: int, told: Connection) -> None:
    """Give files and change settings until killed; tell of each once the store has acknowledged it."""
    asyncio.run(_give(url, seed, told))


async def _give(url: str, seed: int, told: Connection) -> None:
    dice = random.Random(seed)
    began = time.time()
    store = await Store.open(url, clock=utc_now)
    told.send(("open", "", time.time() - began))
    number = 0
    while True:
        number += 1
        data = dice.randbytes(dice.randrange(100, 60_000))
        key = await store.give(TENANT, CHANNEL, USER, "call.txt", data)
        told.send(("upload", key, 0.0))
        value = f"{seed}-{number}"
        await store.save_setting(TENANT, f"C{seed}", "value", value)
        told.send(("setting", value, float(seed)))


def run(database: str, seed: int, kills: int) -> Result:
    """Kill `kills` times, then open the store and look for everything that was acknowledged."""
    began = time.time()
    result = Result(database, seed)
    dice = random.Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.chaos.uploads"])
    uploads: set[str] = set()
    settings: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.db"
        url = f"sqlite:///{path}" if database == "sqlite" else asyncio.run(fresh_database())
        for number in range(kills):
            listener, told = context.Pipe(duplex=False)
            process = context.Process(target=give, args=(url, seed * 10_000 + number, told), daemon=True)
            process.start()
            told.close()
            listener.poll(10)  # not before it has opened the store once
            time.sleep(dice.uniform(0.0, 0.25))
            process.kill()
            process.join()
            result.kills += 1
            _collect(listener, result, uploads, settings)
        result.uploads, result.settings = len(uploads), len(settings)
        result.lost = asyncio.run(lost(url, uploads, settings))
        if database == "sqlite":
            with closing(sqlite3.connect(path)) as connection:
                (result.integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
    result.seconds = round(time.time() - began, 1)
    return result


def _collect(listener: Connection, result: Result, uploads: set[str], settings: dict[str, str]) -> None:
    """Read what the killed process had told of before it died."""
    try:
        while listener.poll(0):
            kind, value, figure = listener.recv()
            if kind == "open":
                result.slowest_open = max(result.slowest_open, round(figure, 3))
            elif kind == "upload":
                uploads.add(value)
            else:
                settings[f"C{figure:.0f}"] = value
    except (EOFError, OSError):
        pass


async def lost(url: str, uploads: set[str], settings: dict[str, str]) -> int:
    """Count what was acknowledged and is gone, or not whole."""
    store = await Store.open(url, clock=utc_now)
    gone = 0
    for key in uploads:
        data = await store.upload(TENANT, CHANNEL, key)
        gone += data is None or hashlib.sha256(data).hexdigest() != key
    for channel, value in settings.items():
        found = await store.setting(TENANT, channel, "value")
        # The one after may have been written too, its word not sent any more.
        gone += found is None or int(found.partition("-")[2]) < int(value.partition("-")[2])
    await store.close()
    return gone
