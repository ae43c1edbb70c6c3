"""Which calls are news to which watch: looked up over all replicas' shared memory, and written down once."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping

from bot.call import Call
from bot.digest.watched import subject_of
from bot.state.run import Planned
from bot.state.store import Store
from bot.state.watches import Seen, Watch

RECENT = dt.timedelta(days=7)  # a call that came earlier is no news, to a bot that was away for longer either
NOTED = 20_000  # pairs of a watch and a call that a replica remembers as written down

Visible = Callable[[str], Awaitable[Mapping[str, Call]]]


class Noticing:
    """Writes a row for each live watch and each call that came after it was set up; the store keeps one of each."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: set[tuple[str, str, str]] = set()  # this replica's memory, so that no tick writes for nothing

    async def notice(self, tenant: str, now: dt.datetime, visible: Visible) -> None:
        """Note what is new in a workspace. `visible` gives the calls, by id, that a channel may see."""
        watches = await self._store.live_watches(tenant)
        if not watches:
            return
        calls = {channel: await visible(channel) for channel in dict.fromkeys(watch.channel for watch in watches)}
        seen = await self._seen(tenant, calls, now)
        for channel, held in calls.items():
            mine = [watch for watch in watches if watch.channel == channel]
            await self._plan(tenant, channel, planned(mine, held, seen, now))

    async def _seen(self, tenant: str, calls: Mapping[str, Mapping[str, Call]], now: dt.datetime) -> Mapping[str, Seen]:
        """Return when each call first came, with those that come now written down."""
        seen = await self._store.seen(tenant)
        new = {id_: call.fingerprint for held in calls.values() for id_, call in held.items() if id_ not in seen}
        if not new:
            return seen
        await self._store.see(tenant, new, now)
        return await self._store.seen(tenant)  # another replica may have been first

    async def _plan(self, tenant: str, channel: str, rows: list[Planned]) -> None:
        new = [row for row in rows if (tenant, channel, row.subject) not in self._noted]
        if new:
            await self._store.plan_runs(tenant, channel, new)
        if len(self._noted) > NOTED:
            self._noted.clear()
        self._noted.update((tenant, channel, row.subject) for row in new)


def planned(
    watches: list[Watch], calls: Mapping[str, Call], seen: Mapping[str, Seen], now: dt.datetime
) -> list[Planned]:
    """Return a row for each watch and each call that is news to it.

    News is what first came after the watch was set up and within RECENT. A call whose bytes were there before, under
    another name, is none; nor is one whose transcript was replaced.
    """
    first: dict[str, dt.datetime] = {}
    for one in seen.values():
        first[one.fingerprint] = min(one.first_at, first.get(one.fingerprint, one.first_at))
    return [
        Planned(seen[id_].first_at.date(), seen[id_].first_at, subject=subject_of(watch.key, id_))
        for watch in watches
        for id_, call in calls.items()
        if id_ in seen
        and watch.live_since is not None
        and watch.live_since < _came(seen[id_], first) == seen[id_].first_at
        and now - seen[id_].first_at <= RECENT
    ]


def _came(seen: Seen, first: Mapping[str, dt.datetime]) -> dt.datetime:
    """Return when a call's bytes first came; those without a fingerprint are told apart by id alone."""
    return first[seen.fingerprint] if seen.fingerprint else seen.first_at
