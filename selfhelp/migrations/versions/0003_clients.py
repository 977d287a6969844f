"""Teams, clients, assignments, the access log, and work on trainings."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of who is helped, and by whom."""
    op.create_table(
        "team",
        *_of_organisation("team"),
        sa.Column("name", sa.String(80), nullable=False),
        sa.UniqueConstraint("organisation_id", "name", name="uq_team_organisation_id_name"),
    )
    op.create_table(
        "client",
        *_of_organisation("client"),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_client_team_id_team"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_client_account_id_account"),
        sa.UniqueConstraint("account_id", name="uq_client_account_id"),
    )
    op.create_index("ix_client_team_id", "client", ["team_id"])
    op.create_table(
        "assignment",
        *_of_organisation("assignment"),
        *_of_client("assignment"),
        sa.Column("counsellor_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.ForeignKeyConstraint(["counsellor_id"], ["account.id"], name="fk_assignment_counsellor_id_account"),
    )
    op.create_index("ix_assignment_client_id", "assignment", ["client_id"])
    op.create_index("ix_assignment_counsellor_id", "assignment", ["counsellor_id"])
    op.create_table(
        "access_entry",
        *_of_organisation("access_entry"),
        *_of_client("access_entry"),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("event", sa.String(20), nullable=False),
        sa.Column("what", sa.String(120), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.UniqueConstraint("client_id", "seq", name="uq_access_entry_client_id_seq"),
    )
    _work_on_trainings()


def _work_on_trainings() -> None:
    op.create_table(
        "module_run",
        *_of_organisation("module_run"),
        *_of_client("module_run"),
        sa.Column("module_key", sa.String(40), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint("state in ('active', 'paused', 'stopped')", name="ck_module_run_state_known"),
        sa.UniqueConstraint("client_id", "module_key", name="uq_module_run_client_id_module_key"),
    )
    op.create_table(
        "step_progress",
        *_of_organisation("step_progress"),
        *_of_client("step_progress"),
        sa.Column("module_key", sa.String(40), nullable=False),
        sa.Column("step_key", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("stuck_sealed", sa.LargeBinary()),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.CheckConstraint("state in ('todo', 'doing', 'done', 'stuck', 'skipped')", name="ck_step_progress_state_known"),
        sa.UniqueConstraint("client_id", "module_key", "step_key", name="uq_step_progress_client_id_module_key_step_key"),
    )
    op.create_table(
        "step_entry",
        *_of_organisation("step_entry"),
        *_of_client("step_entry"),
        sa.Column("module_key", sa.String(40), nullable=False),
        sa.Column("step_key", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("values_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("client_id", "module_key", "step_key", name="uq_step_entry_client_id_module_key_step_key"),
    )


def _of_organisation(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation"),
    ]


def _of_client(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=f"fk_{table}_client_id_client"),
    ]


def downgrade() -> None:
    """Remove them."""
    for table in ("step_entry", "step_progress", "module_run", "access_entry", "assignment", "client", "team"):
        op.drop_table(table)
