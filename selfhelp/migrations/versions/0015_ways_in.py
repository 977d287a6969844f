"""Wrong PINs of a card in all, and invitations for an account that is there already."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_COUNTED = ("card", "known_device")
_ACCOUNT = "fk_invitation_account_id_account"


def upgrade() -> None:
    """Add the columns."""
    for table in _COUNTED:
        with op.batch_alter_table(table) as counted:
            counted.add_column(sa.Column("wrong_pins", sa.Integer(), nullable=False, server_default="0"))
        with op.batch_alter_table(table) as counted:
            counted.alter_column("wrong_pins", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(sa.Column("account_id", sa.Uuid(), nullable=True))
        invitation.add_column(sa.Column("form_id", sa.Uuid(), nullable=True))
        invitation.create_foreign_key(_ACCOUNT, "account", ["account_id"], ["id"], ondelete="CASCADE")
        invitation.create_index("ix_invitation_account_id", ["account_id"])


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_index("ix_invitation_account_id")
        invitation.drop_constraint(_ACCOUNT, type_="foreignkey")
        invitation.drop_column("form_id")
        invitation.drop_column("account_id")
    for table in reversed(_COUNTED):
        with op.batch_alter_table(table) as counted:
            counted.drop_column("wrong_pins")
