"""Invitations of staff."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("username", sa.String(80), nullable=False),
        sa.Column("given_name", sa.String(80), nullable=False),
        sa.Column("surname", sa.String(80), nullable=False),
        sa.Column("function", sa.String(80), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.CheckConstraint(
            "role in ('client', 'counsellor', 'trainee', 'volunteer', 'coordinator', 'administrator')",
            name="ck_invitation_role_known",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_invitation_organisation_id_organisation"),
        sa.UniqueConstraint("code_digest", name="uq_invitation_code_digest"),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("invitation")
