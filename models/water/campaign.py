"""A reading campaign: staff ask the people of some contracts to read their meters, between two days."""

from datetime import date, datetime

from sqlmodel import Field

from models.entity import Entity, instant


class ReadingCampaign(Entity, table=True):
    """The contracts are those that the query found on the day of the launch."""

    __tablename__ = "reading_campaign"

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    title: str = Field(max_length=120)
    opens_on: date
    closes_on: date
    remind_on: date | None = Field(default=None, description="Who has not answered is written to once more.")
    city: str = Field(default="", max_length=80, description="Query: empty is everywhere.")
    area: str = Field(default="", max_length=80)
    unread_since: date | None = Field(default=None, description="Query: without a true reading since that day.")
    launched_at: datetime = instant()
    launched_by: int = Field(foreign_key="account.id", exclude=True)
    stopped_at: datetime | None = instant(nullable=True)


class CampaignContract(Entity, table=True):
    """A contract that was asked, and when its people were written to."""

    __tablename__ = "campaign_contract"

    campaign_id: int = Field(primary_key=True, foreign_key="reading_campaign.id")
    contract_id: int = Field(primary_key=True, foreign_key="contract.id", index=True)
    invited_at: datetime | None = instant(nullable=True)
    reminded_at: datetime | None = instant(nullable=True)
