"""A subscriber ("abonné"): the person or body that the utility bills, as its billing software knows them."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.entity import Entity


class Subscriber(Entity, table=True):
    __table_args__ = (UniqueConstraint("utility_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id", index=True)
    number: str = Field(max_length=32)
    name: str
    email: str | None = Field(default=None, index=True, max_length=254)
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    pays_by_direct_debit: bool = False
