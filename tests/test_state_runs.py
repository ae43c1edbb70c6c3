"""The ledger's rows: who may take a digest, until when it is theirs, and what a replica that lost it may still change."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace

import pytest

from bot.state.run import Planned, Run, State
from bot.state.store import Store
from handlers.serve import utc_now
from tests.cluster import fresh_database
from tests.desk import in_memory

NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)
TODAY = NOW.date()
CALLS = {"acme-2026-q3": "ff"}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    store = await (in_memory() if request.param == "sqlite" else Store.open(await fresh_database(), clock=utc_now))
    yield store
    await store.close()


async def planned(store: Store, *channels: str, due: dt.datetime = NOW, date: dt.date = TODAY) -> None:
    for channel in channels or ("C1",):
        await store.plan_runs("T1", channel, [Planned(date, due)])


async def claim(store: Store, now: dt.datetime = NOW, owner: str = "one", due_by: dt.datetime = NOW) -> Run | None:
    return await store.claim_run("T1", owner, now, due_by=due_by, lease=LEASE)


async def taken(store: Store, now: dt.datetime = NOW, owner: str = "one") -> Run:
    run = await claim(store, now, owner)
    assert run is not None
    return run


async def row(store: Store, channel: str = "C1") -> Run:
    return (await store.runs("T1", channel))[0]


async def test_a_date_has_one_row_whoever_plans_it(store: Store) -> None:
    plans = [
        store.plan_runs("T1", "C1", [Planned(TODAY, NOW), Planned(TODAY + dt.timedelta(1), NOW)]) for _ in range(6)
    ]
    assert sorted(await asyncio.gather(*plans)) == [0, 0, 0, 0, 0, 2]
    assert await store.plan_runs("T1", "C1", [Planned(TODAY, NOW + SECOND)]) == 0
    assert (await store.runs("T1", "C1"))[1].due_at == NOW
    assert await store.plan_runs("T1", "C1", []) == 0
    assert await store.last_due("T1") == {"C1": NOW}
    await store.plan_runs("T1", "C1", [Planned(TODAY - dt.timedelta(1), NOW + SECOND)])
    assert await store.last_due("T1") == {"C1": NOW + SECOND}


async def test_an_archive_of_calls_is_planned_at_once(store: Store) -> None:
    """PostgreSQL takes 32,767 parameters a statement: 4,095 rows of eight."""
    rows = [Planned(TODAY, NOW, subject=f"margin\ncall-{number}") for number in range(4_200)]
    assert await store.plan_runs("T1", "C1", rows) == 4_200
    assert await store.plan_runs("T1", "C1", [*rows, Planned(TODAY, NOW)]) == 1


async def test_of_any_number_of_replicas_each_row_has_one(store: Store) -> None:
    await planned(store, *(f"C{number}" for number in range(20)))
    claims = await asyncio.gather(*(claim(store, owner=f"r{number}") for number in range(30)))
    got = [run.channel for run in claims if run is not None]
    assert len(got) == len(set(got))
    while (run := await claim(store)) is not None:
        got.append(run.channel)
    assert sorted(got) == sorted(f"C{number}" for number in range(20))


async def test_the_earliest_is_taken_first_and_nothing_before_it_is_due(store: Store) -> None:
    await planned(store, "C1", due=NOW + SECOND)
    await planned(store, "C2", due=NOW)
    assert (await taken(store)).channel == "C2"
    assert await claim(store) is None
    assert (await claim(store, due_by=NOW + SECOND)) is not None


async def test_what_may_be_at_slack_already_is_looked_up_before_anything_new(store: Store) -> None:
    """After its time there it can't be looked up any more; a morning's new digests can wait that long."""
    await planned(store, "C1", "C2", due=NOW - SECOND)
    for minutes in (4, 3):
        run = await taken(store)
        await store.start_run(run, NOW, lease=LEASE, post_at=NOW + dt.timedelta(minutes=minutes), calls=CALLS)
    await planned(store, "C0", due=NOW - dt.timedelta(hours=1))
    later = NOW + LEASE + SECOND
    assert [(await taken(store, later)).channel for _ in range(3)] == ["C2", "C1", "C0"]


async def test_a_skipped_date_is_nobodys(store: Store) -> None:
    await store.plan_runs("T1", "C1", [Planned(TODAY, NOW, "too late")])
    assert await claim(store) is None
    found = await row(store)
    assert (found.state, found.reason) == (State.SKIPPED, "too late")


async def test_a_lease_holds_until_it_ends_and_not_longer(store: Store) -> None:
    await planned(store)
    first = await taken(store)
    assert (first.attempts, first.owner, first.lease_until) == (1, "one", NOW + LEASE)
    assert await claim(store, NOW + LEASE - SECOND, "two") is None
    second = await taken(store, NOW + LEASE, "two")
    assert (second.attempts, second.owner) == (2, "two")


async def test_who_lost_the_lease_changes_nothing(store: Store) -> None:
    await planned(store)
    first = await taken(store)
    await taken(store, NOW + LEASE, "two")
    later = NOW + LEASE + SECOND
    assert not await store.start_run(first, later, lease=LEASE, post_at=later, calls=CALLS)
    assert not await store.schedule_run(first, "Q1", CALLS)
    assert not await store.end_run(first, State.QUIET, "nothing new")
    assert not await store.put_off_run(first, later)
    assert await store.told("T1", "C1") == {}
    found = await row(store)
    assert (found.state, found.owner, found.started_at) == (State.SENDING, "two", None)


async def test_a_replica_that_took_it_again_is_not_its_earlier_self(store: Store) -> None:
    await planned(store)
    first = await taken(store)
    await taken(store, NOW + LEASE, "one")
    assert not await store.end_run(first, State.QUIET, "nothing new")
    assert not await store.start_run(first, NOW + LEASE, lease=LEASE, post_at=NOW, calls=CALLS)


async def test_nothing_is_sent_after_the_lease_though_nobody_else_has_it(store: Store) -> None:
    await planned(store)
    run = await taken(store)
    assert not await store.start_run(run, NOW + LEASE, lease=LEASE, post_at=NOW, calls=CALLS)
    assert await store.start_run(run, NOW + LEASE - SECOND, lease=LEASE, post_at=NOW, calls=CALLS)


async def test_a_started_run_says_so_to_who_takes_it_next(store: Store) -> None:
    await planned(store)
    run = await taken(store)
    post_at = NOW + 4 * LEASE
    assert await store.start_run(run, NOW + SECOND, lease=LEASE, post_at=post_at, calls=CALLS)
    assert await claim(store, NOW + LEASE, "two") is None  # the start renewed the lease
    again = await taken(store, NOW + LEASE + SECOND, "two")
    assert (again.started_at, again.post_at, again.calls) == (NOW + SECOND, post_at, CALLS)


async def test_scheduled_settles_when_its_time_has_come(store: Store) -> None:
    await planned(store)
    run = await taken(store)
    assert await store.start_run(run, NOW, lease=LEASE, post_at=NOW + LEASE, calls=CALLS)
    assert await store.schedule_run(run, "Q1", CALLS)
    assert await store.told("T1", "C1") == CALLS
    assert await claim(store, NOW + 9 * LEASE) is None
    assert [found.scheduled for found in await store.scheduled_runs("T1")] == ["Q1"]
    await store.keep_run(run, "Q2")
    assert (await row(store)).scheduled == "Q2"
    assert await store.settle_runs("T1", NOW + LEASE - SECOND) == 0
    assert await store.settle_runs("T1", NOW + LEASE) == 1
    assert await store.settle_runs("T1", NOW + LEASE) == 0
    assert (await row(store)).state is State.POSTED
    await store.keep_run(run, "Q3")
    assert (await row(store)).scheduled == "Q2"
    assert not await store.withdraw_run(run)
    assert not await store.end_run(run, State.QUIET, "nothing new")


async def test_withdrawn_is_new_again(store: Store) -> None:
    await planned(store)
    await store.tell("T1", "C1", {"acme-2026-q2": "ee"}, None)
    run = await taken(store)
    assert not await store.withdraw_run(run)  # a replica holds it
    assert await store.start_run(run, NOW, lease=LEASE, post_at=NOW + LEASE, calls=CALLS)
    assert await store.schedule_run(run, "Q1", CALLS)
    assert await store.withdraw_run(run)
    assert await store.runs("T1", "C1") == ()
    assert await store.told("T1", "C1") == {"acme-2026-q2": "ee"}
    assert not await store.withdraw_run(run)
    await planned(store)
    assert await store.withdraw_run(run)  # due, and nobody's yet


async def test_withdrawing_one_date_leaves_the_others(store: Store) -> None:
    await planned(store, "C1", "C2")
    await planned(store, date=TODAY + dt.timedelta(1))
    run = next(found for found in await store.runs("T1", "C1") if found.local_date == TODAY)
    assert await store.withdraw_run(run)
    assert [found.local_date for found in await store.runs("T1", "C1")] == [TODAY + dt.timedelta(1)]
    assert len(await store.runs("T1", "C2")) == 1


async def test_put_off_is_due_again_later_and_as_unstarted_as_before(store: Store) -> None:
    await planned(store)
    run = await taken(store)
    assert await store.start_run(run, NOW, lease=LEASE, post_at=NOW + LEASE, calls=CALLS)
    assert await store.put_off_run(run, NOW + 3 * LEASE)
    assert await claim(store, NOW + 3 * LEASE - SECOND) is None
    again = await taken(store, NOW + 3 * LEASE)
    assert (again.started_at, again.post_at, again.calls) == (None, None, {})


@pytest.mark.parametrize("state", [State.QUIET, State.SKIPPED, State.DEAD])
async def test_ended_is_nobodys_any_more(store: Store, state: State) -> None:
    await planned(store)
    run = await taken(store)
    assert await store.end_run(run, state, "why")
    assert await claim(store, NOW + 9 * LEASE) is None
    assert await store.open_runs("T1", "C1") == ()
    assert (await row(store)).reason == "why"


async def test_a_change_touches_its_own_row_only(store: Store) -> None:
    await planned(store, "C1", "C2")
    await planned(store, date=TODAY + dt.timedelta(1))
    first = await taken(store)
    others = [await taken(store), await taken(store)]
    assert await store.start_run(first, NOW, lease=2 * LEASE, post_at=NOW, calls=CALLS)
    assert await store.schedule_run(first, "Q1", CALLS)
    await store.keep_run(first, "Q9")
    for other in others:
        mine = next(run for run in await store.runs("T1", other.channel) if run.local_date == other.local_date)
        assert (mine.state, mine.started_at, mine.scheduled) == (State.SENDING, None, None)
    assert await store.end_run(others[0], State.QUIET, "nothing new")
    assert await store.put_off_run(others[1], NOW)
    states = [run.state for channel in ("C1", "C2") for run in await store.runs("T1", channel)]
    assert sorted(states) == [State.DUE, State.QUIET, State.SCHEDULED]


Change = Callable[[Store, Run], Awaitable[object]]
SENDING: tuple[Change, ...] = (
    lambda store, run: store.start_run(run, NOW, lease=LEASE, post_at=NOW + LEASE, calls=CALLS),
    lambda store, run: store.schedule_run(run, "Q1", CALLS),
    lambda store, run: store.end_run(run, State.QUIET, "nothing new"),
    lambda store, run: store.put_off_run(run, NOW + LEASE),
)
SCHEDULED: tuple[Change, ...] = (
    lambda store, run: store.keep_run(run, "Q9"),
    lambda store, run: store.withdraw_run(run),
    lambda store, run: store.settle_runs(run.tenant, NOW + 2 * LEASE),
)
NEIGHBOURS = (
    ("T1", "C1", TODAY, ""),
    ("T2", "C1", TODAY, ""),
    ("T1", "C2", TODAY, ""),
    ("T1", "C1", TODAY + dt.timedelta(1), ""),
    ("T1", "C1", TODAY, "margin\nacme"),
    ("T1", "C2", TODAY, "margin\nacme"),
    ("T2", "C1", TODAY, "margin\nacme"),
)


async def neighbours(store: Store, *, scheduled: bool) -> list[Run]:
    """Give runs that differ in one part of their key each, all held by one replica, or all at Slack."""
    for tenant, channel, date, subject in NEIGHBOURS:
        await store.plan_runs(tenant, channel, [Planned(date, NOW, subject=subject)])
    held = []
    for tenant, *_ in NEIGHBOURS:
        run = await store.claim_run(tenant, "one", NOW, due_by=NOW, lease=LEASE)
        assert run is not None
        held.append(run)
    for number, run in enumerate(held if scheduled else ()):
        post_at = NOW + LEASE + number * SECOND
        assert await store.start_run(run, NOW, lease=LEASE, post_at=post_at, calls={f"{run.tenant} {number}": "ff"})
        assert await store.schedule_run(run, f"Q{number}", {f"{run.tenant} {number}": "ff"})
    return held


def keys(runs: Iterable[Run]) -> list[tuple[str, str, dt.date, str]]:
    """Return the runs' keys, doubles too."""
    return sorted((run.tenant, run.channel, run.local_date, run.subject) for run in runs)


