"""Goals, the diary, and the map of people and services around a client."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_goals()
    _make_diary()
    op.create_table(
        "network_map",
        *_of_client("network_map"),
        sa.Column("people_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("together_with", sa.String(80), nullable=False),
        sa.UniqueConstraint("client_id", name="uq_network_map_client_id"),
    )
    op.create_table(
        "network_picture",
        *_of_client("network_picture"),
        sa.Column("people_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("together_with", sa.String(80), nullable=False),
    )
    op.create_index("ix_network_picture_client_id", "network_picture", ["client_id"])


def _make_goals() -> None:
    op.create_table(
        "goal",
        *_of_client("goal"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("state_at", _MOMENT, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("together_with", sa.String(80), nullable=False),
        sa.CheckConstraint("state in ('open', 'reached', 'let_go')", name="state_known"),
    )
    op.create_index("ix_goal_client_id", "goal", ["client_id"])
    op.create_table(
        "goal_step",
        *_of_client("goal_step"),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("done_at", _MOMENT),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name="fk_goal_step_goal_id_goal"),
    )
    op.create_index("ix_goal_step_client_id", "goal_step", ["client_id"])
    op.create_index("ix_goal_step_goal_id", "goal_step", ["goal_id"])
    op.create_table(
        "goal_point",
        *_of_client("goal_point"),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("together_with", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name="fk_goal_point_goal_id_goal"),
        sa.UniqueConstraint("goal_id", "on", name="uq_goal_point_goal_id_on"),
    )
    op.create_index("ix_goal_point_client_id", "goal_point", ["client_id"])


def _make_diary() -> None:
    op.create_table(
        "diary_entry",
        *_of_client("diary_entry"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("written_at", _MOMENT, nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_diary_entry_of_client", "diary_entry", ["client_id", "on"])
    op.create_table(
        "diary_earlier",
        *_of_client("diary_earlier"),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["diary_entry.id"], name="fk_diary_earlier_entry_id_diary_entry"),
    )
    op.create_index("ix_diary_earlier_client_id", "diary_earlier", ["client_id"])
    op.create_index("ix_diary_earlier_entry_id", "diary_earlier", ["entry_id"])


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
    for table in ("network_picture", "network_map", "diary_earlier", "diary_entry", "goal_point", "goal_step", "goal"):
        op.drop_table(table)
