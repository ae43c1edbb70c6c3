"""A throw-away PostgreSQL for tests: Debian's `postgresql`, one cluster a process, a fresh database a test."""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # asyncpg ships no types
import pytest

DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, None where PostgreSQL isn't installed."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@cache
def cluster() -> str:
    """Start the cluster once and return its address; skips where there is no PostgreSQL. Stopped at exit."""
    folder = programs()
    if folder is None:
        pytest.skip("no PostgreSQL: `apt-get install postgresql` brings it")
    home = Path(tempfile.mkdtemp(prefix="earshot-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    port = free_port()
    _run(folder / "initdb", "-D", home / "data", "-A", "trust", "-U", "earshot", "--no-sync", "-E", "UTF8")
    # No fsync: nothing here has to outlive a power cut, and the tests are of statements, not of disks.
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -c unix_socket_directories={home}"
    _run(folder / "pg_ctl", "-D", home / "data", "-w", "-o", options, "-l", home / "log", "start")
    atexit.register(_stop, folder, home)
    return f"postgresql://earshot@127.0.0.1:{port}"


async def fresh_database() -> str:
    """Make an empty database and return its address."""
    base = cluster()
    name = f"t{os.urandom(6).hex()}"
    connection = await asyncpg.connect(f"{base}/postgres")
    try:
        # A role of its own, as a host's customer has: no superuser, so that row-level security holds it.
        await connection.execute(f"CREATE ROLE {name} LOGIN")
        await connection.execute(f"CREATE DATABASE {name} OWNER {name}")
    finally:
        await connection.close()
    return f"{base}/{name}".replace("earshot@", f"{name}@")


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*command: str | Path) -> None:
    # PostgreSQL refuses to run as root; Debian's package brings the user.
    who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*who, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _stop(folder: Path, home: Path) -> None:
    _run(folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
    shutil.rmtree(home, ignore_errors=True)
