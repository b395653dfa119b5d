"""readings that open pages hear of and staff may correct; what each line of a tariff is a price of"""

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
    op.add_column('tariff_line', sa.Column('basis', sa.Enum('eau', 'assainissement', name='tariffbasis', native_enum=False, length=32), nullable=True))
    op.execute(text(CHANGED))
    op.execute(
        text(
            "CREATE TRIGGER reading_changed AFTER INSERT OR UPDATE ON sent_reading "
            "FOR EACH ROW EXECUTE FUNCTION reading_changed()"
        )
    )


def downgrade() -> None:
    op.execute(text("DROP FUNCTION reading_changed() CASCADE"))
    op.drop_column('tariff_line', 'basis')
    op.drop_column('sent_reading', 'corrected_index_litres')
