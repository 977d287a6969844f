"""The pages around a talk: what was written together, what was let go, choices for steps that did not work out."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_CHOICES = "'together', 'smaller', 'other_help', 'not_needed', 'stop'"
_OPEN = sa.text("ended_at is null")


def upgrade() -> None:
    """Add them."""
    with op.batch_alter_table("wish") as wish:
        wish.add_column(sa.Column("name", sa.String(80), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("wish") as wish:
        wish.alter_column("name", existing_type=sa.String(80), existing_nullable=False, server_default=None)
    with op.batch_alter_table("promise") as promise:
        promise.add_column(sa.Column("let_go_at", _MOMENT))
    with op.batch_alter_table("appointment") as appointment:
        appointment.add_column(sa.Column("let_be_at", _MOMENT))
    op.create_index("ix_contact_of_account", "contact", ["account_id", "at"])
    op.create_table(
        "step_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("module_key", sa.String(40), nullable=False),
        sa.Column("step_key", sa.String(40), nullable=False),
        sa.Column("choice", sa.String(12), nullable=False),
        sa.Column("on", sa.Date()),
        sa.Column("words_sealed", sa.LargeBinary()),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("chosen_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_step_choice"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_step_choice_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_step_choice_client_id_client"),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name="fk_step_choice_appointment_id_appointment"),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_step_choice_by_id_account"),
        sa.CheckConstraint(f"choice in ({_CHOICES})", name="choice_known"),
    )
    key = ["client_id", "module_key", "step_key"]
    op.create_index("ix_step_choice_open", "step_choice", key, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_step_choice_appointment_id", "step_choice", ["appointment_id"])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("step_choice")
    op.drop_index("ix_contact_of_account", "contact")
    for table, column in (("appointment", "let_be_at"), ("promise", "let_go_at"), ("wish", "name")):
        with op.batch_alter_table(table) as rows:
            rows.drop_column(column)
