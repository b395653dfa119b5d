"""A file that somebody gave the portal: what it is called, what it is, whose room it takes. Its bytes are elsewhere."""

from datetime import datetime

from sqlmodel import Field

from models.entity import Entity, instant


class StoredFile(Entity, table=True):
    __tablename__ = "stored_file"

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    subscriber_id: int | None = Field(
        default=None, foreign_key="subscriber.id", index=True, description="Whose quota it counts in; None: nobody's."
    )
    key: str = Field(max_length=64, index=True, exclude=True, description="SHA-256 of the content: where it is kept.")
    name: str = Field(max_length=160, description="For showing and for saving, never a path.")
    media_type: str = Field(max_length=100)
    size_bytes: int
    stored_at: datetime = instant()
    stored_by: int | None = Field(default=None, foreign_key="account.id")
