"""What staff tell subscribers: a notice, shown over the page until each one closes it."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, instant


class Notice(Entity, table=True):
    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    title: str = Field(max_length=200)
    body: str = Field(description="Markdown, sanitised when shown.")
    is_important: bool = True
    starts_on: date
    ends_on: date | None = None
    published_at: datetime = instant()
    published_by: int = Field(foreign_key="account.id")
    withdrawn_at: datetime | None = instant(nullable=True)

    def shows_on(self, day: date) -> bool:
        return self.withdrawn_at is None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class NoticeClosing(Entity, table=True):
    __tablename__ = "notice_closing"
    __table_args__ = (UniqueConstraint("notice_id", "account_id"),)

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    closed_at: datetime = instant(default_now=True)
