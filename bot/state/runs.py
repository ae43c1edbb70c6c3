"""The ledger of digests: one row a channel and local date, so that whatever happens, each is posted once."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, and_, bindparam, delete, func, or_, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from bot.state.schema import digest_run as table
from bot.state.schema import digest_told
from bot.state.shelf import Shelf

DIGEST = ""  # the subject of a digest: the whole of its date
SLICE = 1_000  # rows of eight parameters a statement: PostgreSQL takes 32,767 parameters at most
KEY = (table.c.tenant, table.c.channel, table.c.local_date, table.c.subject)


class State(StrEnum):
    """How far a digest has come.

    due → sending → scheduled → posted; or quiet (nothing new), skipped (too late, or nobody knows whether it arrived),
    dead (Slack refuses the channel), each with its reason.
    """

    DUE = "due"
    SENDING = "sending"  # a replica has it, until its lease ends
    SCHEDULED = "scheduled"  # Slack has it, and will post it
    POSTED = "posted"
    QUIET = "quiet"
    SKIPPED = "skipped"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Run:
    """The digest of one local date; or, with a `subject`, what a watch posts about a call that came on that date.

    `started_at` is set once a message may have reached Slack, with its `post_at` and its `calls` (id -> fingerprint).
    """

    tenant: str
    channel: str
    local_date: dt.date
    due_at: dt.datetime
    state: State
    post_at: dt.datetime | None = None
    owner: str | None = None
    lease_until: dt.datetime | None = None
    started_at: dt.datetime | None = None
    attempts: int = 0
    calls: Mapping[str, str] = field(default_factory=dict)
    scheduled: str | None = None
    reason: str | None = None
    subject: str = DIGEST


@dataclass(frozen=True, slots=True)
class Planned:
    """A row to be written: what is due on a date, or was due too long ago (`skipped`: why)."""

    local_date: dt.date
    due_at: dt.datetime
    skipped: str | None = None
    subject: str = DIGEST


# What each tick of the clockwork asks, put together once, as `_claiming` is.
_SETTLING = (
    update(table)
    .where(
        table.c.tenant == bindparam("its_tenant"), table.c.state == State.SCHEDULED, table.c.post_at <= bindparam("at")
    )
    .values(state=State.POSTED)
    .returning(table.c.channel)
)
_SCHEDULED = (
    select(table)
    .where(table.c.tenant == bindparam("its_tenant"), table.c.state == State.SCHEDULED)
    .order_by(table.c.due_at, table.c.channel)
)

_LAST = (
    select(table.c.channel, func.max(table.c.due_at).label("last"))
    .where(table.c.tenant == bindparam("its_tenant"), table.c.subject == DIGEST)
    .group_by(table.c.channel)
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
        return None if row is None else _run(row)

    async def start_run(
        self, run: Run, now: dt.datetime, *, lease: dt.timedelta, post_at: dt.datetime, calls: Mapping[str, str]
    ) -> bool:
        """Renew the lease and note that a message of `calls` is about to leave.

        False: the lease is lost, or another message of the channel has this second.
        """
        statement = (
            update(table)
            .where(*_held(run), table.c.lease_until > now)
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
            .where(*_held(run))
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
            .where(*_held(run))
            .values(state=state, reason=reason, lease_until=None)
            .returning(table.c.channel)
        )
        async with self.database.writing(run.tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def put_off_run(self, run: Run, until: dt.datetime) -> bool:
        """Give a run back that Slack has refused for now ("too many requests"); nobody takes it before `until`."""
        statement = (
            update(table)
            .where(*_held(run))
            .values(state=State.DUE, lease_until=until, started_at=run.started_at, post_at=run.post_at, calls=run.calls)
            .returning(table.c.channel)
        )
        async with self.database.writing(run.tenant) as connection:
            return (await connection.execute(statement)).first() is not None

    async def settle_runs(self, tenant: str, now: dt.datetime) -> int:
        """Note as posted whatever Slack had before its time came. Return how many."""
        async with self.database.writing(tenant) as connection:
            return len((await connection.execute(_SETTLING, {"its_tenant": tenant, "at": now})).all())

    async def last_due(self, tenant: str) -> Mapping[str, dt.datetime]:
        """Return when the last digest that has a row was due, or is, for each channel of a workspace."""
        async with self.database.reading(tenant) as connection:
            return {row.channel: row.last for row in (await connection.execute(_LAST, {"its_tenant": tenant})).all()}

    async def scheduled_runs(self, tenant: str) -> tuple[Run, ...]:
        """Return the runs that Slack has and hasn't posted, so far as the ledger knows."""
        async with self.database.reading(tenant) as connection:
            return tuple(_run(row) for row in (await connection.execute(_SCHEDULED, {"its_tenant": tenant})).all())

    async def keep_run(self, run: Run, scheduled: str) -> None:
        """Note which message stays of those that Slack has for a run."""
        statement = update(table).where(*_key(run), table.c.state == State.SCHEDULED).values(scheduled=scheduled)
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
            delete(table).where(*_key(run), table.c.state.in_((State.DUE, State.SCHEDULED))).returning(table.c.channel)
        )
        async with self.database.writing(run.tenant) as connection:
            gone = (await connection.execute(statement)).first() is not None
            if gone and run.subject == DIGEST:
                await connection.execute(delete(digest_told).where(*told))
        return gone

    async def open_runs(self, tenant: str, channel: str) -> tuple[Run, ...]:
        """Return a channel's digests that may still be posted: due, being sent, or scheduled."""
        return tuple(run for run in await self.afoot(tenant, channel) if run.subject == DIGEST)

    async def afoot(self, tenant: str, channel: str) -> tuple[Run, ...]:
        """Return everything of a channel that may still be posted: its digests, and what its watches found."""
        states = (State.DUE, State.SENDING, State.SCHEDULED)
        query = (
            select(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.state.in_(states))
            .order_by(table.c.due_at, table.c.channel)
        )
        async with self.database.reading(tenant) as connection:
            return tuple(_run(row) for row in (await connection.execute(query)).all())

    async def seconds_taken(self, tenant: str, channel: str, since: dt.datetime) -> frozenset[dt.datetime]:
        """Return the seconds from `since` on for which a channel has a message: each has one to itself."""
        query = select(table.c.post_at).where(
            table.c.tenant == tenant, table.c.channel == channel, table.c.post_at >= since
        )
        async with self.database.reading(tenant) as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def posts_since(self, tenant: str, channel: str, since: dt.datetime, *, start: str, but: str) -> int:
        """Count what a channel got after `since` or may yet, on subjects that begin with `start`, `but` one of them."""
        query = select(func.count()).where(
            table.c.tenant == tenant,
            table.c.channel == channel,
            func.substr(table.c.subject, 1, len(start)) == start,
            table.c.subject != but,
            table.c.state.in_((State.SENDING, State.SCHEDULED, State.POSTED)),
            table.c.post_at > since,
        )
        async with self.database.reading(tenant) as connection:
            return int((await connection.execute(query)).scalar_one())

    async def found(self, tenant: str, channel: str, limit: int = 50) -> tuple[Run, ...]:
        """Return the last runs of a channel's watches, the newest first."""
        query = (
            select(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.subject != DIGEST)
            .order_by(table.c.due_at.desc(), table.c.subject)
            .limit(limit)
        )
        async with self.database.reading(tenant) as connection:
            return tuple(_run(row) for row in (await connection.execute(query)).all())

    async def runs(self, tenant: str, channel: str, limit: int = 10) -> tuple[Run, ...]:
        """Return a channel's last digests, the newest local date first."""
        query = (
            select(table)
            .where(table.c.tenant == tenant, table.c.channel == channel, table.c.subject == DIGEST)
            .order_by(table.c.local_date.desc())
            .limit(limit)
        )
        async with self.database.reading(tenant) as connection:
            return tuple(_run(row) for row in (await connection.execute(query)).all())

    async def told(self, tenant: str, channel: str) -> Mapping[str, str]:
        """Return the calls that a channel has been told of: id -> fingerprint."""
        query = select(digest_told.c.call, digest_told.c.fingerprint).where(
            digest_told.c.tenant == tenant, digest_told.c.channel == channel
        )
        async with self.database.reading(tenant) as connection:
            return {row.call: row.fingerprint for row in (await connection.execute(query)).all()}

    async def tell(
        self, tenant: str, channel: str, calls: Mapping[str, str], local_date: dt.date | None
    ) -> frozenset[str]:
        """Note calls as told outside a run: by `digest now`. Return those that nobody had: of two, one has each."""
        told = [
            {"tenant": tenant, "channel": channel, "call": call, "fingerprint": mark, "local_date": local_date}
            for call, mark in calls.items()
        ]
        if not told:
            return frozenset()
        statement = self.database.insert(digest_told).on_conflict_do_nothing().returning(digest_told.c.call)
        async with self.database.writing(tenant) as connection:
            return frozenset((await connection.execute(statement, told)).scalars())


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


def _key(run: Run) -> tuple[ColumnElement[bool], ...]:
    return (
        table.c.tenant == run.tenant,
        table.c.channel == run.channel,
        table.c.local_date == run.local_date,
        table.c.subject == run.subject,
    )


def _held(run: Run) -> tuple[ColumnElement[bool], ...]:
    """Match the row while it is this very claim's; a later claim, the same replica's too, has counted one more."""
    return (
        *_key(run),
        table.c.state == State.SENDING,
        table.c.owner == run.owner,
        table.c.attempts == run.attempts,
    )


def _run(row: Row[Any]) -> Run:
    return Run(
        tenant=row.tenant,
        channel=row.channel,
        local_date=row.local_date,
        due_at=row.due_at,
        state=State(row.state),
        post_at=row.post_at,
        owner=row.owner,
        lease_until=row.lease_until,
        started_at=row.started_at,
        attempts=row.attempts,
        calls=row.calls or {},
        scheduled=row.scheduled,
        reason=row.reason,
        subject=row.subject,
    )