async def everything(store: Store) -> dict[tuple[str, str, dt.date, str], Run]:
    """Return every run of every neighbour by its key, ended or not."""
    found: dict[tuple[str, str, dt.date, str], Run] = {}
    for tenant, channel in (("T1", "C1"), ("T1", "C2"), ("T2", "C1")):
        for run in (*await store.runs(tenant, channel), *await store.found(tenant, channel)):
            found[run.tenant, run.channel, run.local_date, run.subject] = run
    return found


@pytest.mark.parametrize("change", [*SENDING, *SCHEDULED])
async def test_a_change_touches_no_neighbour_in_any_part_of_the_key(store: Store, change: Change) -> None:
    await neighbours(store, scheduled=change in SCHEDULED)
    before = await everything(store)
    assert len(before) == len(NEIGHBOURS)
    key = ("T1", "C1", TODAY, "")
    await change(store, before[key])
    after = await everything(store)
    assert after.pop(key, None) != before.pop(key)
    if change is SCHEDULED[-1]:  # a whole workspace's
        after = {found: run for found, run in after.items() if run.tenant != "T1"}
        before = {found: run for found, run in before.items() if run.tenant != "T1"}
    assert after == before


@pytest.mark.parametrize("subject", ["", "margin\nacme"])
async def test_withdrawing_makes_only_its_own_digests_calls_new(store: Store, subject: str) -> None:
    await neighbours(store, scheduled=True)
    places = [("T1", "C1"), ("T1", "C2"), ("T2", "C1")]
    before = [await store.told(*place) for place in places]
    run = (await everything(store))["T1", "C1", TODAY, subject]
    assert await store.withdraw_run(run)
    after = [await store.told(*place) for place in places]
    assert after[1:] == before[1:]
    assert (after[0] == before[0]) is bool(subject)


