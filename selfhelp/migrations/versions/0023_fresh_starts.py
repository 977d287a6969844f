"""Who of the staff was let to begin anew, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLE = "fresh_start"
_INDEXED = ("organisation_id", "account_id")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("understood_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=f"pk_{_TABLE}"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{_TABLE}_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=f"fk_{_TABLE}_account_id_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=f"fk_{_TABLE}_by_id_account"),
    )
    for column in _INDEXED:
        op.create_index(f"ix_{_TABLE}_{column}", _TABLE, [column])


def downgrade() -> None:
    """Remove it."""
    op.drop_table(_TABLE)
