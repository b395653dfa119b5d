"""Whether a subscriber's invoices come on paper: each choice is kept, with who made it, when, and in what words."""

from datetime import datetime

from sqlmodel import Field

from models.entity import Entity, instant


class PaperChoice(Entity, table=True):
    """The last one holds; where there is none, invoices come on paper."""

    __tablename__ = "paper_choice"

    id: int | None = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    email: str = Field(max_length=254, description="The account's address that day.")
    wants_paper: bool
    words: str = Field(description="What was read and confirmed, or pressed: the proof.")
    chosen_at: datetime = instant()