async def test_what_a_wrong_clock_planned_is_forgotten_and_nothing_that_may_be_at_slack(store: Store) -> None:
    reach = NOW + LEASE
    late = "too late"
    skipped = [
        ("T1", "C1", NOW + SECOND, late, ""),  # yet to come: forgotten
        ("T1", "C2", NOW, late, ""),  # past
        ("T1", "C3", NOW + SECOND, late, "margin\nacme"),  # a watch's
        ("T2", "C1", NOW + SECOND, late, ""),  # another workspace's
        ("T1", "C4", reach + SECOND, None, ""),  # beyond reach: forgotten
        ("T1", "C5", reach, None, ""),  # within it
    ]
    for tenant, channel, moment, why, subject in skipped:
        await store.plan_runs(tenant, channel, [Planned(TODAY, moment, why, subject)])
    for channel, end in (("C6", State.QUIET), ("C7", State.SKIPPED), ("C8", State.DEAD), ("C9", None)):
        for moment, date in ((reach, TODAY), (reach + SECOND, TODAY + dt.timedelta(1))):
            await store.plan_runs("T3", channel, [Planned(date, moment)])
            run = await store.claim_run("T3", "one", NOW, due_by=reach + SECOND, lease=LEASE)
            assert run is not None
            if end is None:  # on its way to Slack
                assert await store.start_run(run, NOW, lease=LEASE, post_at=moment, calls={})
                assert await store.put_off_run(replace(run, started_at=NOW, post_at=moment), NOW + LEASE)
            else:
                assert await store.end_run(run, end, "because")
    assert await store.unplan_runs("T1", NOW, reach) == 2
    kept = {channel for channel in ("C1", "C2", "C4", "C5") if await store.runs("T1", channel)}
    assert kept == {"C2", "C5"}
    assert len(await store.found("T1", "C3")) == len(await store.runs("T2", "C1")) == 1
    assert await store.unplan_runs("T3", NOW, reach) == 2
    assert {channel: len(await store.runs("T3", channel)) for channel in ("C6", "C7", "C8", "C9")} == {
        "C6": 1,
        "C7": 1,
        "C8": 2,
        "C9": 2,
    }


