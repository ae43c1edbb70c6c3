"""Watches that post at once, and a team's own words."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let watches be live and muted, runs be of a watch and a call, and teams have words."""
    op.add_column("watch", sa.Column("live_since", sa.BigInteger(), nullable=True))
    op.add_column("watch", sa.Column("muted_until", sa.BigInteger(), nullable=True))
    _widen_the_runs_key()
    op.create_index("ix_digest_run_second", "digest_run", ["tenant", "channel", "post_at"], unique=True)
    op.create_table(
        "call_seen",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "call", name=op.f("pk_call_seen")),
    )
    op.create_table(
        "team_word",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("means", sa.JSON(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "kind", "key", name=op.f("pk_team_word")),
    )


def _widen_the_runs_key() -> None:
    """Add `subject` to the key of runs. SQLite can't change a key: the table is made anew, and filled."""
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("digest_run", sa.Column("subject", sa.Text(), nullable=False, server_default=""))
        op.alter_column("digest_run", "subject", server_default=None)
        op.drop_constraint("pk_digest_run", "digest_run", type_="primary")
        op.create_primary_key("pk_digest_run", "digest_run", ["tenant", "channel", "local_date", "subject"])
        return
    op.drop_index("ix_digest_run_open", "digest_run")
    op.rename_table("digest_run", "digest_run_0001")
    op.create_table(
        "digest_run",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("post_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("calls", sa.JSON(), nullable=True),
        sa.Column("scheduled", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "channel", "local_date", "subject", name=op.f("pk_digest_run")),
    )
    kept = (
        "tenant, channel, local_date, due_at, post_at, state, owner, lease_until, started_at, attempts, calls, "
        "scheduled, reason"
    )
    op.execute(f"INSERT INTO digest_run ({kept}, subject) SELECT {kept}, '' FROM digest_run_0001")  # noqa: S608  # our own names
    op.drop_table("digest_run_0001")
    op.create_index("ix_digest_run_open", "digest_run", ["tenant", "state", "due_at"], unique=False)
