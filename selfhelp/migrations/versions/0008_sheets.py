"""The sheet on working together, and consents."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("lines_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agreement"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_agreement_account_id_account"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_agreement_client_id_client"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_agreement_organisation_id_organisation"),
        sa.UniqueConstraint("client_id", "version", name="uq_agreement_client_id_version"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("words_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_consent_client_id_client"),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name="fk_consent_given_by_account"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_consent_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["stopped_by"], ["account.id"], name="fk_consent_stopped_by_account"),
    )
    op.create_index("ix_consent_client_id", "consent", ["client_id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("consent")
    op.drop_table("agreement")
