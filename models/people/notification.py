"""The events that the portal writes mails about, and which of them an account has refused."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice, instant


class MailEvent(StrEnum):
    """Every mail is about one of these; what each means to people is in `portail_app/services/notifications.py`."""

    ACCESS = "acces"
    ACCOUNT = "compte"
    RECEIPT = "recu"
    DEBIT = "prelevement"
    LEAK = "fuite"
    PAPER = "papier"
    INVOICE = "facture"
    REMINDER = "rappel"
    REQUEST = "demande"
    DOCUMENT = "document"
    READING = "releve"
    CONSUMPTION = "consommation"
    NOTICE = "avis"
    SERVICE = "service"


class NotificationChoice(Entity, table=True):
    """Where there is none, the mail is wanted."""

    __tablename__ = "notification_choice"
    __table_args__ = (UniqueConstraint("account_id", "event"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    event: MailEvent = choice(MailEvent)
    is_wanted: bool
    chosen_at: datetime = instant()
