"""open pages hear of documents and folders that come, move or go"""

from sqlalchemy import text

from alembic import op

revision: str = "0011"
down_revision: str | None = "0012"
branch_labels = None
depends_on = None

CHANGED = """
CREATE FUNCTION document_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(DISTINCT subscriber_id) FROM touched) > 100 THEN
        PERFORM pg_notify('document_changed', '');  -- anything may have changed
    ELSE
        PERFORM pg_notify('document_changed', subscriber_id::text) FROM (SELECT DISTINCT subscriber_id FROM touched) t;
    END IF;
    RETURN NULL;
END $$
"""
SEEN_AS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}


def upgrade() -> None:
    op.execute(text(CHANGED))
    for table in ("document", "folder"):
        for event, seen_as in SEEN_AS.items():
            op.execute(
                text(
                    f"CREATE TRIGGER document_changed_{event.lower()} AFTER {event} ON {table} "
                    f"REFERENCING {seen_as} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION document_changed()"
                )
            )


def downgrade() -> None:
    op.execute(text("DROP FUNCTION document_changed() CASCADE"))
