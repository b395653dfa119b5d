"""A copy of all that the portal holds of a person, made by a job and kept for some days."""

from datetime import datetime
from enum import StrEnum

from pydantic import computed_field
from sqlalchemy import Index, text
from sqlmodel import Field

from models.entity import Entity, instant


class ExportStatus(StrEnum):
    WAITING = "en_attente"
    RUNNING = "en_cours"
    READY = "pret"
    FAILED = "echoue"
    REMOVED = "supprime"


class DataExport(Entity, table=True):
    """`parts` of `parts_in_all` are done while it runs; its file is gone once it is removed."""

    __tablename__ = "data_export"
    __table_args__ = (
        Index(
            "uq_data_export_unfinished",
            "account_id",
            unique=True,
            postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    asked_at: datetime = instant()
    parts: int = 0
    parts_in_all: int = 0
    done_at: datetime | None = instant(nullable=True)
    failed_at: datetime | None = instant(nullable=True)
    expires_at: datetime | None = instant(nullable=True)
    removed_at: datetime | None = instant(nullable=True)
    size_bytes: int = 0
    file_name: str = Field(default="", max_length=80, exclude=True, description="Random, under the exports' folder.")

    @computed_field
    @property
    def status(self) -> ExportStatus:
        if self.removed_at:
            return ExportStatus.REMOVED
        if self.failed_at:
            return ExportStatus.FAILED
        if self.done_at:
            return ExportStatus.READY
        return ExportStatus.RUNNING if self.parts_in_all else ExportStatus.WAITING
