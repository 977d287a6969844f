"""Goals of a pilot, figures as they were last set, reviews of unusual looks; and indexes by which looks are found."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_STAFF = sa.text("role <> 'client'")
_COUNTED = "'clients', 'offered', 'started', 'finished', 'talks', 'own_reports', 'closed'"
_PATTERNS = "'same_name', 'many_files', 'out_of_hours', 'reasons', 'never_assigned', 'refused', 'searches'"


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "pilot_goal",
        *_of_organisation("pilot_goal"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("counted", sa.String(20), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("set_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("organisation_id", "place", name="uq_pilot_goal_organisation_id_place"),
        sa.CheckConstraint("place between 1 and 3", name="place_known"),
        sa.CheckConstraint(f"counted in ({_COUNTED})", name="counted_known"),
    )
    op.create_table(
        "released_row",
        *_of_organisation("released_row"),
        sa.Column("figure", sa.String(20), nullable=False),
        sa.Column("line", sa.String(120), nullable=False),
        sa.Column("counts", sa.String(200), nullable=False),
        sa.Column("released_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("organisation_id", "figure", "line", name="uq_released_row_organisation_id_figure_line"),
    )
    op.create_table(
        "look_review",
        *_of_organisation("look_review"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("pattern", sa.String(20), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_look_review_account_id_account"),
        sa.ForeignKeyConstraint(["reviewed_by"], ["account.id"], name="fk_look_review_reviewed_by_account"),
        sa.CheckConstraint(f"pattern in ({_PATTERNS})", name="pattern_known"),
    )
    op.create_index("ix_look_review_organisation_id", "look_review", ["organisation_id"])
    op.create_index(
        "ix_access_entry_of_staff",
        "access_entry",
        ["organisation_id", "at", "account_id", "client_id", "event"],
        sqlite_where=_STAFF,
        postgresql_where=_STAFF,
    )
    columns = ["organisation_id", "module_key", "step_key", "state", "client_id"]
    op.create_index("ix_step_progress_states", "step_progress", columns)
    op.create_index("ix_list_access_at", "list_access", ["organisation_id", "at"])


def _of_organisation(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation"),
    ]


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_list_access_at", "list_access")
    op.drop_index("ix_step_progress_states", "step_progress")
    op.drop_index("ix_access_entry_of_staff", "access_entry")
    for table in ("look_review", "released_row", "pilot_goal"):
        op.drop_table(table)
