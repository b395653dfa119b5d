"""documents: stored files, folders, what is in them"""

import sqlalchemy as sa

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utility_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["stored_by"], ["account.id"], name=op.f("fk_stored_file_stored_by_account")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name=op.f("fk_stored_file_subscriber_id_subscriber")
        ),
        sa.ForeignKeyConstraint(["utility_id"], ["utility.id"], name=op.f("fk_stored_file_utility_id_utility")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    op.create_index(op.f("ix_stored_file_key"), "stored_file", ["key"])
    op.create_index(op.f("ix_stored_file_subscriber_id"), "stored_file", ["subscriber_id"])
    op.create_index(op.f("ix_stored_file_utility_id"), "stored_file", ["utility_id"])

    op.create_table(
        "folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utility_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "racine", "factures", "contrat", "transmises", "autre", name="folderkind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_folder_contract_id_contract")),
        sa.ForeignKeyConstraint(["parent_id"], ["folder.id"], name=op.f("fk_folder_parent_id_folder")),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_folder_subscriber_id_subscriber")),
        sa.ForeignKeyConstraint(["utility_id"], ["utility.id"], name=op.f("fk_folder_utility_id_utility")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder")),
    )
    op.create_index(op.f("ix_folder_contract_id"), "folder", ["contract_id"], unique=False)
    op.create_index(op.f("ix_folder_subscriber_id"), "folder", ["subscriber_id"], unique=False)
    op.create_index(op.f("ix_folder_utility_id"), "folder", ["utility_id"], unique=False)
    op.create_index(
        "uq_folder_parent_id_kind",
        "folder",
        ["parent_id", "kind"],
        unique=True,
        postgresql_where=sa.text("kind <> 'autre'"),
    )
    op.create_index("uq_folder_parent_id_name", "folder", ["parent_id", "name"], unique=True)
    op.create_index(
        "uq_folder_root",
        "folder",
        ["subscriber_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'racine' AND contract_id IS NULL"),
    )
    op.create_index(
        "uq_folder_root_contract",
        "folder",
        ["subscriber_id", "contract_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'racine' AND contract_id IS NOT NULL"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utility_id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("is_deposit", sa.Boolean(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_document_file_id_stored_file")),
        sa.ForeignKeyConstraint(["filed_by"], ["account.id"], name=op.f("fk_document_filed_by_account")),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name=op.f("fk_document_folder_id_folder")),
        sa.ForeignKeyConstraint(["placed_by"], ["account.id"], name=op.f("fk_document_placed_by_account")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscriber.id"], name=op.f("fk_document_subscriber_id_subscriber")
        ),
        sa.ForeignKeyConstraint(["utility_id"], ["utility.id"], name=op.f("fk_document_utility_id_utility")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_file_id"), "document", ["file_id"], unique=False)
    op.create_index("ix_document_folder_id_placed_at", "document", ["folder_id", "placed_at"], unique=False)
    op.create_index("ix_document_subscriber_id_placed_at", "document", ["subscriber_id", "placed_at"], unique=False)
    op.create_index(
        "ix_document_waiting",
        "document",
        ["utility_id"],
        unique=False,
        postgresql_where=sa.text("is_deposit AND filed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("document")
    op.drop_table("folder")
    op.drop_table("stored_file")
