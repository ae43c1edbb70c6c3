"""Chaos in its short form; the long one is `python -m tests.chaos digests` and `python -m tests.chaos uploads`."""

import asyncio

import pytest

from tests.chaos import digests, uploads

pytestmark = pytest.mark.chaos
DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.mark.parametrize("database", DATABASES)
async def test_no_digest_is_missing_or_doubled_under_fire(database: str) -> None:
    result = await digests.run(database, seed=7, digests=80, kills=20, window=5)
    assert result.kills >= 10
    assert (result.missing, result.doubled) == (0, 0)
    assert result.states == {"posted": 80}


@pytest.mark.parametrize("database", DATABASES)
async def test_nothing_that_a_watch_found_is_missing_or_doubled_under_fire(database: str) -> None:
    result = await digests.run(database, seed=11, digests=60, kills=15, window=5, watches=True)
    assert result.kills >= 8
    assert (result.missing, result.doubled) == (0, 0)
    assert result.states == {"posted": 60}


@pytest.mark.parametrize("database", DATABASES)
async def test_nothing_acknowledged_is_lost_to_kill_9(database: str) -> None:
    result = await asyncio.to_thread(uploads.run, database, 7, 15)
    assert result.uploads > 15
    assert result.lost == 0
    assert result.integrity == "ok"
