"""Who changed what, and when: written in the same transaction as the change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from models.entity import Entity, instant


class AuditEntry(Entity, table=True):
    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant(default_now=True, index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    utility_id: int | None = Field(default=None, foreign_key="utility.id", index=True)
    action: str = Field(max_length=60)
    subject: str = Field(max_length=200)
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
