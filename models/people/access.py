"""The secrets of access: password hashes, sessions, one-time tickets and links, and the counters of tries."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from models.entity import Secret, choice, instant


class LinkKind(StrEnum):
    ACTIVATION = "activation"
    RENEWAL = "renouvellement"
    EMAIL = "adresse"


class PasswordHash(Secret, table=True):
    __tablename__ = "password_hash"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    argon2: str
    changed_at: datetime = instant(default_now=True)


class AccessSession(Secret, table=True):
    """One signed-in browser. The cookie holds the token, the row its SHA-256."""

    __tablename__ = "access_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: bytes = Field(unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    remembered: bool = False
    created_at: datetime = instant(default_now=True)
    expires_at: datetime = instant()
    revoked_at: datetime | None = instant(nullable=True)
    user_agent: str = ""
    address: str = ""


class SignInTicket(Secret, table=True):
    """From the websocket to the cookie: single use, one minute, only for the browser that asked."""

    __tablename__ = "sign_in_ticket"

    token_hash: bytes = Field(primary_key=True)
    browser_hash: bytes
    account_id: int = Field(foreign_key="account.id")
    remember: bool = False
    expires_at: datetime = instant()
    used_at: datetime | None = instant(nullable=True)


class AccessLink(Secret, table=True):
    """A link sent by mail to choose a password, or to prove a new address."""

    __tablename__ = "access_link"

    token_hash: bytes = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: LinkKind = choice(LinkKind)
    codes: str = Field(default="", description="The subscriber numbers given when it was asked for, one a line.")
    email: str = Field(default="", max_length=254, description="The new address that it proves.")
    created_at: datetime = instant(default_now=True)
    expires_at: datetime = instant()
    used_at: datetime | None = instant(nullable=True)


class AttemptCounter(Secret, table=True):
    """How often one address or one account has tried within a window."""

    __tablename__ = "attempt_counter"

    key: str = Field(primary_key=True, max_length=300)
    attempts: int = 0
    window_started_at: datetime = instant()
    blocked_until: datetime | None = instant(nullable=True)