async def test_of_any_number_who_tell_calls_each_call_has_one(store: Store) -> None:
    many = {f"call {number}": "ff" for number in range(9_000)}
    half = dict(list(many.items())[:4_500])
    found = await asyncio.gather(*(store.tell("T1", "C1", calls, None) for calls in (half, many, many)))
    assert sorted(call for each in found for call in each) == sorted(many)
    assert await store.tell("T1", "C1", many, None) == frozenset()
    assert await store.tell("T1", "C2", half, None) == frozenset(half)


async def test_whoever_looks_sees_only_what_was_asked_for(store: Store) -> None:
    await neighbours(store, scheduled=True)
    assert {run.tenant for run in await store.scheduled_runs("T1")} == {"T1"}
    here = [(tenant, channel, date, subject) for tenant, channel, date, subject in NEIGHBOURS
            if (tenant, channel) == ("T1", "C1")]  # fmt: skip
    digests = [place for place in here if not place[-1]]
    assert keys(await store.afoot("T1", "C1")) == sorted(here)
    assert keys(await store.open_runs("T1", "C1")) == sorted(digests)
    assert keys(await store.runs("T1", "C1")) == sorted(digests)
    assert keys(await store.found("T1", "C1")) == [("T1", "C1", TODAY, "margin\nacme")]
    assert await store.last_due("T2") == {"C1": NOW}
    assert len(await store.seconds_taken("T1", "C1", NOW)) == 3
    assert len(await store.seconds_taken("T1", "C2", NOW)) == 2
    later = NOW + LEASE + dt.timedelta(days=1)
    assert await store.seconds_taken("T1", "C1", later) == frozenset()


async def test_only_what_waits_or_is_at_slack_can_be_withdrawn(store: Store) -> None:
    await planned(store)
    run = await taken(store)
    await store.end_run(run, State.SKIPPED, "too late")
    assert not await store.withdraw_run(run)
    assert (await row(store)).state is State.SKIPPED


@pytest.mark.parametrize("change", SENDING)
async def test_a_claim_that_is_over_changes_nothing(store: Store, change: Change) -> None:
    await planned(store)
    first = await taken(store)
    again = await taken(store, NOW + LEASE)  # by the same replica
    assert not await change(store, first)
    assert await store.end_run(again, State.SKIPPED, "too late")
    assert not await change(store, again)
    assert (await row(store)).reason == "too late"


@pytest.mark.parametrize("change", SENDING)
async def test_a_claim_of_a_row_that_was_planned_anew_changes_nothing(store: Store, change: Change) -> None:
    await planned(store)
    first = await taken(store)
    assert await store.put_off_run(first, NOW)
    assert await store.withdraw_run(first)
    await planned(store)
    second = await taken(store, owner="two")
    assert second.attempts == first.attempts
    assert not await change(store, first)
    assert await row(store) == second
