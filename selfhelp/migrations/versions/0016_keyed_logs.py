"""Access logs under a key, with the function of whoever opened a file; what a client is told of cards and reports.

Until here chains were of digests without a key, which anybody can make who can write to the database. They are chained again
under the key of access logs when whoever runs the migration brings it, as `selfhelp db upgrade` does; without it, lines from
before show as broken. This once, and never again. Seals of days from before prove nothing any more, and go.
"""

import json
from collections.abc import Callable
from datetime import UTC

import sqlalchemy as sa
from alembic import context, op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_LINE = ("client_id", "at", "account_id", "role", "name", "function", "event", "what", "reason")
_ENTRY = sa.table(
    "access_entry",
    *(sa.column(name, sa.Uuid()) for name in ("id", "client_id", "account_id")),
    *(sa.column(name, sa.String()) for name in ("role", "name", "function", "event", "what", "reason")),
    sa.column("seq", sa.Integer()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("digest", sa.LargeBinary()),
)


def upgrade() -> None:
    """Add the columns, and chain anew."""
    op.create_table(
        "database_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("why", sa.String(300), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_database_access"),
        sa.UniqueConstraint("seq", name="uq_database_access_seq"),
    )
    op.add_column("client", sa.Column("new_card_at", _MOMENT))
    with op.batch_alter_table("access_report") as table:
        table.add_column(sa.Column("looked_into_at", _MOMENT))
        table.add_column(sa.Column("looked_into_by", sa.Uuid()))
        table.create_foreign_key("fk_access_report_looked_into_by_account", "account", ["looked_into_by"], ["id"])
    op.add_column("access_entry", sa.Column("function", sa.String(80), nullable=False, server_default=""))
    op.execute(
        "update access_entry set function = coalesce("
        "(select account.function from account where account.id = access_entry.account_id), '')"
    )
    keyed = context.config.attributes.get("log_digest")
    if keyed:
        _chain(op.get_bind(), keyed)
        op.execute("delete from log_head")


def _chain(connection: sa.Connection, keyed: Callable[[bytes], bytes]) -> None:
    for client_id in connection.scalars(sa.select(_ENTRY.c.client_id).distinct()).all():
        before, batch = b"\0" * 32, []
        for row in connection.execute(sa.select(_ENTRY).where(_ENTRY.c.client_id == client_id).order_by(_ENTRY.c.seq)).all():
            at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
            told = {name: str(getattr(row, name)) for name in _LINE} | {"at": at.isoformat()}
            before = keyed(b"line|" + before + json.dumps([row.seq, told], sort_keys=True).encode())
            batch.append({"row": row.id, "new": before})
        mine = sa.update(_ENTRY).where(_ENTRY.c.id == sa.bindparam("row")).values(digest=sa.bindparam("new"))
        connection.execute(mine, batch)


def downgrade() -> None:
    """Remove the columns; the digests stay, and no older program can check them."""
    op.drop_table("database_access")
    with op.batch_alter_table("client") as table:
        table.drop_column("new_card_at")
    with op.batch_alter_table("access_report") as table:
        table.drop_constraint("fk_access_report_looked_into_by_account", type_="foreignkey")
        table.drop_column("looked_into_by")
        table.drop_column("looked_into_at")
    with op.batch_alter_table("access_entry") as table:
        table.drop_column("function")
