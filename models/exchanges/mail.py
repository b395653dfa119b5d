"""The outbox: a mail is a row, written in the transaction of what it tells, sent later."""

from datetime import datetime

from sqlmodel import Field

from models.entity import Entity, Secret, instant


class Mail(Entity, table=True):
    id: int | None = Field(default=None, primary_key=True)
    event_key: str = Field(unique=True, max_length=120, description="One event, one mail.")
    utility_id: int | None = Field(default=None, foreign_key="utility.id", index=True)
    recipient: str = Field(max_length=254)
    subject: str
    message_id: str = Field(description="Fixed when written, so that a mail sent twice is seen as one.")
    has_secret: bool = Field(default=False, description="Its body holds a link: erased once sent.")
    created_at: datetime = instant(default_now=True)
    sent_at: datetime | None = instant(nullable=True)
    attempts: int = 0
    next_attempt_at: datetime | None = instant(nullable=True)
    last_error: str = ""


class MailBody(Secret, table=True):
    __tablename__ = "mail_body"

    mail_id: int = Field(primary_key=True, foreign_key="mail.id")
    text: str
