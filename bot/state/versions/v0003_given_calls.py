"""What was read of given files, and what their givers know better."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the corrections of gifts, and the table of what was parsed."""
    op.add_column("upload_gift", sa.Column("correction", sa.JSON(), nullable=True))
    op.create_table(
        "upload_reading",
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "id"],
            ["upload.tenant", "upload.id"],
            name=op.f("fk_upload_reading_upload"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "id", name=op.f("pk_upload_reading")),
    )
