"""The last day of an account that is made by an invitation."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("invitation", sa.Column("last_day", sa.Date(), nullable=True))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("invitation", "last_day")
