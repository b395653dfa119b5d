"""What a subscriber asks of the utility ("demande"), the thread that answers it, and the notes that staff keep."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import computed_field
from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice, instant
from models.exchanges.request_type import RequestKind


class RequestStatus(StrEnum):
    """Written by what somebody did, each time with a message of the thread that says so: both sides read this one."""

    NEW = "nouvelle"
    IN_PROGRESS = "en_cours"
    WAITING = "en_attente"
    RESOLVED = "resolue"
    REFUSED = "refusee"
    WITHDRAWN = "annulee"


class RequestChannel(StrEnum):
    """How it came: sent by the subscriber here, or taken down by staff in their name."""

    PORTAL = "portail"
    PHONE = "telephone"
    VISIT = "visite"
    LETTER = "courrier"


CLOSED = frozenset({RequestStatus.RESOLVED, RequestStatus.REFUSED, RequestStatus.WITHDRAWN})


class Request(Entity, table=True):
    __table_args__ = (
        UniqueConstraint("opened_by", "sent_key"),
        Index("ix_request_utility_id_opened_at", "utility_id", "opened_at"),
        Index("ix_request_subscriber_id_opened_at", "subscriber_id", "opened_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=20)
    utility_id: int = Field(foreign_key="utility.id")
    subscriber_id: int = Field(foreign_key="subscriber.id")
    type_id: int = Field(foreign_key="request_type.id", index=True)
    kind: RequestKind = choice(RequestKind, default=RequestKind.FORM)
    subject: str = Field(max_length=120, description="Its type's name, as it was.")
    summary: str = Field(default="", max_length=120, description="The first words of what was written.")
    content: list[list[str]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False), description="(label, answer), as they were sent."
    )
    status: RequestStatus = choice(RequestStatus, default=RequestStatus.NEW)
    assignee_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    due_on: date
    opened_by: int = Field(foreign_key="account.id")
    channel: RequestChannel = choice(RequestChannel, default=RequestChannel.PORTAL)
    opened_at: datetime = instant()
    changed_at: datetime = instant()
    closed_at: datetime | None = instant(nullable=True)
    sent_key: str = Field(max_length=64, exclude=True, description="The same for what is sent twice.")

    @computed_field
    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED

    @computed_field
    @property
    def is_taken_down(self) -> bool:
        """« Saisie par le service »."""
        return self.channel is not RequestChannel.PORTAL


class RequestMessage(Entity, table=True):
    """One turn of the thread, which both sides read: words, a new status, or both."""

    __tablename__ = "request_message"
    __table_args__ = (UniqueConstraint("request_id", "sent_key"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    account_id: int = Field(foreign_key="account.id")
    is_staff: bool = Field(description="Whether it speaks for the utility.")
    text: str = ""
    status: RequestStatus | None = choice(
        RequestStatus, default=None, nullable=True, description="What the request became by it."
    )
    sent_at: datetime = instant()
    sent_key: str = Field(max_length=64, exclude=True)


class RequestNote(Entity, table=True):
    """What staff write for themselves: a table of its own, which no read of a subscriber ever names."""

    __tablename__ = "request_note"
    __table_args__ = (UniqueConstraint("request_id", "sent_key"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    account_id: int = Field(foreign_key="account.id")
    text: str
    written_at: datetime = instant()
    sent_key: str = Field(max_length=64, exclude=True)


class RequestAttachment(Entity, table=True):
    """A file sent with a request or with a message of its thread ("pièce jointe"); before, it waits with the draft."""

    __tablename__ = "request_attachment"
    __table_args__ = (Index("ix_request_attachment_account_id_place", "account_id", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    place: str = Field(max_length=80, description="Of the draft that it was added to.")
    file_id: int = Field(foreign_key="stored_file.id", unique=True)
    request_id: int | None = Field(default=None, foreign_key="request.id", index=True)
    message_id: int | None = Field(default=None, foreign_key="request_message.id")
    attached_at: datetime = instant()


class ProposedChange(Entity, table=True):
    """One field that a request of kind personal data asks to change: staff accept or refuse each."""

    __tablename__ = "proposed_change"
    __table_args__ = (UniqueConstraint("request_id", "field"),)

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id")
    field: str = Field(max_length=40, description="As the service that applies it names it.")
    label: str = Field(max_length=120)
    former: str = ""
    proposed: str = ""
    accepted_at: datetime | None = instant(nullable=True)
    refused_at: datetime | None = instant(nullable=True)
    refusal_reason: str = ""
    decided_by: int | None = Field(default=None, foreign_key="account.id")

    @computed_field
    @property
    def is_decided(self) -> bool:
        return self.accepted_at is not None or self.refused_at is not None


class RequestDraft(Entity, table=True):
    """What somebody has begun to write and not sent: one for each account and place."""

    __tablename__ = "request_draft"
    __table_args__ = (UniqueConstraint("account_id", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    place: str = Field(max_length=80, description="`type:12:100001` for a form, `thread:D2026-00012` for an answer.")
    typed: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    kept_at: datetime = instant()
    closed_key: str = Field(default="", max_length=64, exclude=True, description="Of the form sent or cleared last.")
