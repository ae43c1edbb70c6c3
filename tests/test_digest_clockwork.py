"""The clockwork under a moved clock: each digest once, over restarts, lost answers, refusals, pauses and long absences."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.call import Call
from bot.digest.clockwork import MINUTE, NOTHING_NEW, SHARE, TOO_LATE, UNCERTAIN, Clockwork, Pace
from bot.digest.composing import new_calls
from bot.digest.digest import Digest, News
from bot.digest.outbox import BusyError, LateError, Pending, Post, RefusedError, UnclearError
from bot.digest.schedule import WORKING_DAYS, Schedule
from bot.state.run import Planned, State
from bot.state.schema import digest_run
from bot.state.store import Store
from handlers.serve import utc_now
from tests.cluster import fresh_database
from tests.desk import in_memory

HOUR = 60 * MINUTE
NINE = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)  # Monday, 9:00 in Berlin
SCHEDULE = Schedule(9, 0, WORKING_DAYS, "Europe/Berlin")
AFOOT = select(digest_run.c.channel).where(
    digest_run.c.tenant == "T1",
    digest_run.c.channel.in_(("C1", "C2")),
    digest_run.c.state.in_((State.DUE, State.SENDING, State.SCHEDULED)),
)
EMPTY = Call("", None, None, None, None, None, None, {}, (), (), (), ())


@dataclass
class Slack:
    """Slack as the clockwork sees it: remembers what waits, what was posted and what was said; fails when told to."""

    now: dt.datetime
    waiting: dict[str, tuple[Pending, Post]] = field(default_factory=dict)
    posted: list[tuple[str, dt.datetime, tuple[str, ...]]] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    faults: list[Exception | str] = field(default_factory=list)
    calls: int = 0

    async def schedule(self, tenant: str, channel: str, post: Post, post_at: dt.datetime) -> str:
        self.calls += 1
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, Exception):
            raise fault
        assert post_at > self.now
        assert post_at.microsecond == 0
        name = f"Q{self.calls:03}"
        self.waiting[name] = (Pending(name, channel, post_at), post)
        if fault == "taken, answer lost":
            raise UnclearError
        return name

    async def pending(self, tenant: str, channel: str) -> tuple[Pending, ...]:
        return tuple(pending for pending, _ in self.waiting.values() if pending.channel == channel)

    async def withdraw(self, tenant: str, channel: str, message: str) -> None:
        self.waiting.pop(message, None)

    async def warn(self, tenant: str, user: str, sentence: str) -> None:
        self.warned.append(sentence)

    def move(self, now: dt.datetime) -> None:
        self.now = now
        for name, (pending, post) in list(self.waiting.items()):
            if pending.post_at <= now:
                del self.waiting[name]
                self.posted.append((pending.channel, pending.post_at, tuple(post.calls)))


class House:
    """A workspace with its channels, calls and replicas."""

    def __init__(self, store: Store, now: dt.datetime) -> None:
        self.store, self.slack, self.now = store, Slack(now), now
        self.calls: dict[str, Call] = {}

    def add(self, name: str) -> None:
        self.calls[name] = replace(EMPTY, id=name, fingerprint=f"hash of {name}")

    async def compose(self, tenant: str, channel: str, now: dt.datetime) -> Digest:
        told = await self.store.told(tenant, channel)
        return Digest(tuple(News(call, ()) for call in new_calls(self.calls, told)))

    async def clock(self) -> dt.datetime:
        return self.now

    def replica(self, name: str = "one") -> Clockwork:
        return Clockwork(self.store, self.slack, self.compose, self.clock, name)

    async def run(self, until: dt.datetime, *replicas: Clockwork, step: dt.timedelta | None = None) -> None:
        """Tick every replica until a moment: each minute while something is afoot, else each ten."""
        while self.now <= until:
            for replica in replicas or (self.replica(),):
                await replica.tick()
            self.now = min(self.now + (step or (MINUTE if await self.busy() else 10 * MINUTE)), until + MINUTE / 2)
            self.slack.move(self.now)

    async def busy(self) -> bool:
        """Whether something is afoot in C1 or C2."""
        async with self.store.database.reading("T1") as connection:
            return (await connection.execute(AFOOT)).first() is not None

    async def states(self, channel: str = "C1") -> list[str]:
        return [run.state for run in await self.store.runs("T1", channel)]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    store = await (in_memory() if request.param == "sqlite" else Store.open(await fresh_database(), clock=utc_now))
    house = House(store, NINE - HOUR)
    await store.subscribe("T1", "C1", SCHEDULE, user="U1", now=house.now, calls={})
    yield house
    await store.close()


async def test_a_digest_at_its_hour(house: House) -> None:
    house.add("acme-2026-q3")
    await house.run(NINE - MINUTE)
    assert house.slack.posted == []
    assert await house.states() == [State.SCHEDULED]
    await house.run(NINE + MINUTE)
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]
    assert await house.states() == [State.POSTED]


async def test_nothing_on_a_quiet_day_and_what_is_told_is_not_told_again(house: House) -> None:
    house.add("acme-2026-q3")
    await house.run(NINE + MINUTE)
    house.now += 22 * HOUR
    await house.run(NINE + 25 * HOUR)
    assert len(house.slack.posted) == 1
    assert await house.states() == [State.QUIET, State.POSTED]
    assert [run.reason for run in await house.store.runs("T1", "C1")] == [NOTHING_NEW, None]


async def test_calls_from_before_the_subscription_are_not_news(house: House) -> None:
    house.add("acme-2026-q2")
    await house.store.subscribe("T1", "C2", SCHEDULE, user="U1", now=house.now, calls={"acme-2026-q2": "hash"})
    house.add("acme-2026-q3")
    await house.run(NINE + MINUTE)
    assert ("C2", NINE, ("acme-2026-q3",)) in house.slack.posted


async def test_kept_over_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    store = await Store.open(url, clock=utc_now)
    house = House(store, NINE - HOUR)
    await store.subscribe("T1", "C1", SCHEDULE, user="U1", now=house.now, calls={})
    house.add("acme-2026-q3")
    for minutes in (15, 9, 5, 0):  # the bot is started anew before, while and after Slack has the message
        await house.run(NINE - minutes * MINUTE)
        await house.store.close()
        house.store = await Store.open(url, clock=utc_now)
    await house.run(NINE + HOUR)
    await house.store.close()
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]


async def test_a_tick_with_nothing_within_reach_asks_the_ledger_for_no_dates(house: House) -> None:
    asked = 0
    last_due = house.store.last_due

    async def counted(tenant: str) -> Mapping[str, dt.datetime]:
        nonlocal asked
        asked += 1
        return await last_due(tenant)

    house.store.last_due = counted  # type: ignore[method-assign]  # and counts
    house.add("acme-2026-q3")
    await house.run(NINE - HOUR / 2)
    assert asked == 0
    await house.run(NINE + MINUTE)
    assert asked > 0
    assert len(house.slack.posted) == 1


async def test_who_has_a_digest_or_a_watch_is_served(house: House) -> None:
    store = house.store
    assert await store.tenants_to_serve() == ("T1",)
    await store.subscribe("T0", "C1", SCHEDULE, user="U1", now=house.now, calls={})
    await store.subscribe("T0", "C2", SCHEDULE, user="U1", now=house.now, calls={})
    await store.pause("T0", "C1", house.now, paused=True)
    await store.add_watch("T3", "C1", "margin", "U1")
    await store.go_live("T2", "C1", "margin", "U1", now=house.now, calls={})
    assert await store.tenants_to_serve() == ("T0", "T1", "T2")
    await store.plan_runs("T4", "C1", [Planned(house.now.date(), house.now, subject="margin\nacme")])
    assert await store.tenants_to_serve() == ("T0", "T1", "T2", "T4"), "what its watch found is still on its way"
    await store.plan_runs("T5", "C1", [Planned(house.now.date(), house.now)])
    assert (await store.tenants_to_serve())[-1] == "T5", "its digest is still on its way, though it was turned off"


async def test_two_replicas_post_once(house: House) -> None:
    house.add("acme-2026-q3")
    for number in range(2, 12):
        await house.store.subscribe("T1", f"C{number}", SCHEDULE, user="U1", now=house.now, calls={})
    one, two = house.replica("one"), house.replica("two")
    house.now = NINE - 9 * MINUTE
    await asyncio.gather(one.tick(), two.tick())
    await house.run(NINE + MINUTE, one, two)
    assert sorted(channel for channel, _, _ in house.slack.posted) == sorted(f"C{n}" for n in range(1, 12))


async def test_a_lost_answer_is_looked_up_and_not_repeated(house: House) -> None:
    house.add("acme-2026-q3")
    house.slack.faults = ["taken, answer lost"]
    await house.run(NINE + MINUTE)
    assert house.slack.calls == 1
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]
    assert await house.states() == [State.POSTED]
    assert set(await house.store.told("T1", "C1")) == {"acme-2026-q3"}


async def test_what_slack_never_took_is_sent_again_after_the_lease(house: House) -> None:
    house.add("acme-2026-q3")
    house.slack.faults = [UnclearError(), UnclearError()]
    await house.run(NINE + MINUTE)
    assert house.slack.calls == 3
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]


async def test_an_unclear_result_is_never_retried_before_the_lease_ends(house: House) -> None:
    house.add("acme-2026-q3")
    house.slack.faults = [UnclearError()] * 9
    house.now = NINE - 10 * MINUTE
    await house.run(NINE - 9 * MINUTE - dt.timedelta(seconds=1), step=dt.timedelta(seconds=5))
    assert house.slack.calls == 1


async def test_a_double_is_taken_back_before_anyone_sees_it(house: House) -> None:
    """A replica that stood still sends after its lease; the other has sent meanwhile."""
    house.add("acme-2026-q3")
    house.slack.faults = [UnclearError()]  # the sleeper's request, which Slack takes much later
    await house.run(NINE - 8 * MINUTE)
    digest = await house.compose("T1", "C9", house.now)
    await house.slack.schedule("T1", "C1", digest, NINE)
    assert len(house.slack.waiting) == 2
    await house.run(NINE + MINUTE)
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]


async def test_too_many_requests_wait_as_long_as_slack_says(house: House) -> None:
    house.add("acme-2026-q3")
    house.slack.faults = [BusyError(3 * MINUTE), LateError()]
    await house.run(NINE + MINUTE)
    assert house.slack.calls == 3
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]


async def test_a_refusal_stops_the_digest_and_is_told_to_who_set_it_up(house: House) -> None:
    house.add("acme-2026-q3")
    house.slack.faults = [RefusedError("I am not in that channel.")]
    await house.run(NINE + MINUTE)
    assert house.slack.warned == ["I am not in that channel."]
    assert await house.states() == [State.DEAD]
    subscription = await house.store.subscription("T1", "C1")
    assert subscription is not None
    assert subscription.paused


async def test_late_within_six_hours_is_posted_once_after_them_skipped_and_told(house: House) -> None:
    house.add("acme-2026-q3")
    house.now = NINE + 3 * HOUR
    house.slack.move(house.now)
    await house.run(NINE + 4 * HOUR)
    assert [(channel, calls) for channel, _, calls in house.slack.posted] == [("C1", ("acme-2026-q3",))]
    house.add("acme-2026-q4")
    house.now = NINE + (48 + 7) * HOUR  # down on Tuesday, and on Wednesday until the afternoon
    house.slack.move(house.now)
    await house.run(NINE + (48 + 8) * HOUR)
    assert len(house.slack.posted) == 1
    assert [(run.state, run.reason) for run in await house.store.runs("T1", "C1")] == [
        (State.SKIPPED, TOO_LATE),
        (State.SKIPPED, TOO_LATE),
        (State.POSTED, None),
    ]
    house.now = NINE + 71 * HOUR
    house.slack.move(house.now)
    await house.run(NINE + 72 * HOUR + MINUTE)
    assert house.slack.posted[-1] == (
        "C1",
        NINE + 72 * HOUR,
        ("acme-2026-q4",),
    )  # nothing is lost: it comes with the next


async def test_what_was_planned_in_time_is_skipped_after_six_hours_too(house: House) -> None:
    house.add("acme-2026-q3")
    house.slack.faults = [BusyError(MINUTE)]
    house.now = NINE - 10 * MINUTE
    await house.replica().tick()
    house.now = NINE + 7 * HOUR  # everything was down
    await house.replica().tick()
    assert [(run.state, run.reason) for run in await house.store.runs("T1", "C1")] == [(State.SKIPPED, TOO_LATE)]
    assert house.slack.waiting == {}


async def test_what_nobody_can_know_is_skipped_and_its_calls_are_told_next_time(house: House) -> None:
    house.add("acme-2026-q3")
    house.slack.faults = ["taken, answer lost"]
    house.now = NINE - 10 * MINUTE
    await house.replica().tick()
    house.now = NINE + HOUR  # everything was down; Slack posted it
    house.slack.move(house.now)
    await house.run(NINE + HOUR + MINUTE)
    assert [(run.state, run.reason) for run in await house.store.runs("T1", "C1")] == [(State.SKIPPED, UNCERTAIN)]
    assert len(house.slack.posted) == 1
    assert await house.store.told("T1", "C1") == {}


async def test_turned_off_or_paused_while_slack_has_it_takes_it_back(house: House) -> None:
    house.add("acme-2026-q3")
    await house.run(NINE - 5 * MINUTE)
    assert len(house.slack.waiting) == 1
    await house.store.pause("T1", "C1", house.now, paused=True)
    await house.run(NINE + MINUTE)
    assert house.slack.posted == []
    assert await house.states() == []
    assert await house.store.told("T1", "C1") == {}


@pytest.mark.parametrize(
    "jump", [-HOUR, 24 * HOUR, *(pytest.param(jump, marks=pytest.mark.thorough) for jump in (HOUR, -24 * HOUR))]
)
async def test_a_clock_that_jumps_posts_no_second_digest(house: House, jump: dt.timedelta) -> None:
    house.add("acme-2026-q3")
    await house.run(NINE + MINUTE)
    house.add("acme-2026-q4")
    house.now += jump
    await house.run(house.now + 2 * HOUR)
    dates = [at.date() for _, at, _ in house.slack.posted]
    assert len(dates) == len(set(dates))


async def test_very_many_digests_hold_up_neither_another_workspace_nor_the_sweep(house: House) -> None:
    """Each workspace has a share of a tick in turn: its messages, and then the look for doubles."""
    for tenant, channels in (("T1", SHARE * 2 + 4), ("T2", 3)):
        for number in range(channels):
            channel = f"{tenant} {number:02}"
            await house.store.subscribe(tenant, channel, SCHEDULE, user="U1", now=house.now, calls={})
    house.add("acme")
    house.now = house.slack.now = NINE - 5 * MINUTE
    await house.replica().tick()
    order = ["T2" if pending.channel.startswith("T2") else "T1" for pending, _ in house.slack.waiting.values()]
    assert order == ["T1"] * SHARE + ["T2"] * 3 + ["T1"] * (SHARE + 5)


async def test_one_workspaces_trouble_is_its_own(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.add("acme-2026-q3")
    await house.store.subscribe("T0", "C0", SCHEDULE, user="U1", now=house.now, calls={})

    async def compose(tenant: str, channel: str, now: dt.datetime) -> Digest:
        if tenant == "T0":
            raise RuntimeError("broken")
        return await house.compose(tenant, channel, now)

    clockwork = Clockwork(house.store, house.slack, compose, house.clock, "one")
    await house.run(NINE + MINUTE, clockwork)
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]
    assert "could not be looked after" in caplog.text


async def test_what_the_watches_cant_notice_stops_no_digest(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.add("acme-2026-q3")
    clockwork = house.replica()

    async def notice(tenant: str, now: dt.datetime) -> None:
        raise RuntimeError("broken")

    clockwork.notice = notice
    await house.run(NINE + MINUTE, clockwork)
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]
    assert "could not be noticed" in caplog.text


async def test_what_cant_be_taken_back_now_is_taken_back_by_the_next_tick(house: House) -> None:
    house.add("acme-2026-q3")
    await house.run(NINE - 8 * MINUTE)
    await house.store.pause("T1", "C1", house.now, paused=True)
    pending, house.slack.pending = house.slack.pending, troubled  # type: ignore[method-assign]  # for one tick
    await house.replica().tick()
    house.slack.pending = pending  # type: ignore[method-assign]  # and back
    assert len(house.slack.waiting) == 1
    await house.replica().tick()
    assert house.slack.waiting == {}


async def troubled(tenant: str, channel: str) -> tuple[Pending, ...]:
    raise UnclearError


async def test_a_database_that_is_away_for_a_while_ends_no_loop(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.add("acme-2026-q3")
    clockwork = house.replica()
    found = house.store.tenants_to_serve

    async def away() -> tuple[str, ...]:
        raise OSError("no route to the database")

    house.store.tenants_to_serve = away  # type: ignore[method-assign]  # the database is away
    await clockwork.tick()
    assert "the next tick tries again" in caplog.text
    house.store.tenants_to_serve = found  # type: ignore[method-assign]  # and back
    await house.run(NINE + MINUTE, clockwork)
    assert house.slack.posted == [("C1", NINE, ("acme-2026-q3",))]


def test_the_pace_leaves_time_for_a_second_attempt_before_the_sweep() -> None:
    pace = Pace()
    tick = MINUTE / 2
    assert pace.lease + tick + 10 * dt.timedelta(seconds=1) < pace.lead - pace.sweep
    assert pace.closed < pace.sweep < pace.lead < pace.ahead
