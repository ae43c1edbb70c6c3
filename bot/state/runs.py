"""The ledger of digests: one row a channel and local date, so that whatever happens, each is posted once."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, delete, func, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from bot.state.run import DIGEST, KEY, Planned, Run, State, held_by, key_of, run_of
from bot.state.schema import digest_run as table
from bot.state.schema import digest_told
from bot.state.shelf import Shelf

SLICE = 1_000  # rows of eight parameters a statement: PostgreSQL takes 32,767 parameters at most


# What each tick of the clockwork asks, put together once, as `_claiming` is.
_SETTLING = (
    update(table)
    .where(
        table.c.tenant == bindparam("its_tenant"), table.c.state == State.SCHEDULED, table.c.post_at <= bindparam("at")
    )
    .values(state=State.POSTED)
    .returning(table.c.channel)
)


class Runs(Shelf):
    """The ledger. A change of a row that a replica holds names that replica; one that lost its lease changes none."""

    async def plan_runs(self, tenant: str, channel: str, planned: Iterable[Planned]) -> int:
        """Write rows for local dates that have none, all or none of them. Return how many are new."""
        rows = [
            {
                "tenant": tenant,
                "channel": channel,
                "local_date": one.local_date,
                "subject": one.subject,
                "due_at": one.due_at,
                "state": State.DUE if one.skipped is None else State.SKIPPED,
                "attempts": 0,
                "reason": one.skipped,
            }
            for one in planned
        ]
        if not rows:
            return 0
        new = 0
        async with self.database.writing(tenant) as connection:
            for start in range(0, len(rows), SLICE):
                insert = self.database.insert(table).values(rows[start : start + SLICE])
                written = await connection.execute(insert.on_conflict_do_nothing().returning(table.c.local_date))
                new += len(written.all())
        return new

    async def unplan_runs(self, tenant: str, now: dt.datetime, reach: dt.datetime) -> int:
        """Forget digests that a wrong clock planned: skipped as past though due after `now`, or due after `reach`.

        Nothing that may have reached Slack is among them. Return how many.
        """
        wrong = or_(
            and_(table.c.state == State.SKIPPED, table.c.attempts == 0, table.c.due_at > now),
            and_(table.c.state.in_((State.DUE, State.QUIET, State.SKIPPED)), table.c.due_at > reach),
        )
        statement = (
            delete(table)
            .where(table.c.tenant == tenant, table.c.subject == DIGEST, table.c.started_at.is_(None), wrong)
            .returning(table.c.channel)
        )
        async with self.database.writing(tenant) as connection:
            return len((await connection.execute(statement)).all())

    async def claim_run(
        self, tenant: str, owner: str, now: dt.datetime, *, due_by: dt.datetime, lease: dt.timedelta
    ) -> Run | None:
        """Take the next digest that is due at or before `due_by`, or whose holder's lease has ended; None: nothing.

        One UPDATE decides, so that of any number of replicas one has it. A row that was put off is let alone until its
        `lease_until`. What may be at Slack already goes first, by its time there: after that it can't be looked up.
        """
        asked = {"whose": tenant, "by": owner, "at": now, "until": now + lease, "due": due_by}
        async with self.database.writing(tenant) as connection:
            row = (await connection.execute(_claiming(), asked)).one_or_none()
        return None if row is None else run_of(row)

    async def start_run(
        self, run: Run, now: dt.datetime, *, lease: dt.timedelta, post_at: dt.datetime, calls: Mapping[str, str]
    ) -> bool:
        """Renew the lease and note that a message of `calls` is about to leave.

        False: the lease is lost, or another message of the channel has this second.
        """
        statement = (
            update(table)
            .where(*held_by(run), table.c.lease_until > now)
            .values(lease_until=now + lease, started_at=now, post_at=post_at, calls=dict(calls))
            .returning(table.c.channel)
        )
        try:
            async with self.database.writing(run.tenant) as connection:
                return (await connection.execute(statement)).first() is not None
        except IntegrityError:
            return False

    async def schedule_run(self, run: Run, scheduled: str, calls: Mapping[str, str]) -> bool:
        """Note that Slack has the message (its id), and that its `calls` (id -> fingerprint) are told.

        False where another replica has the run by now; it will find the message.
        """
        told = [
            {
                "tenant": run.tenant,
                "channel": run.channel,
                "call": call,
                "fingerprint": fingerprint,
                "local_date": run.local_date,
            }
            for call, fingerprint in calls.items()
        ]
        statement = (
            update(table)
            .where(*held_by(run))
            .values(state=State.SCHEDULED, scheduled=scheduled, lease_until=None, reason=None)
            .returning(table.c.channel)
        )
        async with self.database.writing(run.tenant) as connection:
            if (await connection.execute(statement)).first() is None:
                return False
            if told:
                await connection.execute(self.database.insert(digest_told).on_conflict_do_nothing(), told)
        return True

    async def end_run(self, run: Run, state: State, reason: str) -> bool:
        """End a run that posts nothing: quiet, skipped or dead. False where another replica has it by now."""
        statement = (
            update(table)
            .where(*held_by(run))
            .values(state=state, reason=reason, lease_until=None)
            .returning(table.c.channel)
        )
        async with self.database.writing(run.tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def put_off_run(self, run: Run, until: dt.datetime) -> bool:
        """Give a run back that Slack has refused for now ("too many requests"); nobody takes it before `until`."""
        statement = (
            update(table)
            .where(*held_by(run))
            .values(state=State.DUE, lease_until=until, started_at=run.started_at, post_at=run.post_at, calls=run.calls)
            .returning(table.c.channel)
        )
        async with self.database.writing(run.tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def settle_runs(self, tenant: str, now: dt.datetime) -> int:
        """Note as posted whatever Slack had before its time came. Return how many."""
        async with self.database.writing(tenant) as connection:
            return len((await connection.execute(_SETTLING, {"its_tenant": tenant, "at": now})).all())

    async def keep_run(self, run: Run, scheduled: str) -> None:
        """Note which message stays of those that Slack has for a run."""
        statement = update(table).where(*key_of(run), table.c.state == State.SCHEDULED).values(scheduled=scheduled)
        async with self.database.writing(run.tenant) as connection:
            await connection.execute(statement)

    async def withdraw_run(self, run: Run) -> bool:
        """Forget a run whose message was taken back, or never left; its calls are new again.

        False where a replica holds it, or it has ended: then it stays.
        """
        told = (
            digest_told.c.tenant == run.tenant,
            digest_told.c.channel == run.channel,
            digest_told.c.local_date == run.local_date,
        )
        statement = (
            delete(table)
            .where(*key_of(run), table.c.state.in_((State.DUE, State.SCHEDULED)))
            .returning(table.c.channel)
        )
        async with self.database.writing(run.tenant) as connection:
            gone = (await connection.execute(statement)).first() is not None
            if gone and run.subject == DIGEST:
                await connection.execute(delete(digest_told).where(*told))
        return gone


@cache
def _claiming() -> ReturningUpdate[Any]:
    """Return the UPDATE that claims a run: put together once, for that takes longer than SQLite takes to run it.

    It takes `whose` (the tenant), `by` (the owner), `at` (now), `until` (the lease's end) and `due` (at the latest).
    """
    tenant = table.c.tenant == bindparam("whose")
    now: BindParameter[dt.datetime] = bindparam("at")
    free = or_(
        and_(
            table.c.state == State.DUE,
            table.c.due_at <= bindparam("due"),
            or_(table.c.lease_until.is_(None), table.c.lease_until <= now),
        ),
        and_(table.c.state == State.SENDING, table.c.lease_until <= now),
    )
    # SKIP LOCKED: replicas on PostgreSQL take different rows instead of waiting for each other. SQLite ignores it.
    # A CTE, for PostgreSQL may run a sub-select with LIMIT once a row, and so take more than one; a CTE runs once.
    chosen = (
        select(*KEY)
        .where(tenant, free)
        .order_by(table.c.started_at.is_(None), func.coalesce(table.c.post_at, table.c.due_at), table.c.channel)
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return (
        update(table)
        .where(tenant, tuple_(*KEY).in_(select(chosen)), free)
        .values(
            state=State.SENDING,
            owner=bindparam("by"),
            lease_until=bindparam("until"),
            attempts=table.c.attempts + 1,
        )
        .returning(table)
    )
