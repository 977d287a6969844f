"""What clients say of lines in their access log."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "access_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_report"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_access_report_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_access_report_client_id_client"),
        sa.ForeignKeyConstraint(["entry_id"], ["access_entry.id"], name="fk_access_report_entry_id_access_entry"),
        sa.UniqueConstraint("entry_id", name="uq_access_report_entry_id"),
    )
    op.create_index("ix_access_report_client_id", "access_report", ["client_id"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("access_report")
