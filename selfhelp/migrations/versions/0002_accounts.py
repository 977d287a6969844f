"""Accounts, sessions, known devices, recovery codes, throttling."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of who somebody is."""
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(80), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("given_name", sa.String(80), nullable=False),
        sa.Column("surname", sa.String(80), nullable=False),
        sa.Column("function", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("totp_sealed", sa.LargeBinary()),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date()),
        sa.Column("disabled_at", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "role in ('client', 'counsellor', 'trainee', 'volunteer', 'coordinator', 'administrator')",
            name="ck_account_role_known",
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_account_organisation_id_organisation"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("organisation_id", "username", name="uq_account_organisation_id_username"),
    )
    op.create_table(
        "live_session",
        sa.Column("token_digest", sa.LargeBinary(32), nullable=False),
        *_belongs_to_an_account("live_session"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("factors", sa.Integer(), nullable=False),
        sa.Column("is_shared_device", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(60), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("authenticated_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name="pk_live_session"),
        sa.UniqueConstraint("id", name="uq_live_session_id"),
    )
    op.create_index("ix_live_session_account_id", "live_session", ["account_id"])
    op.create_table(
        "known_device",
        sa.Column("token_digest", sa.LargeBinary(32), nullable=False),
        *_belongs_to_an_account("known_device"),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name="pk_known_device"),
    )
    op.create_index("ix_known_device_account_id", "known_device", ["account_id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_belongs_to_an_account("recovery_code"),
        sa.Column("code_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
        sa.UniqueConstraint("account_id", "code_digest", name="uq_recovery_code_account_id_code_digest"),
    )
    op.create_table(
        "throttle",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_throttle"),
    )


def _belongs_to_an_account(table: str) -> list[sa.Column[object] | sa.ForeignKeyConstraint]:
    return [
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=f"fk_{table}_account_id_account", ondelete="CASCADE"),
    ]


def downgrade() -> None:
    """Remove them."""
    for table in ("throttle", "recovery_code", "known_device", "live_session", "account"):
        op.drop_table(table)
