"""One row of the ledger: a digest of a channel's local date, or what a watch found, and how far it has come."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row

from bot.state.schema import digest_run as table

DIGEST = ""  # the subject of a digest: the whole of its date
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


def key_of(run: Run) -> tuple[ColumnElement[bool], ...]:
    """Match the row of a run."""
    return (
        table.c.tenant == run.tenant,
        table.c.channel == run.channel,
        table.c.local_date == run.local_date,
        table.c.subject == run.subject,
    )


def held_by(run: Run) -> tuple[ColumnElement[bool], ...]:
    """Match the row while it is this very claim's; a later claim, the same replica's too, has counted one more."""
    return (
        *key_of(run),
        table.c.state == State.SENDING,
        table.c.owner == run.owner,
        table.c.attempts == run.attempts,
    )


def run_of(row: Row[Any]) -> Run:
    """Return the run that a row holds."""
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
