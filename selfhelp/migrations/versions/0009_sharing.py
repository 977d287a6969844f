"""What a client keeps and shares: results, pictures, and who may read them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_share"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_share_client_id_client"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_share_organisation_id_organisation"),
        sa.UniqueConstraint("client_id", "kind", "item_id", name="uq_share_client_id_kind_item_id"),
    )
    op.create_table(
        "kept_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(20), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_outcome"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_kept_outcome_client_id_client"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_kept_outcome_organisation_id_organisation"
        ),
    )
    op.create_index("ix_kept_outcome_client_id", "kept_outcome", ["client_id"])
    op.create_table(
        "step_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("module_key", sa.String(40), nullable=False),
        sa.Column("step_key", sa.String(40), nullable=False),
        sa.Column("exercise_id", sa.String(40), nullable=False),
        sa.Column("picture_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_step_photo"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_step_photo_client_id_client"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_step_photo_organisation_id_organisation"),
    )
    op.create_index("ix_step_photo_client_id", "step_photo", ["client_id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("step_photo")
    op.drop_table("kept_outcome")
    op.drop_table("share")
