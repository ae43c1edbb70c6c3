"""Who is at work on an event, and until when nobody else may be."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give events an owner and a lease, and an index of those that nobody has done."""
    op.add_column("inbox", sa.Column("owner", sa.Text(), nullable=True))
    op.add_column("inbox", sa.Column("lease_until", sa.BigInteger(), nullable=True))
    undone = sa.text("done_at IS NULL")
    op.create_index("ix_inbox_undone", "inbox", ["received_at"], sqlite_where=undone, postgresql_where=undone)
