"""What is new in each thing that is shared, so that reading it there takes it off the lists."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns. What is new at this moment goes with the page before a talk, as it did."""
    with op.batch_alter_table("share") as batch:
        batch.add_column(sa.Column("since_at", _MOMENT, nullable=True))
        batch.add_column(sa.Column("fresh", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("fresh_at", _MOMENT, nullable=True))
    with op.batch_alter_table("share") as batch:
        batch.alter_column("fresh", server_default=None)


def downgrade() -> None:
    """Remove them; what was written in counts as shared when it was shared."""
    op.execute("update share set shared_at = since_at where since_at is not null")
    with op.batch_alter_table("share") as batch:
        for column in ("fresh_at", "fresh", "since_at"):
            batch.drop_column(column)
