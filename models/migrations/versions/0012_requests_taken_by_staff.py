"""requests that staff take down for a subscriber; and lists of requests are told that one of theirs changed"""

import sqlalchemy as sa
from sqlalchemy import text

from alembic import op

revision: str = "0012"
down_revision: str | None = "0010"
branch_labels = None
depends_on = None

LISTED = """
CREATE FUNCTION request_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('request_listed', 'utility ' || NEW.utility_id);
    PERFORM pg_notify('request_listed', 'subscriber ' || NEW.subscriber_id);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    # The default stays: a worker of the former version inserts without it while others are replaced.
    op.add_column(
        'request',
        sa.Column('channel', sa.Enum('portail', 'telephone', 'visite', 'courrier', name='requestchannel', native_enum=False, length=32), server_default='portail', nullable=False),
    )
    op.execute(text(LISTED))
    op.execute(
        text(
            "CREATE TRIGGER request_listed AFTER INSERT OR UPDATE ON request "
            "FOR EACH ROW EXECUTE FUNCTION request_listed()"
        )
    )


def downgrade() -> None:
    op.execute(text("DROP FUNCTION request_listed() CASCADE"))
    op.drop_column('request', 'channel')
