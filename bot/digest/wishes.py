"""What a workspace wants posted, against which a run is held: it may have changed since the run was planned."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.digest.schedule import due
from bot.digest.watched import key_and_call
from bot.state.run import DIGEST, Run
from bot.state.subscriptions import Subscription
from bot.state.watches import Watch

TURNED_OFF = "the digest was turned off"
MOVED = "the digest was set to another hour"
UNWATCHED = "the topic is no longer watched"
MUTED = "the watch was muted when the call came"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a workspace wants posted: its digests by channel, its live watches by channel and key."""

    digests: Mapping[str, Subscription]
    watches: Mapping[tuple[str, str], Watch]

    @classmethod
    def of(cls, digests: Collection[Subscription], watches: Collection[Watch]) -> "Wishes":
        """Order them by what a run names."""
        return cls({one.channel: one for one in digests}, {(one.channel, one.key): one for one in watches})

    def watch(self, run: Run) -> Watch | None:
        """Return the watch that a run posts for; None for a digest, and for a watch that has ended."""
        return None if run.subject == DIGEST else self.watches.get((run.channel, key_and_call(run)[0]))

    def user(self, run: Run) -> str:
        """Return who set up what a run posts for; "" where nobody has, or whoever did has asked to be forgotten."""
        found = self.digests.get(run.channel) if run.subject == DIGEST else self.watch(run)
        return found.user if found is not None else ""

    def against(self, run: Run, now: dt.datetime) -> str | None:
        """Return why a run isn't wanted any more, None where it is."""
        if run.subject == DIGEST:
            digest = self.digests.get(run.channel)
            if digest is None or digest.paused:
                return TURNED_OFF
            same = run.due_at > digest.since and run.due_at == due(digest.schedule, run.local_date)
            return None if same else MOVED
        watch = self.watch(run)
        if watch is None:
            return UNWATCHED
        return MUTED if watch.muted(now) else None
