"""the page of a leak hears of it, and of what staff decide"""

from sqlalchemy import text

from alembic import op

revision: str = "0013"
down_revision: str | None = "0011"
branch_labels = None
depends_on = None

CHANGED = """
CREATE FUNCTION leak_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('leak_changed', NEW.contract_id::text);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(text(CHANGED))
    op.execute(
        text(
            "CREATE TRIGGER leak_changed AFTER INSERT OR UPDATE ON leak_alert "
            "FOR EACH ROW EXECUTE FUNCTION leak_changed()"
        )
    )


def downgrade() -> None:
    op.execute(text("DROP FUNCTION leak_changed() CASCADE"))
