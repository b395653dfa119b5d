"""Somebody whom a holder lets see, or pay, a subscriber's invoices: invited by mail, and free to decline."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from models.entity import Entity, choice, instant
from models.people.account import Hold


class DelegateInvitation(Entity, table=True):
    """Open until one of the three instants says what became of it, or it expires."""

    __tablename__ = "delegate_invitation"
    __table_args__ = (
        Index(
            "uq_delegate_invitation_open",
            "subscriber_id",
            "email",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True)
    account_id: int = Field(foreign_key="account.id", description="Who invites.")
    email: str = Field(index=True, max_length=254)
    hold: Hold = choice(Hold, default=Hold.MAY_SEE)
    invited_at: datetime = instant()
    expires_at: datetime = instant()
    accepted_at: datetime | None = instant(nullable=True)
    declined_at: datetime | None = instant(nullable=True)
    withdrawn_at: datetime | None = instant(nullable=True)
