"""Who is in which team, and the reasons for which colleagues open a file."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "team_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("is_leader", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team_member"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_team_member_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_team_member_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_member_team_id_team"),
        sa.UniqueConstraint("team_id", "account_id", name="uq_team_member_team_id_account_id"),
    )
    op.create_index("ix_team_member_account_id", "team_member", ["account_id"])
    op.create_table(
        "access_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_grant"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_access_grant_account_id_account"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_access_grant_client_id_client"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_access_grant_organisation_id_organisation"
        ),
    )
    op.create_index("ix_access_grant_account_id", "access_grant", ["account_id"])
    op.create_index("ix_access_grant_client_id", "access_grant", ["client_id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("access_grant")
    op.drop_table("team_member")
