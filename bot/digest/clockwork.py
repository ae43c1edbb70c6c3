"""One tick of the clockwork: what is due is handed to Slack ahead of its time, once, whatever happens in between.

Slack has no key that would make a repeated post harmless, and reading a channel back needs a scope that Earshot doesn't
ask for. So a digest isn't posted when it is due: it is scheduled ahead, and what is scheduled can be listed, counted
and taken back before anyone sees it. docs/reliability.md tells the whole of it.
"""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from bot.digest.noticing import RECENT
from bot.digest.outbox import BusyError, LateError, Outbox, Pending, Post, RefusedError, UnclearError, UnfitError
from bot.digest.schedule import between
from bot.digest.watched import Silent, key_and_call, subject_of
from bot.digest.wishes import MOVED, Wishes
from bot.state.run import DIGEST, Planned, Run, State
from bot.state.store import Store
from bot.state.subscriptions import Subscription
from bot.state.watches import FOREVER, Watch

MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)
CATCH_UP = dt.timedelta(hours=6)  # what is later is skipped, and told
SHARE = 20  # messages of a workspace before the next one's turn
LONGEST_GAP = dt.timedelta(days=14)  # a bot that was away for longer tells of the last two weeks only

TOO_LATE = "nobody was there to post it: Earshot was down for more than six hours"
UNCERTAIN = "Slack gave no clear answer, so it may have arrived; its calls will be repeated in the next one"
UNCERTAIN_POST = "Slack gave no clear answer, so it may have been posted; it is not posted again"
NOTHING_NEW = "nothing new"
REFUSED_AS_IT_IS = "Slack refused the message as it was; its calls were not told"
CROWDED = "more calls matched at once than are posted at once; ask for them"
AT_ONCE, AWHILE = 5, dt.timedelta(hours=1)  # posts of one watch within that time: an archive that is loaded is no news
TROUBLES = (UnclearError, BusyError, LateError, RefusedError, UnfitError)

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

    `compose` gives the digest of a tenant's channel at a moment. `look` gives what a watch finds in the call of a run,
    `notice` writes down which calls are news to a workspace's watches. The store's ledger decides who does what.
    """

    store: Store
    outbox: Outbox
    compose: Callable[[str, str, dt.datetime], Awaitable[Post]]
    clock: Callable[[], Awaitable[dt.datetime]]
    owner: str
    pace: Pace = Pace()
    look: Callable[[Run, Watch], Awaitable[Post]] | None = None
    notice: Callable[[str, dt.datetime], Awaitable[None]] | None = None

    async def tick(self, tenants: Collection[str] | None = None) -> None:
        """Do what is due in each workspace that has a digest or a watch (of `tenants`, where given). Trouble is logged.

        One workspace's must not silence the others, and none may end the loop: the next tick tries again.
        """
        try:
            found = await self.store.tenants_to_serve()
        except Exception:  # noqa: BLE001  # as above
            _log.exception("no workspace could be looked up; the next tick tries again")
            return
        waiting = [tenant for tenant in found if tenants is None or tenant in tenants]
        while waiting:
            waiting = [tenant for tenant in waiting if await self._attended(tenant)]

    async def _attended(self, tenant: str) -> bool:
        """Serve a workspace for a while, and log what goes wrong; whether there is more to do."""
        try:
            return await self._serve(tenant)
        except Exception:  # noqa: BLE001  # as in `tick`
            _log.exception("the digests of a workspace could not be looked after")
            return False

    async def _serve(self, tenant: str) -> bool:
        """Do a share of what is due in a workspace; whether there is more.

        A share, because look-ups and sweeps have their time: a morning with very many digests must not hold up those of
        the same workspace, and not the other workspaces.
        """
        await self._notice(tenant)
        wishes = Wishes.of(await self.store.subscriptions(tenant), await self.store.live_watches(tenant))
        await self._plan(tenant, wishes.digests.values())
        more = True
        for _ in range(SHARE):
            run = await self._claim(tenant)
            if run is None:
                more = False
                break
            await self._deliver(run, wishes)
        await self._tidy(tenant, wishes)
        await self.store.settle_runs(tenant, await self.clock())
        return more

    async def _notice(self, tenant: str) -> None:
        """Write down what is news to the watches; where that fails, digests and what was noticed before go out."""
        if self.notice is None:
            return
        try:
            await self.notice(tenant, await self.clock())
        except Exception:  # noqa: BLE001  # whatever it was, the next tick tries again
            _log.exception("what is news to a workspace's watches could not be noticed; the next tick tries again")

    async def _plan(self, tenant: str, subscriptions: Collection[Subscription]) -> None:
        """Write a row for each local date whose digest comes within reach, or came and went."""
        now = await self.clock()
        within = {one.channel: plan(one, now, self.pace) for one in subscriptions if not one.paused}
        if not any(within.values()):
            return  # and nothing to look up
        last = await self.store.last_due(tenant)
        if any(moment > now for moment in last.values()) and await self.store.unplan_runs(
            tenant, now, self._reach(now)
        ):
            _log.warning("digests yet to come had been planned by a clock that was ahead; they are planned anew")
            last = await self.store.last_due(tenant)
        for channel, rows in within.items():
            # By the moment, not by the date: in a zone further west an earlier date may come after a later one. What
            # has a row for its date already gets no other.
            new = [row for row in rows if channel not in last or row.due_at > last[channel]]
            await self.store.plan_runs(tenant, channel, new)

    def _reach(self, now: dt.datetime) -> dt.datetime:
        """Return the moment beyond which no clock that is right has planned anything: replicas' differ a little."""
        return now + self.pace.ahead + MINUTE

    async def _claim(self, tenant: str) -> Run | None:
        now = await self.clock()
        return await self.store.claim_run(tenant, self.owner, now, due_by=now + self.pace.ahead, lease=self.pace.lease)

    async def _deliver(self, run: Run, wishes: Wishes) -> None:
        """Bring one claimed run as far as it goes now; whatever is unclear stays until its lease has ended."""
        try:
            if run.started_at is None or not await self._settled(run):
                await self._end_or_send(run, wishes)
        except BusyError as error:
            await self.store.put_off_run(run, await self.clock() + error.wait)
        except LateError:
            await self.store.put_off_run(run, await self.clock() + self.pace.lease)
        except RefusedError as error:
            if await self.store.end_run(run, State.DEAD, error.sentence):
                await self._stop(run, wishes, error.sentence)
        except UnfitError as error:
            # Its calls aren't told by that: they are news to the next one.
            if await self.store.end_run(run, State.SKIPPED, REFUSED_AS_IT_IS):
                await self._warn(run.tenant, wishes.user(run), error.sentence)
        except UnclearError:
            _log.info("a message's fate is unclear; it is looked up when its lease has ended")

    async def _end_or_send(self, run: Run, wishes: Wishes) -> None:
        now = await self.clock()
        unwanted = wishes.against(run, now)
        if unwanted == MOVED:
            # The row goes, for its date may have another hour yet.
            await self.store.put_off_run(run, now)
            await self.store.withdraw_run(run)
        elif unwanted is not None:
            await self.store.end_run(run, State.SKIPPED, unwanted)
        elif now - run.due_at > (CATCH_UP if run.subject == DIGEST else RECENT):
            await self.store.end_run(run, State.SKIPPED, TOO_LATE)
        else:
            await self._send(run, wishes.watch(run))

    async def _stop(self, run: Run, wishes: Wishes, sentence: str) -> None:
        """Ask Slack no more for what it has refused for good, and tell whoever set it up."""
        digest, watch = wishes.digests.get(run.channel), wishes.watch(run)
        if watch is not None:
            await self.store.mute(run.tenant, run.channel, watch.topic, FOREVER)
            await self._warn(run.tenant, wishes.user(run), sentence)
        elif run.subject == DIGEST and digest is not None:
            await self.store.pause(run.tenant, run.channel, await self.clock(), paused=True)
            await self._warn(run.tenant, wishes.user(run), sentence)

    async def _settled(self, run: Run) -> bool:
        """Look an earlier attempt up at Slack; whether it is settled by that."""
        try:
            found = [one.id for one in await self.outbox.pending(run.tenant, run.channel) if _same(one, run)]
        except TROUBLES:
            if run.post_at is None or await self.clock() < run.post_at + self.pace.skew:
                raise
            found = []  # its time is past: whatever the list would say now, the message isn't in it any more
        if found:
            await self.store.schedule_run(run, min(found), run.calls)
            return True
        # Not in the list, and its time not come: Slack never had it. Past its time it has left the list either way.
        if run.post_at is not None and await self.clock() < run.post_at - self.pace.skew:
            return False
        await self.store.end_run(run, State.SKIPPED, UNCERTAIN if run.subject == DIGEST else UNCERTAIN_POST)
        return True

    async def _composed(self, run: Run, watch: Watch | None, now: dt.datetime) -> Post:
        if run.subject == DIGEST:
            return await self.compose(run.tenant, run.channel, now)
        return Silent() if watch is None or self.look is None else await self.look(run, watch)

    async def _crowded(self, run: Run, now: dt.datetime) -> bool:
        """Whether a watch has posted enough for now."""
        key, _ = key_and_call(run)
        asked = {"start": subject_of(key, ""), "but": run.subject}
        return await self.store.posts_since(run.tenant, run.channel, now - AWHILE, **asked) >= AT_ONCE

    async def _send(self, run: Run, watch: Watch | None) -> None:
        now = await self.clock()
        post = await self._composed(run, watch, now)
        if post.empty:
            await self.store.end_run(run, State.QUIET, NOTHING_NEW)
            return
        if watch is not None and await self._crowded(run, now):
            await self.store.end_run(run, State.SKIPPED, CROWDED)
            return
        post_at = await self._post_at(run, now)
        if not await self.store.start_run(run, now, lease=self.pace.lease, post_at=post_at, calls=post.calls):
            return
        if await self.clock() >= post_at - self.pace.sweep:
            # This process stood still meanwhile: the sweep may be over, so nothing may be added now.
            await self.store.put_off_run(run, now)
            return
        message = await self.outbox.schedule(run.tenant, run.channel, post, post_at)
        await self.store.schedule_run(run, message, post.calls)

    async def _post_at(self, run: Run, now: dt.datetime) -> dt.datetime:
        """Return when Slack is to post: when due, or `lead` from now; an earlier attempt's time if it serves.

        No other message of the channel has that second: by it, a message is known at Slack.
        """
        if run.started_at is not None and run.post_at is not None and run.post_at >= now + self.pace.sweep + SECOND:
            return run.post_at
        chosen = max(run.due_at, now + self.pace.lead)
        chosen = chosen.replace(microsecond=0) + (SECOND if chosen.microsecond else 0 * SECOND)
        taken = await self.store.seconds_taken(run.tenant, run.channel, chosen)
        while chosen in taken and chosen != run.post_at:
            chosen += SECOND
        return chosen

    async def _tidy(self, tenant: str, wishes: Wishes) -> None:
        """Before their time: take back what nobody wants any more, and all but one of what was scheduled twice."""
        runs = await self.store.scheduled_runs(tenant)
        now = await self.clock()
        open_runs = [run for run in runs if run.post_at is not None and now < run.post_at - self.pace.closed]
        reach = self._reach(now)
        unwanted = [
            run
            for run in open_runs
            if wishes.against(run, now) is not None
            # Handed over by a clock that was ahead: what it tells is told at its hour, from a new row.
            or (run.subject == DIGEST and run.post_at is not None and run.post_at > reach)
        ]
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
                _log.info("a scheduled message could not be looked at; the next tick tries again")

    async def take_back(self, run: Run) -> bool:
        """Take a scheduled message back from Slack and forget the run; False where it is too late for that.

        Raises the port's errors.
        """
        if run.post_at is not None:
            if await self.clock() >= run.post_at - self.pace.closed:
                return False
            for one in await self.outbox.pending(run.tenant, run.channel):
                if one.id == run.scheduled or _same(one, run):
                    await self.outbox.withdraw(run.tenant, run.channel, one.id)
        await self.store.withdraw_run(run)
        return True

    async def _sweep(self, run: Run, kept: Collection[str | None]) -> None:
        """Leave one message of those that Slack has for a run; others of the channel that no run knows go too."""
        pending = await self.outbox.pending(run.tenant, run.channel)
        # What another run of the channel may have on its way is that run's, though it hasn't been noted yet.
        others = {one.post_at for one in await self.store.afoot(run.tenant, run.channel) if one.post_at != run.post_at}
        mine = sorted(
            one.id for one in pending if _same(one, run) or (one.id not in kept and one.post_at not in others)
        )
        keep = run.scheduled if run.scheduled in mine or not mine else mine[0]
        for message in mine:
            if message != keep:
                _log.warning("a message had been scheduled twice; one was taken back")
                await self.outbox.withdraw(run.tenant, run.channel, message)
        if keep is not None and keep != run.scheduled:
            await self.store.keep_run(run, keep)

    async def _warn(self, tenant: str, user: str, sentence: str) -> None:
        if not user:
            return  # whoever set it up has asked to be forgotten
        try:
            await self.outbox.warn(tenant, user, sentence)
        except TROUBLES:
            _log.info("nobody could be told that a digest or a watch has stopped")


def plan(subscription: Subscription, now: dt.datetime, pace: Pace) -> list[Planned]:
    """Return the rows that the ledger is to have: due within `pace.ahead`, or due and too late."""
    start = max(subscription.since, now - LONGEST_GAP)
    return [
        Planned(date, moment, TOO_LATE if now - moment > CATCH_UP else None)
        for date, moment in between(subscription.schedule, start, now + pace.ahead)
    ]


def _same(pending: Pending, run: Run) -> bool:
    """Whether a waiting message is a run's: the channel and the second are its natural key."""
    return pending.channel == run.channel and pending.post_at == run.post_at
