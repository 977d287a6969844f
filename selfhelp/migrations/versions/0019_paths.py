"""A path that is agreed on, words about a step, and self-tests that are asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "path",
        *_of_client("path"),
        sa.Column("number", sa.Integer(), nullable=False),
        _by(),
        sa.Column("target_on", sa.Date()),
        sa.Column("words_sealed", sa.LargeBinary()),
        sa.Column("agreed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_path_by_id_account"),
        sa.UniqueConstraint("client_id", "number", name="uq_path_client_id_number"),
    )
    op.create_table(
        "path_step",
        *_of_client("path_step"),
        sa.Column("path_id", sa.Uuid(), nullable=False),
        *_of_step(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("assigned_at", _MOMENT, nullable=False),
        sa.Column("taken_off_at", _MOMENT),
        sa.ForeignKeyConstraint(["path_id"], ["path.id"], name="fk_path_step_path_id_path"),
    )
    still = sa.text("taken_off_at is null")
    columns = ["client_id", "module_key", "step_key"]
    op.create_index("ix_path_step_open", "path_step", columns, unique=True, sqlite_where=still, postgresql_where=still)
    op.create_table(
        "step_feedback",
        *_of_client("step_feedback"),
        *_of_step(),
        _by(),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT),
        sa.Column("read_at", _MOMENT),
        sa.Column("thanked_at", _MOMENT),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_step_feedback_by_id_account"),
    )
    op.create_index("ix_step_feedback_client_id", "step_feedback", ["client_id"])
    op.create_table(
        "asked_test",
        *_of_client("asked_test"),
        sa.Column("slug", sa.String(20), nullable=False),
        _by(),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answered_at", _MOMENT),
        sa.Column("outcome_id", sa.Uuid()),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_asked_test_by_id_account"),
        sa.CheckConstraint("state in ('asked', 'filled_in', 'declined', 'taken_back')", name="state_known"),
    )
    op.create_index("ix_asked_test_client_id", "asked_test", ["client_id"])


def _of_client(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=f"fk_{table}_client_id_client"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation"),
    ]


def _of_step() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("module_key", sa.String(40), nullable=False),
        sa.Column("step_key", sa.String(40), nullable=False),
    ]


def _by() -> sa.Column[object]:
    return sa.Column("by_id", sa.Uuid(), nullable=False)


def downgrade() -> None:
    """Remove them."""
    for table in ("asked_test", "step_feedback", "path_step", "path"):
        op.drop_table(table)
