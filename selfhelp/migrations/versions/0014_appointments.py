"""Talks: appointments, contacts, what to talk about, dates to keep in view, promises, and what both say of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SIDE = "side in ('client', 'counsellor')"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "appointment",
        *_of_client("appointment"),
        sa.Column("counsellor_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary()),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("began_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
        sa.Column("planned_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["counsellor_id"], ["account.id"], name="fk_appointment_counsellor_id_account"),
        sa.CheckConstraint("state in ('planned', 'held', 'called_off', 'missed')", name="state_known"),
    )
    op.create_index("ix_appointment_of_client", "appointment", ["client_id", "starts_at"])
    op.create_index("ix_appointment_of_counsellor", "appointment", ["counsellor_id", "starts_at"])
    op.create_table(
        "contact",
        *_of_client("contact"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid()),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("was_reached", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_contact_account_id_account"),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name="fk_contact_appointment_id_appointment"),
        sa.UniqueConstraint("appointment_id", name="uq_contact_appointment_id"),
    )
    op.create_index("ix_contact_of_organisation", "contact", ["organisation_id", "at"])
    op.create_index("ix_contact_client_id", "contact", ["client_id"])
    op.create_table(
        "wish",
        *_of_client("wish"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("talked_at", _MOMENT),
    )
    op.create_index("ix_wish_client_id", "wish", ["client_id"])
    op.create_table(
        "watched_date",
        *_of_client("watched_date"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT),
    )
    op.create_index("ix_watched_date_client_id", "watched_date", ["client_id"])
    op.create_table(
        "promise",
        *_of_client("promise"),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("kept_at", _MOMENT),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name="fk_promise_appointment_id_appointment"),
        sa.CheckConstraint(_SIDE, name="side_known"),
    )
    op.create_index("ix_promise_client_id", "promise", ["client_id"])
    op.create_table(
        "report",
        *_of_client("report"),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name="fk_report_appointment_id_appointment"),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_report_author_id_account"),
        sa.CheckConstraint(_SIDE, name="side_known"),
        sa.UniqueConstraint("appointment_id", "side", "version", name="uq_report_appointment_id_side_version"),
    )
    op.create_index("ix_report_client_id", "report", ["client_id"])


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
    for table in ("report", "promise", "watched_date", "wish", "contact", "appointment"):
        op.drop_table(table)
