"""What people asked lately, while the database is away."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from handlers.desk import Desk
from handlers.recent import KEPT, Recent
from playground.driving import ADA
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import desk_at

BEN = "U0BENOKAF"


async def away(*_asked: object, **_more: object) -> None:
    raise OSError("no route to the database")


async def test_what_cant_be_written_waits_and_nobodys_is_lost(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk:
        desk.recent = Recent(pause=60)
        for user in (ADA, BEN):
            desk.recent.note(desk, TEAM, user, "quote margin")
            desk.recent.note(desk, TEAM, user, "quote capex")
        save = desk.store.save_recent
        desk.store.save_recent = away  # type: ignore[method-assign]  # the database is away
        with pytest.raises(OSError, match="no route"):
            await desk.recent.write(desk)
        desk.recent.note(desk, TEAM, ADA, "quote margin")
        desk.store.save_recent = save  # type: ignore[method-assign]  # and back
        await desk.recent.write(desk)
        assert await desk.store.recents(TEAM, ADA) == ("quote margin", "quote capex")
        assert await desk.store.recents(TEAM, BEN) == ("quote capex", "quote margin")
        desk.recent.hurry()


async def test_it_is_tried_again_though_nobody_asks_any_more(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk:
        save, written = desk.store.save_recent, asyncio.Event()

        async def back(tenant: str, user: str, *asked: str, ages: Mapping[str, object]) -> None:
            await save(tenant, user, *asked, ages=ages)  # type: ignore[arg-type]  # handed on as it came
            written.set()

        async def once(*_asked: object, **_more: object) -> None:
            desk.store.save_recent = back  # type: ignore[method-assign, assignment]  # the next one arrives
            raise OSError("no route to the database")

        desk.store.save_recent = once  # type: ignore[method-assign]  # the database is away for one write
        desk.recent.note(desk, TEAM, ADA, "quote margin")
        async with asyncio.timeout(20):
            await written.wait()
        assert await desk.store.recents(TEAM, ADA) == ("quote margin",)


@pytest.mark.parametrize("end", ["me", "workspace"])
async def test_who_is_forgotten_while_a_write_is_under_way_is_so(slack: LocalSlack, tmp_path: Path, end: str) -> None:
    async with desk_at(slack, tmp_path) as desk:
        desk.recent = Recent(pause=60)
        await forgotten_meanwhile(desk, end)
        await desk.recent.write(desk)
        assert await desk.store.recents(TEAM, ADA) == ()
        desk.recent.hurry()


async def forgotten_meanwhile(desk: Desk, end: str) -> None:
    """Forget somebody while a question of theirs is on its way into a database that then fails."""

    async def meanwhile(*_asked: object, **_more: object) -> None:
        desk.recent.forget(TEAM, ADA)
        await (desk.store.forget_user(TEAM, ADA) if end == "me" else desk.store.forget_tenant(TEAM))
        raise OSError("no route to the database")

    desk.recent.note(desk, TEAM, ADA, "quote margin")
    save = desk.store.save_recent
    desk.store.save_recent = meanwhile  # type: ignore[method-assign]  # the forgetting, half-way into the write
    with pytest.raises(OSError, match="no route"):
        await desk.recent.write(desk)
    desk.store.save_recent = save  # type: ignore[method-assign]  # and back


async def test_of_each_person_as_many_wait_as_the_home_shows(slack: LocalSlack, tmp_path: Path) -> None:
    async with desk_at(slack, tmp_path) as desk:
        desk.recent = Recent(pause=60)
        save = desk.store.save_recent
        desk.store.save_recent = away  # type: ignore[method-assign]  # the database is away
        for number in range(2 * KEPT):
            desk.recent.note(desk, TEAM, ADA, f"quote {number}")
            with pytest.raises(OSError, match="no route"):
                await desk.recent.write(desk)
        desk.store.save_recent = save  # type: ignore[method-assign]  # and back
        await desk.recent.write(desk)
        newest = tuple(f"quote {number}" for number in reversed(range(KEPT, 2 * KEPT)))
        assert await desk.store.recents(TEAM, ADA, limit=20) == newest
        desk.recent.hurry()
