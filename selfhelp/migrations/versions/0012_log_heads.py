"""A seal over all access logs, day by day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "log_head",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("chains", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_head"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_log_head_organisation_id_organisation"),
        sa.UniqueConstraint("organisation_id", "day", name="uq_log_head_organisation_id_day"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("log_head")
