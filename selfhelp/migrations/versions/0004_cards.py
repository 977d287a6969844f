"""Cards, and which lists of clients somebody saw."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("pin_hash", sa.String(200), nullable=False),
        sa.Column("issued_at", _MOMENT, nullable=False),
        sa.Column("blocked_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_card_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_card_account_id_account", ondelete="CASCADE"),
        sa.UniqueConstraint("code_digest", name="uq_card_code_digest"),
    )
    op.create_index("ix_card_account_id", "card", ["account_id"])
    op.create_table(
        "list_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("what", sa.String(120), nullable=False),
        sa.Column("client_ids", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_list_access"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_list_access_organisation_id_organisation"
        ),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("list_access")
    op.drop_table("card")
