"""the statement of the régisseur, and the explanations of what differs"""

import sqlalchemy as sa

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statement_line",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("utility_id", sa.Integer(), sa.ForeignKey("utility.id"), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("authorisation", sa.String(16), nullable=False),
        sa.UniqueConstraint("utility_id", "paid_on", "reference", "authorisation"),
    )
    op.create_index("ix_statement_line_utility_id_reference", "statement_line", ["utility_id", "reference"])
    op.create_table(
        "difference_explanation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("utility_id", sa.Integer(), sa.ForeignKey("utility.id"), nullable=False),
        sa.Column("line_id", sa.Integer(), sa.ForeignKey("statement_line.id"), unique=True),
        sa.Column("receipt_id", sa.Integer(), sa.ForeignKey("receipt.id"), unique=True),
        sa.Column("difference_cents", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("explained_by", sa.Integer(), sa.ForeignKey("account.id"), nullable=False),
    )
    op.create_index("ix_difference_explanation_utility_id", "difference_explanation", ["utility_id"])


def downgrade() -> None:
    op.drop_table("difference_explanation")
    op.drop_table("statement_line")
