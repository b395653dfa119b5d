"""readings: open pages hear of those that are sent and decided, and staff may correct an index"""

import sqlalchemy as sa
from sqlalchemy import text

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None

CHANGED = """
CREATE FUNCTION reading_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('reading_changed', 'contract ' || NEW.contract_id);
    PERFORM pg_notify('reading_changed', 'utility ' || NEW.utility_id);
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.add_column('sent_reading', sa.Column('corrected_index_litres', sa.Integer(), nullable=True))
    op.execute(text(CHANGED))
    op.execute(
        text(
            "CREATE TRIGGER reading_changed AFTER INSERT OR UPDATE ON sent_reading "
            "FOR EACH ROW EXECUTE FUNCTION reading_changed()"
        )
    )


def downgrade() -> None:
    op.execute(text("DROP FUNCTION reading_changed() CASCADE"))
    op.drop_column('sent_reading', 'corrected_index_litres')
