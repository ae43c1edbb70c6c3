"""One tick of the clockwork: what is due is handed to Slack ahead of its time, once, whatever happens in between.

Slack has no key that would make a repeated post harmless, and reading a channel back needs a scope that Earshot doesn't
ask for. So a digest isn't posted when it is due: it is scheduled ahead, and what is scheduled can be listed, counted
and taken back before anyone sees it. docs/reliability.md tells the whole of it.
"""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from bot.digest.digest import Digest
from bot.digest.outbox import BusyError, LateError, Outbox, Pending, RefusedError, UnclearError
from bot.digest.schedule import between
from bot.state.runs import Planned, Run, State
from bot.state.store import Store
from bot.state.subscriptions import Subscription

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)
CATCH_UP = dt.timedelta(hours=6)  # what is later is skipped, and told
LONGEST_GAP = dt.timedelta(days=14)  # a bot that was away for longer tells of the last two weeks only

TOO_LATE = "nobody was there to post it: Earshot was down for more than six hours"
UNCERTAIN = "Slack gave no clear answer, so it may have arrived; its calls are told again in the next one"
TURNED_OFF = "the digest was turned off"
NOTHING_NEW = "nothing new"
TROUBLES = (UnclearError, BusyError, LateError, RefusedError)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How far ahead, how long, how late.

    `lease` is a post's time limit (10 s) and the longest that a request may sit at Slack before it counts, together.
    What starts late gets `lead`: time for a lost attempt's lease to end, a second attempt, and the sweep.
    """

    ahead: dt.timedelta = 10 * MINUTE  # before it is due, a digest is handed to Slack
    lease: dt.timedelta = MINUTE
    lead: dt.timedelta = 4 * MINUTE
    sweep: dt.timedelta = 2 * MINUTE  # before its time, doubles are looked for; nothing is sent after that
    skew: dt.timedelta = 10 * SECOND  # between Slack's clock and ours
    closed: dt.timedelta = MINUTE  # before its time, Slack takes nothing back (unverified: stated by its users)


@dataclass(slots=True)
class Clockwork:
    """One replica's clockwork. `owner` names the replica; `clock` gives the time that all replicas share.

    `compose` gives the digest of a tenant's channel at a moment. The store's ledger decides who does what.
    """

    store: Store
    outbox: Outbox
    compose: Callable[[str, str, dt.datetime], Awaitable[Digest]]
    clock: Callable[[], Awaitable[dt.datetime]]
    owner: str
    pace: Pace = Pace()

    async def tick(self, tenants: Collection[str] | None = None) -> None:
        """Do what is due in each workspace that has a digest (of `tenants`, where given). Trouble is logged.

        One workspace's must not silence the others, and none may end the loop: the next tick tries again.
        """
        try:
            found = await self.store.tenants_with_digests()
        except Exception:  # noqa: BLE001  # as above
            _log.exception("no workspace could be looked up; the next tick tries again")
            return
        for tenant in found:
            if tenants is not None and tenant not in tenants:
                continue
            try:
                await self._serve(tenant)
            except Exception:  # noqa: BLE001  # as above
                _log.exception("the digests of a workspace could not be looked after")

    async def _serve(self, tenant: str) -> None:
        subscriptions = {one.channel: one for one in await self.store.subscriptions(tenant)}
        await self._plan(tenant, subscriptions.values())
        while (run := await self._claim(tenant)) is not None:
            await self._deliver(run, subscriptions.get(run.channel))
        await self._tidy(tenant, subscriptions)
        await self.store.settle_runs(tenant, await self.clock())

    async def _plan(self, tenant: str, subscriptions: Collection[Subscription]) -> None:
        """Write a row for each local date whose digest comes within reach, or came and went."""
        now, last = await self.clock(), await self.store.last_dates(tenant)
        for subscription in subscriptions:
            if not subscription.paused:
                rows = plan(subscription, now, self.pace, last.get(subscription.channel))
                await self.store.plan_runs(tenant, subscription.channel, rows)

    async def _claim(self, tenant: str) -> Run | None:
        now = await self.clock()
        return await self.store.claim_run(tenant, self.owner, now, due_by=now + self.pace.ahead, lease=self.pace.lease)

    async def _deliver(self, run: Run, subscription: Subscription | None) -> None:
        """Bring one claimed run as far as it goes now; whatever is unclear stays until its lease has ended."""
        try:
            if run.started_at is not None and await self._settled(run):
                return
            if subscription is None or subscription.paused:
                await self.store.end_run(run, State.SKIPPED, TURNED_OFF)
            elif await self.clock() - run.due_at > CATCH_UP:
                await self.store.end_run(run, State.SKIPPED, TOO_LATE)
            else:
                await self._send(run)
        except BusyError as error:
            await self.store.put_off_run(run, await self.clock() + error.wait)
        except LateError:
            await self.store.put_off_run(run, await self.clock() + self.pace.lease)
        except RefusedError as error:
            if await self.store.end_run(run, State.DEAD, error.sentence) and subscription is not None:
                await self.store.pause(run.tenant, run.channel, await self.clock(), paused=True)
                await self._warn(run.tenant, subscription.user, error.sentence)
        except UnclearError:
            _log.info("a digest's fate is unclear; it is looked up when its lease has ended")

    async def _settled(self, run: Run) -> bool:
        """Look an earlier attempt up at Slack; whether it is settled by that."""
        found = [one.id for one in await self.outbox.pending(run.tenant, run.channel) if _same(one, run)]
        if found:
            await self.store.schedule_run(run, min(found), run.calls)
            return True
        # Not in the list, and its time not come: Slack never had it. Past its time it has left the list either way.
        if run.post_at is not None and await self.clock() < run.post_at - self.pace.skew:
            return False
        await self.store.end_run(run, State.SKIPPED, UNCERTAIN)
        return True

    async def _send(self, run: Run) -> None:
        now = await self.clock()
        digest = await self.compose(run.tenant, run.channel, now)
        if digest.empty:
            await self.store.end_run(run, State.QUIET, NOTHING_NEW)
            return
        post_at = self._post_at(run, now)
        if not await self.store.start_run(run, now, lease=self.pace.lease, post_at=post_at, calls=digest.calls):
            return
        if await self.clock() >= post_at - self.pace.sweep:
            # This process stood still meanwhile: the sweep may be over, so nothing may be added now.
            await self.store.put_off_run(run, now)
            return
        message = await self.outbox.schedule(run.tenant, run.channel, digest, post_at)
        await self.store.schedule_run(run, message, digest.calls)

    def _post_at(self, run: Run, now: dt.datetime) -> dt.datetime:
        """Return when Slack is to post: when due, or `lead` from now; an earlier attempt's time if it serves."""
        if run.started_at is not None and run.post_at is not None and run.post_at >= now + self.pace.sweep + SECOND:
            return run.post_at
        chosen = max(run.due_at, now + self.pace.lead)
        return chosen.replace(microsecond=0) + (SECOND if chosen.microsecond else 0 * SECOND)

    async def _tidy(self, tenant: str, subscriptions: dict[str, Subscription]) -> None:
        """Before their time: take back what nobody wants any more, and all but one of what was scheduled twice."""
        runs = await self.store.scheduled_runs(tenant)
        now = await self.clock()
        open_runs = [run for run in runs if run.post_at is not None and now < run.post_at - self.pace.closed]
        unwanted = [run for run in open_runs if _unwanted(run, subscriptions)]
        doubtful = [
            run
            for run in open_runs
            if run.attempts > 1 and run.post_at is not None and now >= run.post_at - self.pace.sweep
        ]
        kept = {run.scheduled for run in runs}
        for run in (*unwanted, *doubtful):
            try:
                if run in unwanted:
                    await self.take_back(run)
                else:
                    await self._sweep(run, kept)
            except TROUBLES:
                _log.info("a scheduled digest could not be looked at; the next tick tries again")

    async def take_back(self, run: Run) -> bool:
        """Take a scheduled digest back from Slack and forget the run; False where it is too late for that."""
        if run.post_at is not None:
            if await self.clock() >= run.post_at - self.pace.closed:
                return False
            for one in await self.outbox.pending(run.tenant, run.channel):
                if one.id == run.scheduled or _same(one, run):
                    await self.outbox.withdraw(run.tenant, run.channel, one.id)
        return await self.store.withdraw_run(run)

    async def _sweep(self, run: Run, kept: Collection[str | None]) -> None:
        """Leave one message of those that Slack has for a run; others of the channel that no run knows go too."""
        pending = await self.outbox.pending(run.tenant, run.channel)
        mine = sorted(one.id for one in pending if one.id not in kept or _same(one, run))
        keep = run.scheduled if run.scheduled in mine or not mine else mine[0]
        for message in mine:
            if message != keep:
                _log.warning("a digest had been scheduled twice; one was taken back")
                await self.outbox.withdraw(run.tenant, run.channel, message)
        if keep is not None and keep != run.scheduled:
            await self.store.keep_run(run, keep)

    async def _warn(self, tenant: str, user: str, sentence: str) -> None:
        if not user:
            return  # whoever set it up has asked to be forgotten
        try:
            await self.outbox.warn(tenant, user, sentence)
        except TROUBLES:
            _log.info("nobody could be told that a digest has stopped")


def plan(subscription: Subscription, now: dt.datetime, pace: Pace, last: dt.date | None = None) -> list[Planned]:
    """Return the rows that the ledger lacks after its `last` date: due within `pace.ahead`, or due and too late."""
    start = max(subscription.since, now - LONGEST_GAP)
    return [
        Planned(date, moment, TOO_LATE if now - moment > CATCH_UP else None)
        for date, moment in between(subscription.schedule, start, now + pace.ahead)
        if last is None or date > last
    ]


def _same(pending: Pending, run: Run) -> bool:
    """Whether a waiting message is a run's: the channel and the second are its natural key."""
    return pending.channel == run.channel and pending.post_at == run.post_at


def _unwanted(run: Run, subscriptions: dict[str, Subscription]) -> bool:
    subscription = subscriptions.get(run.channel)
    return subscription is None or subscription.paused
