"""the codes given when a link was asked for"""

import sqlalchemy as sa

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access_link", sa.Column("codes", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("access_link", "codes")
