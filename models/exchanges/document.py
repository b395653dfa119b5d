"""Documents: a tree of folders for each contract of a subscriber, and the files that either side has put in them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from models.entity import Entity, choice, instant


class FolderKind(StrEnum):
    """What every tree has, and what staff add to it."""

    ROOT = "racine"
    INVOICES = "factures"
    CONTRACT = "contrat"
    SENT = "transmises"
    OTHER = "autre"


class Folder(Entity, table=True):
    """The root of a tree has a contract, or none where the subscriber has none."""

    __table_args__ = (
        Index(
            "uq_folder_root_contract",
            "subscriber_id",
            "contract_id",
            unique=True,
            postgresql_where=text("kind = 'racine' AND contract_id IS NOT NULL"),
        ),
        Index(
            "uq_folder_root",
            "subscriber_id",
            unique=True,
            postgresql_where=text("kind = 'racine' AND contract_id IS NULL"),
        ),
        Index("uq_folder_parent_id_kind", "parent_id", "kind", unique=True, postgresql_where=text("kind <> 'autre'")),
        Index("uq_folder_parent_id_name", "parent_id", "name", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True)
    contract_id: int | None = Field(default=None, foreign_key="contract.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="folder.id")
    kind: FolderKind = choice(FolderKind, default=FolderKind.OTHER)
    name: str = Field(default="", max_length=80)


class Document(Entity, table=True):
    """A file in a folder. One that the subscriber has sent waits until staff have filed it."""

    __table_args__ = (
        Index("ix_document_folder_id_placed_at", "folder_id", "placed_at"),
        Index("ix_document_subscriber_id_placed_at", "subscriber_id", "placed_at"),
        Index("ix_document_waiting", "utility_id", postgresql_where=text("is_deposit AND filed_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    subscriber_id: int = Field(foreign_key="subscriber.id")
    folder_id: int = Field(foreign_key="folder.id")
    file_id: int = Field(foreign_key="stored_file.id", index=True)
    is_deposit: bool = Field(default=False, description="Sent by the subscriber, not published by the utility.")
    placed_at: datetime = instant()
    placed_by: int | None = Field(default=None, foreign_key="account.id")
    filed_at: datetime | None = instant(nullable=True)
    filed_by: int | None = Field(default=None, foreign_key="account.id")
