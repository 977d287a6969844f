"""Trajectories: phases, sign-ups, closings, working days and leaves; and what lists say of a client."""

import uuid
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PHASES = "'sign_up', 'intake', 'waiting', 'guidance', 'closing', 'aftercare', 'ended', 'back'"
_OPEN = sa.text("ended_at is null")
QUIET_AFTER = timedelta(days=21)
_LINE = (
    ("reference", sa.String(40), "''"),
    ("is_practice", sa.Boolean(), sa.false()),
    ("phase", sa.String(12), "'guidance'"),
    ("phase_at", _MOMENT, None),
    ("seen_at", _MOMENT, None),
    ("met_at", _MOMENT, None),
    ("next_at", _MOMENT, None),
    ("stuck", sa.Integer(), "0"),
    ("stuck_at", _MOMENT, None),
    ("fresh", sa.Integer(), "0"),
    ("fresh_at", _MOMENT, None),
    ("due_on", sa.Date(), None),
    ("ask_on", sa.Date(), None),
)


def upgrade() -> None:
    """Make the tables, and give everybody who is there a line."""
    _make_tables()
    with op.batch_alter_table("client") as client:
        for name, kind, default in _LINE:
            fixed = None if default is None else default if not isinstance(default, str) else sa.text(default)
            client.add_column(sa.Column(name, kind, nullable=default is None, server_default=fixed))
    with op.batch_alter_table("assignment") as assignment:
        assignment.add_column(sa.Column("last_day", sa.Date()))
        assignment.add_column(sa.Column("stands_in_for", sa.Uuid()))
        assignment.add_column(sa.Column("attention_at", _MOMENT))
    _tell_of_everybody()
    with op.batch_alter_table("client") as client:
        client.alter_column("phase_at", existing_type=_MOMENT, nullable=False)
        for name, kind, default in _LINE:
            if default is not None:
                client.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
        client.create_check_constraint("phase_known", f"phase in ({_PHASES})")
    with op.batch_alter_table("assignment") as assignment:
        assignment.alter_column("attention_at", existing_type=_MOMENT, nullable=False)
        assignment.create_foreign_key("fk_assignment_stands_in_for_account", "account", ["stands_in_for"], ["id"])
    op.create_index("ix_assignment_caseload", "assignment", ["counsellor_id", "ended_at", "attention_at"])


def _make_tables() -> None:
    op.create_table(
        "phase",
        *_of_client("phase"),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("by_id", sa.Uuid()),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_phase_by_id_account"),
        sa.CheckConstraint(f"kind in ({_PHASES})", name="kind_known"),
    )
    op.create_index("ix_phase_client_id", "phase", ["client_id"])
    op.create_index("ix_phase_open", "phase", ["client_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_table(
        "sign_up",
        *_of_client("sign_up"),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("reach_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("signed_up_at", _MOMENT, nullable=False),
        sa.Column("wanted_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_sign_up_by_id_account"),
    )
    op.create_index("ix_sign_up_client_id", "sign_up", ["client_id"])
    op.create_table(
        "closing",
        *_of_client("closing"),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("looked_back_at", _MOMENT),
        sa.Column("words_sealed", sa.LargeBinary()),
        sa.Column("copy_at", _MOMENT),
        sa.Column("access_until", sa.Date()),
        sa.Column("ask_on", sa.Date()),
        sa.Column("ended_at", _MOMENT),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_closing_by_id_account"),
    )
    op.create_index("ix_closing_client_id", "closing", ["client_id"])
    op.create_table(
        "working_week",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.String(7), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_working_week"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_working_week_account_id_account"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_working_week_organisation_id_organisation"
        ),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("choice", sa.String(10), nullable=False),
        sa.Column("stand_in_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_absence_account_id_account"),
        sa.ForeignKeyConstraint(["stand_in_id"], ["account.id"], name="fk_absence_stand_in_id_account"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_absence_organisation_id_organisation"),
    )
    op.create_index("ix_absence_account_id", "absence", ["account_id"])


def _tell_of_everybody() -> None:
    """Begin where everybody is: in guidance since the first assignment, with what does not work out yet."""
    connection = op.get_bind()
    meta = sa.MetaData()
    client = sa.Table("client", meta, autoload_with=connection)
    phase = sa.Table("phase", meta, autoload_with=connection)
    assignment = sa.Table("assignment", meta, autoload_with=connection)
    progress = sa.Table("step_progress", meta, autoload_with=connection)
    stuck = (progress.c.client_id == client.c.id) & (progress.c.state == "stuck")
    count = sa.select(sa.func.count()).where(stuck).scalar_subquery()
    first = sa.select(sa.func.min(progress.c.changed_at)).where(stuck).scalar_subquery()
    connection.execute(client.update().values(phase_at=client.c.created_at, stuck=count, stuck_at=first))
    rows = connection.execute(sa.select(client.c.id, client.c.organisation_id, client.c.created_at, client.c.stuck_at)).all()
    for each in rows:
        known = {"client_id": each.id, "organisation_id": each.organisation_id, "began_at": each.created_at}
        connection.execute(phase.insert().values(id=_fresh_id(phase), kind="guidance", **known))
        since = min(filter(None, (each.stuck_at, each.created_at + QUIET_AFTER)))
        connection.execute(assignment.update().where(assignment.c.client_id == each.id).values(attention_at=since))


def _fresh_id(table: sa.Table) -> object:
    fresh = uuid.uuid4()
    return fresh if isinstance(table.c.id.type, sa.Uuid) else fresh.hex


def _of_client(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=f"fk_{table}_client_id_client"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=f"fk_{table}_organisation_id_organisation"),
    ]


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_assignment_caseload", "assignment")
    with op.batch_alter_table("assignment") as assignment:
        assignment.drop_constraint("fk_assignment_stands_in_for_account", type_="foreignkey")
        for name in ("last_day", "stands_in_for", "attention_at"):
            assignment.drop_column(name)
    with op.batch_alter_table("client") as client:
        client.drop_constraint("phase_known", type_="check")
        for name, _kind, _default in _LINE:
            client.drop_column(name)
    for table in ("absence", "working_week", "closing", "sign_up", "phase"):
        op.drop_table(table)
