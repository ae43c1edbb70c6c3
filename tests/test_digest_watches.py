"""Watches under a moved clock: each call that matches is posted once, over replicas, restarts and lost answers."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.call import Call
from bot.digest.clockwork import AT_ONCE, CROWDED, MINUTE, TOO_LATE, UNCERTAIN_POST, Clockwork
from bot.digest.digest import Digest
from bot.digest.noticing import RECENT, Noticing
from bot.digest.outbox import BusyError, Pending, Post, RefusedError, UnclearError
from bot.digest.schedule import EVERY_DAY, Schedule
from bot.digest.watched import key_and_call
from bot.digest.wishes import MUTED, UNWATCHED
from bot.state.run import Run, State
from bot.state.store import Store
from bot.state.watches import FOREVER, Watch
from handlers.serve import utc_now
from tests.cluster import fresh_database
from tests.desk import in_memory

START = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
HOUR = 60 * MINUTE
EMPTY = Call("", None, None, None, None, None, None, {}, (), (), (), ())


@dataclass(frozen=True)
class Hit:
    """What a watch found: which, in which call; nothing in a call that is named so."""

    key: str
    call: str

    @property
    def empty(self) -> bool:
        return "silent" in self.call

    @property
    def calls(self) -> Mapping[str, str]:
        return {}


@dataclass
class Slack:
    """Slack as the clockwork sees it; it fails when told to."""

    now: dt.datetime
    waiting: dict[str, tuple[Pending, Post]] = field(default_factory=dict)
    posted: list[tuple[str, str, str]] = field(default_factory=list)
    warned: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Exception | str] = field(default_factory=list)
    sent: int = 0

    async def schedule(self, tenant: str, channel: str, post: Post, post_at: dt.datetime) -> str:
        self.sent += 1
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, Exception):
            raise fault
        assert post_at > self.now
        assert all((one.channel, one.post_at) != (channel, post_at) for one, _ in self.waiting.values())
        name = f"Q{self.sent:03}"
        self.waiting[name] = (Pending(name, channel, post_at), post)
        if fault == "taken, answer lost":
            raise UnclearError
        return name

    async def pending(self, tenant: str, channel: str) -> tuple[Pending, ...]:
        return tuple(pending for pending, _ in self.waiting.values() if pending.channel == channel)

    async def withdraw(self, tenant: str, channel: str, message: str) -> None:
        self.waiting.pop(message, None)

    async def warn(self, tenant: str, user: str, sentence: str) -> None:
        self.warned.append((user, sentence))

    def move(self, now: dt.datetime) -> None:
        self.now = now
        for name, (pending, post) in list(self.waiting.items()):
            if pending.post_at <= now:
                del self.waiting[name]
                if isinstance(post, Hit):
                    self.posted.append((pending.channel, post.key, post.call))


class House:
    """A workspace that watches, with its calls."""

    def __init__(self, store: Store) -> None:
        self.store, self.slack, self.now = store, Slack(START), START
        self.calls: dict[str, Call] = {}

    def add(self, *names: str) -> None:
        self.calls |= {name: replace(EMPTY, id=name, fingerprint=f"hash of {name}") for name in names}

    async def watch(self, topic: str, channel: str = "C1") -> None:
        held = {call.id: call.fingerprint for call in self.calls.values()}
        await self.store.go_live("T1", channel, topic, "U1", now=self.now, calls=held)

    def replica(self, name: str = "one") -> Clockwork:
        noticing = Noticing(self.store)

        async def visible(channel: str) -> Mapping[str, Call]:
            return self.calls

        async def notice(tenant: str, now: dt.datetime) -> None:
            await noticing.notice(tenant, now, visible)

        async def look(run: Run, watch: Watch) -> Post:
            return Hit(*key_and_call(run))

        async def compose(tenant: str, channel: str, now: dt.datetime) -> Post:
            return Digest(())

        async def clock() -> dt.datetime:
            return self.now

        return Clockwork(self.store, self.slack, compose, clock, name, look=look, notice=notice)

    async def run(self, span: dt.timedelta, *replicas: Clockwork) -> None:
        """Tick every replica for a while: each half minute while something is afoot, else each five."""
        until = self.now + span
        while self.now <= until:
            for replica in replicas or (self.replica(),):
                await replica.tick()
            afoot = self.slack.waiting or {state for state, _ in await self.states()} & {"due", "sending", "scheduled"}
            self.now += MINUTE / 2 if afoot else 5 * MINUTE
            self.slack.move(self.now)

    async def states(self, channel: str = "C1") -> list[tuple[str, str | None]]:
        return [(run.state.value, run.reason) for run in await self.store.found("T1", channel)]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    store = await (in_memory() if request.param == "sqlite" else Store.open(await fresh_database(), clock=utc_now))
    yield House(store)
    await store.close()


async def test_a_new_call_that_matches_is_posted_once_and_what_was_there_is_no_news(house: House) -> None:
    house.add("old")
    await house.watch("margin")
    house.now += HOUR
    house.add("new", "silent")
    await house.run(8 * MINUTE)
    assert house.slack.posted == [("C1", "margin", "new")]
    await house.run(2 * HOUR)
    assert house.slack.posted == [("C1", "margin", "new")]
    assert sorted(state for state, _ in await house.states()) == ["posted", "quiet"]


async def test_a_changed_call_and_one_that_comes_back_under_another_name_are_no_news(house: House) -> None:
    house.add("old")
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    await house.run(8 * MINUTE)
    house.calls["new"] = replace(house.calls["new"], fingerprint="another")
    house.calls["old"] = replace(house.calls["old"], fingerprint="another too")
    house.calls["old-again"] = replace(EMPTY, id="old-again", fingerprint="hash of old")
    await house.run(HOUR)
    assert house.slack.posted == [("C1", "margin", "new")]


async def test_each_watch_posts_for_itself_each_at_a_second_of_its_own(house: House) -> None:
    await house.watch("margin")
    await house.watch("tariffs")
    await house.watch("margin", channel="C2")
    house.now += HOUR
    house.add("one", "two")
    await house.run(8 * MINUTE)
    wanted = [(channel, key, call) for channel, key in (("C1", "margin"), ("C1", "tariffs"), ("C2", "margin"))
              for call in ("one", "two")]  # fmt: skip
    assert sorted(house.slack.posted) == sorted(wanted)


async def test_a_digest_at_the_same_second_is_posted_beside_it(house: House) -> None:
    await house.watch("margin")
    house.now += MINUTE
    await house.store.subscribe("T1", "C1", Schedule(8, 6, EVERY_DAY, "UTC"), user="U1", now=house.now, calls={})
    clockwork = house.replica()

    async def compose(tenant: str, channel: str, now: dt.datetime) -> Post:
        return Hit("digest", "of the day")

    clockwork.compose = compose
    house.now += MINUTE
    house.add("new")
    await house.run(10 * MINUTE, clockwork)
    assert sorted(house.slack.posted) == [("C1", "digest", "of the day"), ("C1", "margin", "new")]


async def test_two_replicas_and_restarts_post_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    house = House(await Store.open(url, clock=utc_now))
    await house.watch("margin")
    house.now += MINUTE
    house.add("one", "two")
    for _ in range(20):
        await asyncio.gather(house.replica("a").tick(), house.replica("b").tick())
        await house.store.close()
        house.store = await Store.open(url, clock=utc_now)
        house.now += MINUTE / 2
        house.slack.move(house.now)
    await house.store.close()
    assert Counter(house.slack.posted) == {("C1", "margin", "one"): 1, ("C1", "margin", "two"): 1}


FAULTS: list[list[Exception | str]] = [
    ["taken, answer lost"],
    [UnclearError()],
    [UnclearError(), "taken, answer lost", UnclearError()],
    [BusyError(MINUTE)],
]


@pytest.mark.parametrize("faults", FAULTS, ids=repr)
async def test_a_troubled_slack_gets_each_post_once(house: House, faults: list[Exception | str]) -> None:
    await house.watch("margin")
    await house.watch("tariffs")
    house.now += HOUR
    house.add("new")
    house.slack.faults = list(faults)
    await house.run(15 * MINUTE)
    assert Counter(house.slack.posted) == {("C1", "margin", "new"): 1, ("C1", "tariffs", "new"): 1}


async def test_an_unclear_one_is_never_doubled(house: House) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    house.slack.faults = ["taken, answer lost"]
    await house.replica().tick()
    house.now += HOUR  # everything was down; Slack has posted it
    house.slack.move(house.now)
    await house.run(10 * MINUTE)
    assert house.slack.posted == [("C1", "margin", "new")]
    assert await house.states() == [("skipped", UNCERTAIN_POST)]


async def test_a_double_of_one_watch_is_taken_back_and_anothers_post_is_not(house: House) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    house.slack.faults = [UnclearError()]  # a sleeper's request, which Slack takes much later
    await house.run(MINUTE + MINUTE / 2)
    await house.watch("tariffs")
    house.now += MINUTE / 2
    house.add("newer")
    (late,) = [pending.post_at for pending, post in house.slack.waiting.values() if post == Hit("margin", "new")]
    house.slack.waiting["Q999"] = (Pending("Q999", "C1", late), Hit("margin", "new"))
    await house.run(10 * MINUTE)
    posted = Counter(house.slack.posted)
    assert posted["C1", "margin", "new"] == 1
    assert posted["C1", "margin", "newer"] == posted["C1", "tariffs", "newer"] == 1


async def test_muted_ones_post_nothing_and_nothing_later_either(house: House) -> None:
    await house.watch("margin")
    await house.watch("tariffs")
    house.now += HOUR
    assert await house.store.mute("T1", "C1", "Margin", house.now + HOUR) == ("margin",)
    house.add("new")
    await house.run(2 * HOUR)
    assert house.slack.posted == [("C1", "tariffs", "new")]
    assert ("skipped", MUTED) in await house.states()
    house.add("newer")
    await house.run(10 * MINUTE)
    assert ("C1", "margin", "newer") in house.slack.posted
    assert ("C1", "margin", "new") not in house.slack.posted


@pytest.mark.parametrize("end", ["unwatch", "mute"])
async def test_what_slack_has_already_is_taken_back(house: House, end: str) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    await house.run(MINUTE)
    assert len(house.slack.waiting) == 1
    if end == "mute":
        await house.store.mute("T1", "C1", None, FOREVER)
    else:
        await house.store.remove_watch("T1", "C1", "margin")
    await house.run(10 * MINUTE)
    assert house.slack.posted == []
    assert await house.states() == ([("skipped", MUTED)] if end == "mute" else [])


async def test_a_row_of_a_watch_that_has_ended_is_let_be(house: House) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    await Noticing(house.store).notice("T1", house.now, lambda _: _calls(house))
    await house.store.remove_watch("T1", "C1", "margin")
    await house.watch("tariffs", channel="C2")
    await house.run(6 * MINUTE)
    assert house.slack.posted == []
    assert await house.states() == [("skipped", UNWATCHED)]


async def _calls(house: House) -> Mapping[str, Call]:
    return house.calls


async def test_an_archive_that_is_loaded_is_not_poured_into_the_channel(house: House) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add(*(f"call-{number:02}" for number in range(12)))
    await house.run(10 * MINUTE)
    assert len(house.slack.posted) == len(set(house.slack.posted)) == AT_ONCE
    assert Counter(await house.states()) == {("posted", None): AT_ONCE, ("skipped", CROWDED): 12 - AT_ONCE}


async def test_however_many_calls_come_each_watch_is_held_back(house: House) -> None:
    for topic in ("margin", "tariffs"):
        await house.watch(topic)
    house.now += HOUR
    house.slack.move(house.now)
    house.add(*(f"call-{number:03}{'' if number >= 120 else '-silent'}" for number in range(130)))
    for _ in range(6):
        await house.replica().tick()
        house.now += MINUTE
        house.slack.move(house.now)
    assert Counter(key for _, key, _ in house.slack.posted) == {"margin": AT_ONCE, "tariffs": AT_ONCE}


async def test_after_a_long_absence_old_calls_are_no_news(house: House) -> None:
    await house.watch("margin")
    await house.watch("tariffs", channel="C2")
    house.now += HOUR
    house.add("new")
    await house.store.see("T1", {"new": "hash of new"}, house.now)
    house.now += RECENT + HOUR
    house.slack.move(house.now)
    await house.run(10 * MINUTE)
    assert house.slack.posted == []


async def test_a_channel_that_refuses_mutes_the_watch_and_tells_who_set_it_up(house: House) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    house.slack.faults = [RefusedError("The channel is archived.")]
    await house.run(10 * MINUTE)
    assert house.slack.warned == [("U1", "The channel is archived.")]
    assert await house.states() == [(State.DEAD.value, "The channel is archived.")]
    (watch,) = await house.store.live_watches("T1")
    assert watch.muted(house.now)


async def test_a_topic_of_the_digest_posts_nothing(house: House) -> None:
    await house.store.add_watch("T1", "C1", "margin", "U1")
    await house.watch("tariffs", channel="C2")
    house.now += HOUR
    house.add("new")
    await house.run(10 * MINUTE)
    assert house.slack.posted == [("C2", "tariffs", "new")]


async def test_what_was_found_is_posted_days_later_and_after_a_week_no_more(house: House) -> None:
    for channel, away in (("C1", RECENT - HOUR), ("C2", RECENT + HOUR)):
        house.calls.clear()
        await house.watch("margin", channel=channel)
        house.now += HOUR
        house.add(f"new in {channel}")
        replica = house.replica()
        replica.outbox = Slack(house.now, faults=[BusyError(MINUTE)] * 99)
        await replica.tick()
        house.now += away  # nobody was there
        house.slack.move(house.now)
        await house.run(10 * MINUTE)
        await house.store.remove_watch("T1", channel, "margin")
    assert house.slack.posted == [("C1", "margin", "new in C1")]
    assert await house.states("C2") == [("skipped", TOO_LATE)]


async def test_a_lost_post_isnt_sent_again_while_slack_cant_be_looked_at(house: House) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    house.slack.faults = ["taken, answer lost"]
    pending = house.slack.pending

    async def troubled(tenant: str, channel: str) -> tuple[Pending, ...]:
        raise UnclearError

    house.slack.pending = troubled  # type: ignore[method-assign]  # Slack's lists are away
    await house.run(10 * MINUTE)
    assert await house.states() == [("skipped", UNCERTAIN_POST)]
    house.slack.pending = pending  # type: ignore[method-assign]  # and back
    await house.run(10 * MINUTE)
    assert house.slack.sent == 1
    assert house.slack.posted == [("C1", "margin", "new")]
    assert await house.states() == [("skipped", UNCERTAIN_POST)]


async def test_a_watchs_post_that_a_clock_ahead_handed_over_stays(house: House) -> None:
    await house.watch("margin")
    house.now += HOUR
    house.add("new")
    await house.replica().tick()
    assert len(house.slack.waiting) == 1
    house.now -= HOUR / 2  # that clock was ahead
    await house.replica().tick()
    assert len(house.slack.waiting) == 1
    house.now += HOUR
    house.slack.move(house.now)
    assert house.slack.posted == [("C1", "margin", "new")]
