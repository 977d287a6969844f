"""Steps: when something was said, and fields of which two versions wait. Trainings: when to go on. Pictures: shared.

Pictures that were sent before are shared until that is stopped, which is what sending meant.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _table(name: str, *columns: sa.ColumnClause[object]) -> sa.TableClause:
    ids = (sa.column(each, sa.Uuid()) for each in ("id", "organisation_id", "client_id"))
    return sa.table(name, *ids, *columns)


_PHOTO = _table("step_photo", sa.column("sent_at", _MOMENT))
_SHARE = _table(
    "share",
    sa.column("kind", sa.String(20)),
    sa.column("item_id", sa.Uuid()),
    sa.column("shared_at", _MOMENT),
    sa.column("until", sa.Date()),
)


def upgrade() -> None:
    """Add the columns, and share the pictures that were sent."""
    with op.batch_alter_table("step_progress") as table:
        table.add_column(sa.Column("said_at", _MOMENT))
    op.execute("update step_progress set said_at = changed_at where state in ('done', 'stuck', 'skipped')")
    with op.batch_alter_table("step_entry") as table:
        table.add_column(sa.Column("has_others", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("module_run") as table:
        table.add_column(sa.Column("planned_on", sa.Date()))
    connection = op.get_bind()
    for photo in connection.execute(sa.select(_PHOTO)).all():
        row = {"id": uuid4(), "organisation_id": photo.organisation_id, "client_id": photo.client_id}
        connection.execute(_SHARE.insert().values(kind="photo", item_id=photo.id, shared_at=photo.sent_at, **row))


def downgrade() -> None:
    """Remove them. Before this, every picture that is kept could be opened: one that is not shared any more must go."""
    is_open = sa.or_(_SHARE.c.until.is_(None), _SHARE.c.until >= sa.func.current_date())
    shared = sa.select(_SHARE.c.item_id).where(_SHARE.c.kind == "photo", is_open)
    op.execute(sa.delete(_PHOTO).where(_PHOTO.c.id.not_in(shared)))
    op.execute("delete from share where kind = 'photo'")
    for name, column in (("module_run", "planned_on"), ("step_entry", "has_others"), ("step_progress", "said_at")):
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
