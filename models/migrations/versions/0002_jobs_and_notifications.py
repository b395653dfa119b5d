"""jobs, and the notifications that keep every worker's pages true"""

from procrastinate.schema import SchemaManager
from sqlalchemy import text

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None

EVERY_CHANGE = "INSERT OR UPDATE OR DELETE"
WATCHED = (  # channel, table, the column it names, the changes that count
    ("viewer_changed", "access_session", "account_id", "UPDATE OR DELETE"),
    ("viewer_changed", "account", "id", "UPDATE OR DELETE"),
    ("viewer_changed", "account_subscriber", "account_id", EVERY_CHANGE),
    ("viewer_changed", "staff_role", "account_id", EVERY_CHANGE),
    ("site_changed", "payment_suspension", "utility_id", EVERY_CHANGE),
    ("site_changed", "notice", "utility_id", EVERY_CHANGE),
    ("site_changed", "utility", "id", EVERY_CHANGE),
)


NOTIFY = """
CREATE FUNCTION {channel}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{channel}', to_jsonb(COALESCE(NEW, OLD)) ->> TG_ARGV[0]);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    driver.execute(SchemaManager.get_schema())
    for channel in ("viewer_changed", "site_changed"):
        op.execute(text(NOTIFY.format(channel=channel)))
    for channel, table, column, events in WATCHED:
        op.execute(
            text(
                f"CREATE TRIGGER {channel} AFTER {events} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {channel}('{column}')"
            )
        )


def downgrade() -> None:
    for channel in ("viewer_changed", "site_changed"):
        op.execute(text(f"DROP FUNCTION {channel}() CASCADE"))
